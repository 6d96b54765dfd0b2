"""Shapes of what is asked between two follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goodword.encounters.forms import FutureDay, PlanForm, Time
from goodword.followups import rules, wording
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.ui.answers import Text, TextLine

EVERYBODY = "all"
UNITS = [("weeks", _("weeks")), ("months", _("months"))]


class NextMeetingForm(PlanForm):
    """The next follow-up: day, time, kind, length, place. Without hopes, which have their own place on its page."""

    hope = None  # type: ignore[assignment]


class RhythmForm(forms.Form):
    """How often the two talk; the number is read for a rhythm of their own only."""

    kind = forms.ChoiceField(
        label=_("How often?"),
        choices=list(wording.KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a rhythm"), "invalid_choice": _("Choose one of these")},
    )
    number = forms.IntegerField(
        label=_("Every"),
        required=False,
        min_value=1,
        max_value=52,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a number"),
            "min_value": _("Write one or more"),
            "max_value": _("A year is the longest"),
        },
    )
    unit = forms.ChoiceField(
        label=_("Weeks or months?"),
        required=False,
        choices=UNITS,
        error_messages={"invalid_choice": _("Choose one of these")},
    )
    starts_on = FutureDay(label=_("Beginning on"))
    wall = Time(
        label=_("At about"),
        error_messages={"required": _("Say at about what time"), "invalid": _("Write the time like 9:30")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the number where the rhythm is one's own."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("starts_on") and abs((said["starts_on"] - timezone.localdate()).days) > 2 * rules.YEAR:
            self.add_error("starts_on", _now("Choose a day within the next two years"))
        if said.get("kind") == "own" and "number" not in self.errors:
            said["unit"] = said.get("unit") or "months"
            if not said.get("number"):
                self.add_error("number", _now("Write every how many weeks or months"))
            elif said["number"] > rules.LONGEST[said["unit"]]:
                self.add_error("number", _now("A year is the longest"))
        return said

    def terms(self) -> dict[str, Any]:
        """Return it as the action takes it."""
        said = dict(self.cleaned_data)
        return {**said, "number": said.get("number") or 1, "unit": said.get("unit") or "months"}


class NewsForm(forms.Form):
    """News: of what kind, and in which words."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={"required": _("Choose what it is about"), "invalid_choice": _("Choose one of these")},
    )
    text = Text(
        label=_("What is the news?"),
        max_length=3000,
        error_messages={"required": _("Write the news in a sentence or two")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _now("Choose")), *((one.id, _now(one.label)) for one in playbook().update_kinds)]


class ConcernsForm(forms.Form):
    """Whom news concerns, and what of the teaching it touches."""

    part = forms.ChoiceField(
        label=_("Does it change what you taught them?"),
        widget=forms.RadioSelect,
        choices=[*wording.PARTS.items(), ("none", _("No, it is only good to know"))],
        error_messages={
            "required": _("Say whether it changes what you taught them"),
            "invalid_choice": _("Choose one of these"),
        },
    )
    to = forms.MultipleChoiceField(
        label=_("Who is to have it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one person"),
            "invalid_choice": _("Choose from this list"),
            "invalid_list": _("Choose from this list"),
        },
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        to: Any = self.fields["to"]
        everybody = [(EVERYBODY, _now("All of them"))] if len(seats) > 1 else []
        to.choices = [*everybody, *((seat.key, seat.other_name) for seat in seats)]

    def clean_part(self) -> str:
        """Return the part, or nothing."""
        part = self.cleaned_data.get("part") or ""
        return "" if part == "none" else part


class ReadForm(forms.Form):
    """How one would put it now."""

    said_back = Text(label=_("How would you put it now?"), required=False, max_length=3000)


class TopicForm(forms.Form):
    """Something to talk about."""

    text = TextLine(
        label=_("What else?"), max_length=300, error_messages={"required": _("Write what you’d like to talk about")}
    )


class ReviewForm(forms.Form):
    """The answers of one side to the review; any may be left open."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for question, (label, hint) in wording.QUESTIONS.items():
            self.fields[question] = Text(label=label, help_text=hint, required=False, max_length=3000)
