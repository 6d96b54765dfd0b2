"""Shapes of what is asked for an agreement: plain choices, and what both its forms share (M27)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.agreements import rules, wording
from goodword.agreements.models import AgreementVersion, OfferedClause
from goodword.agreements.rules import ClauseWords
from goodword.agreements.wording import Choices
from goodword.playbook.entries import Clause, ClauseField
from goodword.playbook.shelf import playbook
from goodword.ui.answers import Day, Text, TextLine

LONGEST_CLAUSE = 3000
MOST_MINUTES = 480


class ComingDay(Day):
    """A day still to come, typed or picked."""

    def __init__(self, **options: Any) -> None:
        wrong = {
            "invalid": gettext_lazy("Write the day like 22/5/2027"),
            "required": gettext_lazy("Choose the day on which you look at it again"),
        }
        super().__init__(**{"error_messages": wrong, **options})

    def clean(self, value: Any) -> dt.date | None:
        """Return the day; refuse one that has been, or one more than two years away."""
        day: dt.date | None = super().clean(value)
        if day and not rules.may_review_on(timezone.localdate(), day):
            raise forms.ValidationError(_("Choose a day within the next two years"))
        return day


def number_field(entry: ClauseField) -> forms.IntegerField:
    """Return the field for a number in a clause, between one and what is sensible."""
    most = MOST_MINUTES if entry.id == "meeting_minutes" else rules.MOST_DAYS
    said = _("Write a whole number from 1 to %(most)s") % {"most": most}
    wrong = {"invalid": said, "required": said, "min_value": said, "max_value": said}
    widget = forms.NumberInput(attrs={"class": "short"})
    return forms.IntegerField(
        label=_(entry.label),
        initial=entry.initial,
        min_value=1,
        max_value=most,
        error_messages=wrong,
        widget=widget,
        required=entry.id != "name_days",
    )


def clauses_field(label: str, clauses: Sequence[Clause], ticked: Sequence[str] = ()) -> forms.MultipleChoiceField:
    """Return the field in which clauses are ticked."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(each.id, _(each.title)) for each in clauses],
        initial=ticked,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the clauses on the page")},
    )


class ChoicesForm(forms.Form):
    """The days, dates and words that fill the clauses' blanks, prefilled from the playbook or the last version."""

    def __init__(
        self, *args: Any, last: AgreementVersion | None = None, offers: Sequence[OfferedClause] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.offers = offers
        for entry in playbook().clause_fields:
            if entry.kind == "number":
                self.fields[entry.id] = number_field(entry)
            elif entry.kind == "words":
                self.fields[entry.id] = TextLine(
                    label=_(entry.label), initial=_(entry.initial) if entry.initial else "", required=False
                )
        today = timezone.localdate()
        self.fields["review_on"] = ComingDay(label=_("Look at it again by"), initial=rules.usual_review(today))
        self.fields["trial_until"] = ComingDay(label=_("A trial until"), required=False)
        if last:
            self.initial.update({**last.words, "contact_days": last.contact_days, "report_days": last.report_days})
            self.initial.update({"review_on": last.review_on, "trial_until": last.trial_until})
        if offers:
            self.fields["offered"] = forms.MultipleChoiceField(
                label=_("From reservations on the table"),
                required=False,
                choices=[(one.key, one.title) for one in offers],
                initial=[one.key for one in offers],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def small(self) -> dict[str, str]:
        """What each ready-made clause says, shown beneath its title: the blanks filled in as they stand."""
        filling = {entry.id: self.blank(entry.id) for entry in playbook().clause_fields}
        return {each.id: each.fill_in(filling, _) for each in playbook().clauses}

    @property
    def offer_texts(self) -> dict[str, str]:
        """What each offered clause says."""
        return {one.key: one.text for one in self.offers}

    def blank(self, id: str) -> str:
        """Return what fills a blank at the moment."""
        value = self["review_on" if id == "review_date" else id].value()
        return wording.day_words(value) if isinstance(value, dt.date) else str(value or "")

    @property
    def blanks(self) -> list[forms.BoundField]:
        """The words that only some clauses ask for."""
        return [self[entry.id] for entry in playbook().clause_fields if entry.kind == "words" and entry.id != "rhythm"]

    def clean_trial_until(self) -> dt.date | None:
        """A trial ends before the agreement is looked at again, or on that day."""
        trial, review = self.cleaned_data["trial_until"], self.cleaned_data.get("review_on")
        if trial and review and trial > review:
            raise forms.ValidationError(_("A trial ends on or before the day you look at it again"))
        return trial  # type: ignore[no-any-return]

    def choices(self) -> Choices:
        """Return the choices, once the form is valid."""
        said = self.cleaned_data
        left = {entry.id: entry.initial for entry in playbook().clause_fields if entry.id not in wording.DAY_FIELDS}
        return Choices(
            review_on=said["review_on"],
            contact_days=said["contact_days"],
            report_days=said["report_days"],
            trial_until=said["trial_until"],
            words={id: str(usual if said[id] is None else said[id]) for id, usual in left.items()},
        )

    def chosen_clauses(self) -> list[ClauseWords]:
        """Return the offered clauses that were taken in."""
        keys = self.cleaned_data.get("offered", [])
        return [ClauseWords(one.key, one.title, one.text, "", one.origin) for one in self.offers if one.key in keys]


class FirstForm(ChoicesForm):
    """The first version, from plain choices."""

    money = forms.ChoiceField(
        label=gettext_lazy("Does money change hands?"),
        initial="none",
        widget=forms.RadioSelect,
        choices=[
            ("none", gettext_lazy("None, in either direction")),
            ("some", gettext_lazy("Something is paid or given")),
        ],
        error_messages={
            "required": gettext_lazy("Choose whether money changes hands"),
            "invalid_choice": gettext_lazy("Choose one of the two"),
        },
    )
    money_words = Text(
        label=gettext_lazy("What is paid or given, by whom, and when?"), required=False, max_length=LONGEST_CLAUSE
    )
    profession = forms.BooleanField(label=gettext_lazy("My profession has rules about recommending"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        usual = [each for each in playbook().default_clauses() if each.id != rules.MONEY]
        more = [each for each in playbook().clauses if not each.default and each.id != rules.MONEY]
        self.fields["clauses"] = clauses_field(_("Which of these should it say?"), usual, [each.id for each in usual])
        self.fields["more"] = clauses_field(_("And these?"), more)

    def clean(self) -> dict[str, Any]:
        """Where something is paid, it is said what."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("money") == "some" and not said.get("money_words"):
            self.add_error("money_words", _("Say what is paid or given: the people you introduce will be told"))
        return said

    def wording(self) -> list[ClauseWords]:
        """Return the clauses of the first version, in the playbook's order."""
        said, choices = self.cleaned_data, self.choices()
        wanted = {*said["clauses"], *said["more"], rules.MONEY, *(rules.PROFESSION if said["profession"] else ())}
        made = [wording.from_template(each.id, choices) for each in playbook().clauses if each.id in wanted]
        if said["money"] == "some":
            made = [
                ClauseWords(each.clause, each.title, said["money_words"]) if each.clause == rules.MONEY else each
                for each in made
            ]
        return made + self.chosen_clauses()
