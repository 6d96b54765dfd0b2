"""Shapes of what is asked in this room. They never save."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.rules import TEN, CheckAnswer, Hand, TalkTurn
from goodword.ui.answers import Day, Text, TextLine

F = TypeVar("F", bound=forms.Form)
REMARK = 2_000


def with_draft(form: F, seat: Seat, place: str, field: str = "text") -> F:
    """Let a box keep what is typed in it every few seconds, and start with what was kept. `place` names the box."""
    form.fields[field].widget.attrs.update(
        {
            "data-draft": place,
            "data-draft-to": queries.address(seat, "draft"),
            "data-draft-saved": now_("Saved, only you"),
            "data-draft-unsaved": now_("Not saved yet"),
        }
    )
    kept = "" if form.is_bound or form.initial.get("used") else queries.drafts(seat, place).get(place, "")
    if kept:
        form.initial[field] = kept
    return form


def words(label: Any, required: Any, *, rows: int = 3, most: int = 10_000) -> Text:
    """Return a box for running text that says in a sentence what it needs."""
    too_long = _("That is longer than we can keep here: at most %(limit_value)d characters")
    errors = {"required": required, "max_length": too_long}
    return Text(label=label, max_length=most, error_messages=errors, widget=forms.Textarea(attrs={"rows": rows}))


class KeepForm(forms.Form):
    """A new reservation for one of the two drawers: where nobody said which, the one that nobody else opens."""

    text = words(_("Another one, as plainly as you like"), _("Write a few words first, however unfair they sound"))
    drawer = forms.ChoiceField(choices=[("side", "side"), ("mine", "mine")], widget=forms.HiddenInput, required=False)

    def clean_drawer(self) -> str:
        """Return the drawer."""
        return self.cleaned_data["drawer"] or "mine"


class RewordForm(forms.Form):
    """Other words for a private reservation."""

    text = words(_("In other words"), _("Write it in other words, or delete it"), rows=5)


class HowForm(forms.Form):
    """How a private one was settled, if its owner likes to say."""

    how = Text(label=_("What settled it?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RemarkForm(forms.Form):
    """A word about what is on the table."""

    text = words(_("Add a word"), _("Write a word first"), most=REMARK)


class SettlementForm(forms.Form):
    """What became of one on the table: one sentence of three, and a line if one likes."""

    SENTENCES: ClassVar[dict[str, tuple[TalkTurn, str]]] = {
        "settled": (TalkTurn.SETTLE, ""),
        "clause": (TalkTurn.SETTLE, "clause"),
        "lived_with": (TalkTurn.LIVE_WITH, ""),
    }
    how = Text(label=_("How, in a line?"), required=False, max_length=REMARK, widget=forms.Textarea(attrs={"rows": 2}))
    became = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[
            ("settled", _("It is settled")),
            ("clause", _("It goes into the agreement")),
            ("lived_with", _("I can live with it")),
        ],
        error_messages={"required": _("Choose what became of it"), "invalid_choice": _("Choose one of the three")},
    )
    promised_for = Day(label=_("If something is promised: by when?"), required=False)
    reopens_if = Text(
        label=_("What would reopen it?"), required=False, max_length=REMARK, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a line where it goes into the agreement: these are the words the agreement is offered."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("became") == "clause" and not said.get("how"):
            self.add_error("how", _("Write the sentence that the agreement should say"))
        return said

    def values(self) -> dict[str, Any]:
        """Return what the action takes: `turn`, `ways`, `how`, `reopens_if`, `promised_for`."""
        turn, way = self.SENTENCES[self.cleaned_data["became"]]
        kept = {name: self.cleaned_data[name] for name in ("how", "reopens_if", "promised_for")}
        return {"turn": turn, "ways": [way] if way else [], **kept}


class CheckForm(forms.Form):
    """A reservation check, with a gauge for one's own eyes."""

    answer = forms.ChoiceField(
        label=_("And at this moment?"),
        choices=[
            (CheckAnswer.NOTHING.value, _("Nothing stands in the way")),
            (CheckAnswer.SOMETHING.value, _("Something does, and it’s written above")),
            (CheckAnswer.CANNOT_NAME.value, _("Something bothers me and I can’t name it")),
        ],
        error_messages={
            "required": _("Choose the answer that comes nearest"),
            "invalid_choice": _("Choose one of the three"),
        },
        widget=forms.RadioSelect,
    )
    unease = forms.TypedChoiceField(
        label=_("And how easy do you feel about it?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("0", _("At ease")),
            ("1", _("Nearly at ease")),
            ("2", _("In between")),
            ("3", _("A little uneasy")),
            ("4", _("Uneasy")),
        ],
        error_messages={"invalid_choice": _("Choose one of the five, or none")},
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, above: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not above:  # on a page of its own there is nothing written above
            choices = dict(self.fields["answer"].choices)  # type: ignore[attr-defined]
            choices[CheckAnswer.SOMETHING.value] = _("Something does, and it’s written down")
            self.fields["answer"].choices = list(choices.items())  # type: ignore[attr-defined]


class NamingForm(forms.Form):
    """A name for what had none."""

    text = words(_("What is it, as near as you can get?"), _("Write a few words, or choose one of the other answers"))


class QueasyForm(forms.Form):
    """What holds somebody back who would like to give and can't (M29)."""

    kind = forms.ChoiceField(
        label=_("Which comes nearest?"),
        choices=[
            ("undefined", _("I know people, and something in me won’t hand them over")),
            ("nobody", _("I can’t think of anybody they’d want to meet")),
            ("passed", _("It has passed: somebody comes to mind after all")),
        ],
        error_messages={"required": _("Choose what comes nearest"), "invalid_choice": _("Choose one of the three")},
        widget=forms.RadioSelect,
    )


class FindingForm(forms.Form):
    """An answer to one question, for our side's drawer."""

    text = words(_("In your own words"), _("Write a few words, or choose one of the other answers"))


class WorryForm(forms.Form):
    """What might worry them about us."""

    text = words(_("What might make them hesitate about you?"), _("Write a few words first"))


class AskForm(forms.Form):
    """A gentle question to the other side, in words that help them speak."""

    text = words(_("What you say"), _("Write what you would like to ask"), rows=5, most=REMARK)


class TenForm(forms.Form):
    """Ten lines: names, initials, or only numbers."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(1, TEN + 1):
            label = now_("Number %(place)s") % {"place": place}
            self.fields[f"name{place}"] = TextLine(
                label=label, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    def names(self) -> list[str]:
        """Return the lines that were filled in."""
        return [name for place in range(1, TEN + 1) if (name := self.cleaned_data[f"name{place}"])]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(said.values()):
            self.add_error("name1", _("Write at least one: a name, initials, or only a number"))
        return said


class HandForm(forms.Form):
    """Whether one would hand this one over today."""

    answer = forms.ChoiceField(
        label=_("Would you hand this one over today?"),
        choices=[(Hand.YES.value, _("Yes")), (Hand.NOT_YET.value, _("Not yet")), (Hand.NO.value, _("No"))],
        error_messages={
            "required": _("Choose the answer that comes first to mind"),
            "invalid_choice": _("Choose one of the three"),
        },
        widget=forms.RadioSelect,
    )


class WhyForm(forms.Form):
    """What holds somebody back."""

    text = words(_("What holds you back?"), _("Write a few words, or choose “I’m not sure yet”"))


class TogetherForm(forms.Form):
    """A proposal to write first and reveal together."""

    hour = forms.DateTimeField(
        label=_("Open at this hour at the latest"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        error_messages={"invalid": _("Write day and time like 22/5/2026 10:00")},
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "short"}),
    )


class OwnRows(forms.MultipleChoiceField):
    """Keys of rows in one's own drawers. A key that is not among them (any more) counts as not chosen (T18)."""

    def valid_value(self, value: Any) -> bool:
        """Let every key pass: only rows of one's own are looked up by them."""
        return True


class ChooseForm(forms.Form):
    """Which of one's own to reveal. Choosing nothing is a full answer."""

    chosen = OwnRows(label=_("What do you choose to reveal?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, seat: Seat, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = queries.to_choose(seat)
        self.fields["chosen"].choices = [(row.key, row.text.unseal(seat)) for row in self.rows]  # type: ignore[attr-defined]

    def choice(self) -> list[queries.Private]:
        """Return the rows that were chosen, in order."""
        return [row for row in self.rows if row.key in self.cleaned_data["chosen"]]
