"""Other words for an agreement that is there: single clauses changed, renamed, left out or added, each with its reason (M27)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.agreements import rules, wording
from goodword.agreements.forms.choices import LONGEST_CLAUSE, ChoicesForm, clauses_field
from goodword.agreements.models import AgreementVersion
from goodword.agreements.rules import ClauseWords
from goodword.agreements.wording import Choices
from goodword.ground.differences import same_words
from goodword.ground.keys import new_key
from goodword.playbook.shelf import playbook
from goodword.ui.answers import Text, TextLine

LONGEST_REASON = 300
LONGEST_NAME = 220  # which may stand before words that say “I”


class NextVersionForm(ChoicesForm):
    """Other words for the newest version: each change with its reason."""

    based_on = forms.CharField(widget=forms.HiddenInput, required=False)
    own_title = TextLine(label=gettext_lazy("What is it about?"), required=False)
    own_text = Text(label=gettext_lazy("Your words"), required=False, max_length=LONGEST_CLAUSE)
    own_why = TextLine(label=gettext_lazy("Why"), required=False, max_length=LONGEST_REASON)

    def __init__(
        self, *args: Any, base: Sequence[ClauseWords], last: AgreementVersion, name: str, **options: Any
    ) -> None:
        super().__init__(*args, last=last, **options)
        self.name, self.last = name, last
        self.base = [each for each in rules.present(base) if each.clause != rules.DAYS]
        self.initial["based_on"] = last.key
        for each in self.base:
            self.fields[f"text-{each.clause}"] = Text(
                label=each.title, initial=each.text, required=False, max_length=LONGEST_CLAUSE + LONGEST_NAME
            )
            if each.clause not in wording.template_ids():
                self.fields[f"title-{each.clause}"] = TextLine(
                    label=_("What it is called"), initial=each.title, required=False, max_length=rules.LONGEST_TITLE
                )
            self.fields[f"why-{each.clause}"] = TextLine(label=_("Why"), required=False, max_length=LONGEST_REASON)
            self.fields[f"out-{each.clause}"] = forms.BooleanField(label=_("Leave this clause out"), required=False)
        here = {each.clause for each in self.base}
        more = [each for each in playbook().clauses if each.id not in here]
        self.fields["add"] = clauses_field(_("Add one of these"), more)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The clauses with their fields, for the page; open where something was typed or needs another look."""
        return [
            {
                "number": number,
                "words": each,
                "title": self._title_field(each),
                "text": self[f"text-{each.clause}"],
                "why": self[f"why-{each.clause}"],
                "out": self[f"out-{each.clause}"],
                "open": self._differs(each),
            }
            for number, each in enumerate(self.base, 1)
        ]

    def _differs(self, each: ClauseWords) -> bool:
        text, why, out = self[f"text-{each.clause}"], self[f"why-{each.clause}"], self[f"out-{each.clause}"]
        if not self.is_bound:
            return False
        title = self._title_field(each)
        if title and (title.errors or not same_words(title.value() or "", each.title)):
            return True
        return bool(text.errors or why.errors or out.errors or why.value() or out.value()) or not same_words(
            text.value() or "", each.text
        )

    def _title_field(self, each: ClauseWords) -> forms.BoundField | None:
        """What a clause is called can be changed where it is not one of the playbook's."""
        name = f"title-{each.clause}"
        return self[name] if name in self.fields else None

    def _title(self, each: ClauseWords) -> str:
        return str(self.cleaned_data.get(f"title-{each.clause}", each.title))

    def clean(self) -> dict[str, Any]:
        """Each change has words and a reason; money is never left unsaid."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for each in self.base:
            self._clean_clause(said, each)
        own = [said.get(name) for name in ("own_title", "own_text", "own_why")]
        if any(own) and not all(own):
            missing = next(name for name in ("own_title", "own_text", "own_why") if not said.get(name))
            self.add_error(missing, _("A clause of your own has a title, its words and a reason"))
        return said

    def _clean_clause(self, said: dict[str, Any], each: ClauseWords) -> None:
        text, why, out = (said.get(f"{part}-{each.clause}") for part in ("text", "why", "out"))
        if text is None:
            return
        if out and each.clause == rules.MONEY:
            self.add_error(f"out-{each.clause}", _("Say something about money, even if it is that there is none"))
        elif not out and not text:
            self.add_error(f"text-{each.clause}", _("Write the words, or leave the clause out"))
        elif not out and not self._title(each):
            self.add_error(f"title-{each.clause}", _("Say in a few words what it is about"))
        elif (out or not same_words(text, each.text) or not same_words(self._title(each), each.title)) and not why:
            self.add_error(
                f"why-{each.clause}",
                _("Say why in a few words: %(name)s reads it beside the change") % {"name": self.name},
            )

    def wording(self) -> list[ClauseWords]:
        """Return the clauses of the next version: as they were, changed, left out with a reason, or added."""
        said, choices = self.cleaned_data, self.choices()
        before = choices_of(self.last)
        kept = [self._next(each, before, choices) for each in self.base]
        added = [wording.from_template(id, choices) for id in said["add"]]
        own = [ClauseWords(new_key(), said["own_title"], said["own_text"], said["own_why"])] if said["own_text"] else []
        return kept + added + own + self.chosen_clauses()

    def onto_newer(self, *, refused: Sequence[str], **asked: Any) -> NextVersionForm:
        """Return the same answers on a newer version: what was changed here stays, all else is as it stands there.

        `refused` is what is said above the form; `asked` is what a NextForm on that version takes.
        """
        fresh = NextVersionForm(**asked)
        data: dict[str, Any] = {}
        for name, field in fresh.fields.items():
            mine = name in self.fields and name in self.changed_data and name != "based_on"
            value = self[name].value() if mine else fresh.get_initial_for_field(field, name)
            data |= {} if value in (None, False) else {name: value}
        carried = NextVersionForm({**data, "based_on": fresh.last.key}, **asked)
        for sentence in refused:
            carried.add_error(None, sentence)
        return carried

    def _next(self, each: ClauseWords, before: Choices, after: Choices) -> ClauseWords:
        text, why, out = (self.cleaned_data[f"{part}-{each.clause}"] for part in ("text", "why", "out"))
        if out:
            return ClauseWords(each.clause, each.title, "", why, each.origin)
        if not same_words(text, each.text):
            return ClauseWords(each.clause, self._title(each), text, why, each.origin)
        return wording.refill(ClauseWords(each.clause, self._title(each), each.text, why, each.origin), before, after)


def choices_of(version: AgreementVersion) -> Choices:
    """Return the choices a version was made with."""
    return Choices(version.review_on, version.contact_days, version.report_days, version.trial_until, version.words)
