"""Shapes of what is asked when one side teaches the other, and when the other answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.playbook.shelf import playbook
from goodword.teaching import wording
from goodword.teaching.rules.content import BOXES, PARTS, RATED_ITEMS, REACH, WHOLE
from goodword.ui.answers import Text

LONGEST_LINE = 2000
TEN = 10


class TeachingForm(forms.Form):
    """Whom, what, in which words, and by which route: five boxes, and more for whoever wants it. It may be half done."""

    def __init__(self, *args: Any, said: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for part in PARTS:
            for field in playbook().teaching(part):
                self.fields[field.id] = Text(
                    label=wording.box_label(field.id) or _(field.label),
                    help_text="" if field.id in BOXES else _(field.hint),
                    required=False,
                    max_length=LONGEST_LINE,
                )
        self.fields[wording.ROUTES] = forms.MultipleChoiceField(
            label=_("Which ways are you happy with?"),
            choices=[(each.id, _(each.title)) for each in playbook().routes],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose from the ways on the page")},
        )
        self.fields[REACH] = Text(
            label=_("How people reach you"),
            help_text=_("Left empty, it is what your details say."),
            required=False,
            max_length=LONGEST_LINE,
        )
        self.initial = {**said, wording.ROUTES: said.get(wording.ROUTES, "").split(",")}

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The five that are asked first."""
        return [self[name] for name in BOXES]

    @property
    def more(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What else one could tell, by part."""
        return [
            (
                wording.part_title(part),
                [self[field.id] for field in playbook().teaching(part) if field.id not in BOXES],
            )
            for part in PARTS
        ]

    @property
    def route_texts(self) -> dict[str, str]:
        """What each route means."""
        return {each.id: _(each.text) for each in playbook().routes}

    def values(self) -> dict[str, str]:
        """Return what was typed, by field, once the form is valid."""
        routes = self.cleaned_data[wording.ROUTES]
        return {**self.cleaned_data, wording.ROUTES: ",".join(routes)}


class ComfortForm(forms.Form):
    """How it would feel to say this: one answer. Item by item, from 0 to 10, only what is hard to say."""

    feel = forms.ChoiceField(
        label=gettext_lazy("How would it feel to say this?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], gettext_lazy("Choose the answer that is nearest")),
    )

    def __init__(self, *args: Any, items: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        self.fields["feel"].choices = wording.feelings()  # type: ignore[attr-defined]
        for item in items:
            self.fields[_rate(item)] = forms.TypedChoiceField(
                label=wording.part_title(item),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Fine")), *((str(n), str(n)) for n in range(TEN + 1))],
                error_messages={"invalid_choice": _("Choose a number from 0 to 10")},
            )

    @property
    def rates(self) -> list[forms.BoundField]:
        """Return the fields of the items, in the order they are taught."""
        return [self[_rate(item)] for item in self.items]

    @property
    def scores(self) -> dict[str, int]:
        """Return the number of each item that has one, once the form is valid."""
        said = {item: self.cleaned_data[_rate(item)] for item in self.items}
        return {item: score for item, score in said.items() if score is not None}


def _rate(item: str) -> str:
    return f"rate_{item}"


def initial_rates(scores: Mapping[str, int]) -> dict[str, int]:
    """Return what the fields of the items start from: what was said about this very teaching."""
    return {_rate(item): score for item, score in scores.items()}


class ReasonForm(forms.Form):
    """Why it feels so, for oneself."""

    why = Text(label=gettext_lazy("Why, for yourself"), required=False)


class BackForm(forms.Form):
    """What was taught, in the advocate's own words."""

    text = Text(
        label=gettext_lazy("Whom would you listen for, and what would you say?"),
        max_length=LONGEST_LINE,
        error_messages={"required": gettext_lazy("Say it in a sentence or two")},
    )


class ApproachForm(forms.Form):
    """A way that removes the need: one from the playbook, own words, or both."""

    kind = forms.ChoiceField(
        label=gettext_lazy("A way that might do"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose from the ways on the page")},
    )
    text = Text(label=gettext_lazy("In your words"), required=False, max_length=LONGEST_LINE)
    missing = Text(label=gettext_lazy("What is missing?"), required=False, max_length=LONGEST_LINE)
    part = forms.ChoiceField(
        choices=[(part, part) for part in (WHOLE, *RATED_ITEMS)],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": gettext_lazy("Choose from the ways on the page")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(each.id, _(each.title)) for each in wording.approaches()]  # type: ignore[attr-defined]

    @property
    def texts(self) -> dict[str, str]:
        """What each approach means."""
        return {each.id: _(each.text) for each in wording.approaches()}

    def clean(self) -> dict[str, Any]:
        """Either is enough; where only one of the playbook's is chosen, its words are proposed."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said["text"]:
            if not said["kind"]:
                self.add_error("text", _("Choose one of the ways, or describe your own"))
            said["text"] = self.texts.get(said["kind"], "")
        return said


def approach_forms(ways: list[dict[str, Any]], sent: ApproachForm | None) -> dict[str, ApproachForm]:
    """Return a form for each item an approach may be proposed to; the one that was sent keeps what was typed.

    A form of an item that nobody finds hard any more stands with all of it.
    """
    forms = {
        way["part"]: ApproachForm(auto_id=f"approach{way['part']}_%s", initial={"part": way["part"]}) for way in ways
    }
    if sent is not None:
        part = str(sent["part"].value() or "")
        forms[part if part in forms else WHOLE] = sent
    return forms
