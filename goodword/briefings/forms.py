"""Shapes of what is asked in the briefings. They never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goodword.briefings import wording
from goodword.briefings.models import PreparedQuestion
from goodword.briefings.queries.weighing import ToWeigh
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.relationships.models import Seat
from goodword.ui.answers import Text

NOT_YOURS = _("Choose from your own questions")
CHOOSE = {"required": _("Choose one of these"), "invalid_choice": _("Choose one of these")}


def too_long() -> dict[str, Any]:
    """Return the sentence for a text that is too long for its place."""
    return {"max_length": _("Keep it under %(limit_value)d characters; this has %(show_value)d.")}


class QuestionForm(forms.Form):
    """A question for the other side, prepared."""

    text = Text(
        label=_("Another question, in your own words"),
        max_length=600,
        error_messages={"required": _("Write the question"), **too_long()},
    )


class AskingForm(forms.Form):
    """Which of the prepared questions go on the table."""

    questions = forms.MultipleChoiceField(
        label=_("Which ones?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one question"),
            "invalid_choice": NOT_YOURS,
            "invalid_list": NOT_YOURS,
        },
    )

    def __init__(self, data: Any, *, seat: Seat, rows: list[PreparedQuestion]) -> None:
        super().__init__(data)
        self.rows = {row.key: row for row in rows}
        self.fields["questions"].choices = [(row.key, row.text.unseal(seat)) for row in rows]  # type: ignore[attr-defined]

    def choice(self) -> list[PreparedQuestion]:
        """Return the rows chosen."""
        return [self.rows[key] for key in self.cleaned_data["questions"]]


class AnswerForm(forms.Form):
    """A written answer."""

    text = Text(
        label=_("Your answer"), max_length=4000, error_messages={"required": _("Write your answer"), **too_long()}
    )


class AnswerNoteForm(forms.Form):
    """A note that may be emptied."""

    text = Text(label=_("Your note"), required=False, error_messages=too_long())


class TellingForm(forms.Form):
    """Something to tell in one's own briefing."""

    text = Text(
        label=_("Something you want to tell"),
        max_length=3000,
        error_messages={"required": _("Write a few words"), **too_long()},
    )


class PlaybackForm(forms.Form):
    """What was understood, in four passages."""

    def __init__(self, data: Any, *, name: str, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        for passage in Passage:
            question = str(wording.PASSAGE_QUESTIONS[passage]) % {"name": name}
            self.fields[passage.value] = Text(
                label=question,
                help_text=wording.HINTS[passage],
                max_length=1000,
                error_messages={"required": _now("Write what you understood: %(question)s") % {"question": question}}
                | too_long(),
            )

    def passages(self) -> dict[Passage, str]:
        """Return the four passages."""
        return {passage: self.cleaned_data[passage.value] for passage in Passage}


class ReplyForm(forms.Form):
    """What the speaker says to each passage: right, or put right."""

    def __init__(self, data: Any, *, passages: tuple[Passage, ...]) -> None:
        super().__init__(data)
        self.asked = passages
        for passage in passages:
            self.fields[f"{passage}_said"] = forms.ChoiceField(
                label=str(wording.OWN_HEADINGS[passage]),
                widget=forms.RadioSelect,
                error_messages=CHOOSE,
                choices=[("right", _("That is right")), ("not_quite", _("Not quite"))],
            )
            self.fields[f"{passage}_text"] = Text(
                label=_now("%(heading)s: what would be right?") % {"heading": wording.OWN_HEADINGS[passage]},
                required=False,
                max_length=1000,
                error_messages=too_long(),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the better words where something was not quite right."""
        for passage in self.asked:
            wrong = self.cleaned_data.get(f"{passage}_said") == "not_quite"
            if wrong and f"{passage}_text" not in self.errors and not self.cleaned_data.get(f"{passage}_text"):
                self.add_error(f"{passage}_text", _now("Write how it should be"))
        return self.cleaned_data

    def answers(self) -> dict[Passage, str]:
        """Return for each passage what puts it right, empty where it is right."""
        said = self.cleaned_data
        return {p: said[f"{p}_text"] if said[f"{p}_said"] == "not_quite" else "" for p in self.asked}


class CriterionForm(forms.Form):
    """A criterion in one's own words."""

    text = Text(
        label=_("One of your own"),
        max_length=300,
        error_messages={"required": _("Write what a good advocate has to be"), **too_long()},
    )


class WeighForm(forms.Form):
    """The other side, weighed against one criterion."""

    said = forms.ChoiceField(
        label=_("Is that so?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=[(w.value, wording.WEIGHTS[w]) for w in Weight],
    )
    reason = Text(label=_("Why, in your own words"), required=False, max_length=3000, error_messages=too_long())

    def clean(self) -> dict[str, Any]:
        """Ask why, where somebody is happy anyway (M17)."""
        happy = self.cleaned_data.get("said") == Weight.HAPPY
        if happy and "reason" not in self.errors and not self.cleaned_data.get("reason"):
            self.add_error("reason", _now("Write down why you are happy anyway"))
        return self.cleaned_data


class WeighListForm(forms.Form):
    """The other side, weighed against each criterion of a list in place. A no with a reason is "happy anyway" (M17)."""

    def __init__(self, data: Any, rows: list[ToWeigh]) -> None:
        super().__init__(data)
        self.lines = list[tuple[ToWeigh, Any, Any]]()
        for row in rows:
            no = row.said == Weight.HAPPY
            self.fields[f"said_{row.name}"] = forms.ChoiceField(
                label=row.text,
                required=False,
                initial=Weight.NOT_MET if no else row.said,
                error_messages=CHOOSE,
                choices=[(w.value, wording.WEIGHTS_IN_PLACE[w]) for w in wording.WEIGHTS_IN_PLACE],
            )
            self.fields[f"why_{row.name}"] = Text(
                label=_("Why you are happy anyway, if you are"),
                required=False,
                initial=row.reason,
                max_length=3000,
                error_messages=too_long(),
            )
            self.lines.append((row, self[f"said_{row.name}"], self[f"why_{row.name}"]))

    def said(self) -> dict[str, tuple[Weight, str]]:
        """Return what was said of each that was answered: how it weighs, and why."""
        found = dict[str, tuple[Weight, str]]()
        for row, said, why in self.lines:
            answer, reason = self.cleaned_data[said.name], self.cleaned_data[why.name]
            if answer == Weight.NOT_MET:
                found[row.name] = (Weight.HAPPY if reason else Weight.NOT_MET, reason)
            elif answer:
                found[row.name] = (Weight(answer), "")
        return found


class PeopleForm(forms.Form):
    """How many people one knows that they would want to meet: a range (M26)."""

    said = forms.ChoiceField(
        label=_("How many come to mind?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=[(p.value, wording.PEOPLE[p]) for p in PeopleRange],
    )


class PurposeForm(forms.Form):
    """Why one wants the relationship (M21)."""

    text = Text(
        label=_("In a sentence or two"),
        max_length=3000,
        error_messages={"required": _("Write a sentence or two"), **too_long()},
    )
