"""Shapes of what is asked when one side teaches the other, and when the other answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.playbook.entries import TeachingField
from goodword.playbook.shelf import playbook
from goodword.teaching import wording
from goodword.teaching.rules import PARTS, RATED, REACH, WHOLE
from goodword.ui.answers import Text

LONGEST_LINE = 2000
TEN = 10


class DraftForm(forms.Form):
    """Whom, what, in which words, and by which route. Nothing here is asked for by force: a draft may be half done."""

    def __init__(self, *args: Any, said: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for part in PARTS:
            for field in playbook().teaching(part):
                self.fields[field.id] = Text(
                    label=_(field.label), help_text=_hint(field), required=False, max_length=LONGEST_LINE
                )
        self.fields[wording.ROUTES] = forms.MultipleChoiceField(
            label=_("Which ways are you happy with?"), choices=[(each.id, _(each.title)) for each in playbook().routes],
            required=False, widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose from the ways on the page")},
        )  # fmt: skip
        self.fields[REACH] = Text(
            label=_("How to reach you"), help_text=_("Telephone, address, the best time of day."), required=False,
            max_length=LONGEST_LINE,
        )  # fmt: skip
        self.initial = {**said, wording.ROUTES: said.get(wording.ROUTES, "").split(",")}

    def part(self, name: str) -> list[forms.BoundField]:
        """Return the fields of one part."""
        return [self[field.id] for field in playbook().teaching(name)]

    @property
    def route_texts(self) -> dict[str, str]:
        """What each route means."""
        return {each.id: _(each.text) for each in playbook().routes}

    def said(self) -> dict[str, str]:
        """Return what was typed, by field, once the form is valid."""
        routes = self.cleaned_data[wording.ROUTES]
        return {**self.cleaned_data, wording.ROUTES: ",".join(routes)}


def _hint(field: TeachingField) -> str:
    return f"{_(field.hint)} {_('For instance:')} {_(field.example)}"


class ComfortForm(forms.Form):
    """How it would feel to say this, item by item from 0 to 10, and why, for oneself. Nothing is chosen beforehand."""

    feel = forms.ChoiceField(
        label=gettext_lazy("How would it feel to say this?"), widget=forms.RadioSelect, required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose the answer that is nearest")},
    )  # fmt: skip
    why = Text(label=gettext_lazy("Why, for yourself"), required=False)

    def __init__(self, *args: Any, items: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        self.fields["feel"].choices = wording.feelings()  # type: ignore[attr-defined]
        for item in items:
            self.fields[_rate(item)] = forms.TypedChoiceField(
                label=wording.part_title(item), required=False, coerce=int, empty_value=None,
                choices=[("", "–"), *((str(n), str(n)) for n in range(TEN + 1))],
                error_messages={"invalid_choice": _("Choose a number from 0 to 10")},
            )  # fmt: skip

    @property
    def rates(self) -> list[forms.BoundField]:
        """Return the fields of the items, in the order they are taught."""
        return [self[_rate(item)] for item in self.items]

    @property
    def scores(self) -> dict[str, int]:
        """Return the number of each item, once the form is valid and the answer is not a note for oneself alone."""
        return {item: self.cleaned_data[_rate(item)] for item in self.items}

    def clean(self) -> dict[str, Any]:
        """A note for oneself may stand alone; otherwise the answer that is nearest is needed, and a number for each item."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        open_ones = [item for item in self.items if said.get(_rate(item)) is None]
        alone = said.get("why") and not said.get("feel") and len(open_ones) == len(self.items)
        if self.errors or alone:
            return said
        if not said["feel"]:
            self.add_error("feel", _("Choose the answer that is nearest"))
        for item in open_ones:
            self.add_error(_rate(item), _("%(item)s: choose a number from 0 to 10") % {"item": wording.part_title(item)})
        return said


def _rate(item: str) -> str:
    return f"rate_{item}"


def kept_rates(scores: Mapping[str, int]) -> dict[str, int]:
    """Return what the fields of the items start from: what was said about this very teaching."""
    return {_rate(item): score for item, score in scores.items()}


class BackForm(forms.Form):
    """What was taught, in the advocate's own words."""

    text = Text(
        label=gettext_lazy("Whom would you listen for, and what would you say?"), max_length=LONGEST_LINE,
        error_messages={"required": gettext_lazy("Say it in a sentence or two")},
    )  # fmt: skip


class ApproachForm(forms.Form):
    """A way that removes the need: one from the playbook, own words, or both."""

    kind = forms.ChoiceField(
        label=gettext_lazy("A way that might do"), required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose from the ways on the page")},
    )  # fmt: skip
    text = Text(label=gettext_lazy("In your words"), required=False, max_length=LONGEST_LINE)
    missing = Text(label=gettext_lazy("What is missing?"), required=False, max_length=LONGEST_LINE)
    part = forms.ChoiceField(
        choices=[(part, part) for part in (WHOLE, *RATED)], required=False, widget=forms.HiddenInput,
        error_messages={"invalid_choice": gettext_lazy("Choose from the ways on the page")},
    )  # fmt: skip

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
