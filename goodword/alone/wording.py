"""The words of keeping a relationship by oneself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from goodword.agreements.rules import usual_review
from goodword.agreements.wording import Choices, from_template
from goodword.alone.rules import Sort
from goodword.playbook.shelf import playbook

Text = str | Promise


@dataclass(frozen=True, slots=True)
class SortWords:
    """One sort of record in words: what it is called, what it is for, the question above its box; and what the other side
    calls it once it lies on the table.

    `%(name)s` is the first name of whoever sits across from the reader.
    """

    title: Text
    why: Text
    question: Text
    opened: Text


SORTS: dict[Sort, SortWords] = {
    Sort.TALK: SortWords(
        gettext_lazy("What you talked about"),
        gettext_lazy("So that neither of you has to remember it."),
        gettext_lazy("What did you and %(name)s talk about, or agree?"),
        gettext_lazy("What you and %(name)s talked about"),
    ),
    Sort.RESERVATION: SortWords(
        gettext_lazy("What made %(name)s hesitate"),
        gettext_lazy("As they said it. It is never opened to them in their name."),
        gettext_lazy("What did %(name)s say makes them hesitate?"),
        "",
    ),
    Sort.UNDERSTOOD: SortWords(
        gettext_lazy("What you understood"),
        gettext_lazy("To read back to %(name)s, or to give them on paper."),
        gettext_lazy("What did you understand of %(name)s’s business?"),
        gettext_lazy("What %(name)s understood of your business"),
    ),
    Sort.PLAYBACK: SortWords(
        gettext_lazy("What %(name)s said about you"),
        gettext_lazy("How they said your business back to you, on your word."),
        gettext_lazy("What did %(name)s say about you?"),
        gettext_lazy("What you said about %(name)s"),
    ),
    Sort.AGREEMENT: SortWords(
        gettext_lazy("How the two of you do it"),
        gettext_lazy("Plain clauses to start from. Change what you changed in talk."),
        gettext_lazy("How do you and %(name)s do it?"),
        gettext_lazy("How you and %(name)s do it"),
    ),
    Sort.FOR_THEM: SortWords(
        gettext_lazy("What to say for %(name)s"),
        gettext_lazy("To whom, at which moment, in which words."),
        gettext_lazy("What do you say for %(name)s, and to whom?"),
        gettext_lazy("What %(name)s says for you"),
    ),
    Sort.FOR_ME: SortWords(
        gettext_lazy("What to say for you"),
        gettext_lazy("It stands on the card for their wallet."),
        gettext_lazy("What does %(name)s say for you, and to whom?"),
        gettext_lazy("What you say for %(name)s"),
    ),
    Sort.FOLLOW_UP: SortWords(
        gettext_lazy("From a follow-up"),
        gettext_lazy("What has happened since last time, both ways."),
        gettext_lazy("What came up when you last talked?"),
        gettext_lazy("What came up when you talked"),
    ),
}

OPENING_WORDS: dict[Sort, tuple[Text, Text]] = {
    Sort.STEP: (gettext_lazy("Where you and %(name)s are"), gettext_lazy("Where you and %(name)s are")),
    Sort.LEAD: (gettext_lazy("A lead"), gettext_lazy("A lead")),
}


def heading(sort: Sort, name: str, *, ours: bool) -> str:
    """Return the heading of something for a reader: of the side that wrote it (`ours`), or of the other. `name` is across."""
    mine, theirs = OPENING_WORDS.get(sort) or (SORTS[sort].title, SORTS[sort].opened)
    return str(mine if ours else theirs) % {"name": name}


def clauses() -> str:
    """Return the playbook's clauses as one text, to start an agreement from (M27)."""
    usual = Choices(usual_review(timezone.localdate()))
    every = [from_template(each.id, usual) for each in playbook().default_clauses()]
    return "\n\n".join(f"{each.title}\n{each.text}" for each in every)
