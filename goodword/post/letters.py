"""The kinds of letter there are. Each room registers its own; a letter can only be given values its kind names."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter.

    `pages` is the template pair without its ending (`.html`, `.txt`); `subject` makes the subject line from the values;
    `takes` names every value it may be given (D1 to D7 only: nothing from a drawer, T4); `may_send` is asked again just
    before sending, with relationship and person id, so that nothing goes to somebody who has left or let go; `calendar`
    makes the iTIP object (RFC 5546) it carries, if it is one for calendars; `fill` takes person id and values as the letter
    leaves and returns what more it says, read fresh, or None where there is nothing to say any more; `given_up` is told, with
    the relationship id, of one that could not be brought; `always` says of a letter's values that it
    comes whether its kind was stopped or not; `urgent` that somebody sits before a screen and waits for it.
    """

    name: str
    pages: str
    subject: Callable[[Mapping[str, Any]], str]
    takes: frozenset[str]
    may_send: Callable[[uuid.UUID | None, uuid.UUID | None], bool]
    can_stop: bool = True
    calendar: Callable[[Mapping[str, Any]], str] | None = None
    fill: Callable[[uuid.UUID | None, Mapping[str, Any]], Mapping[str, Any] | None] | None = None
    given_up: Callable[[uuid.UUID | None], None] | None = None
    always: Callable[[Mapping[str, Any]], bool] | None = None
    urgent: bool = False

    def may_be_stopped(self, values: Mapping[str, Any]) -> bool:
        """Whether its reader can stop a letter with these values; one that puts their calendar right comes all the same."""
        return self.can_stop and not (self.always and self.always(values))


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> None:
    """Make a kind of letter known."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> LetterKind:
    """Return the kind of that name. Raise KeyError if no room registered it."""
    return _kinds[name]


def all_kinds() -> list[LetterKind]:
    """Return every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
