"""What a check found: well, worth a look, or wrong; and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad it is."""

    WELL = 0
    LOOK = 1
    WRONG = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, in words, and what to do where it is not well."""

    state: Severity
    words: str
    do: str = ""

    def line(self, name: str) -> str:
        """Return it as a line of the report."""
        more = f" {self.do}" if self.do else ""
        return f"{self.state.name.lower():<6} {name:<12} {self.words}.{more}"


def well(words: str) -> Finding:
    """All is well."""
    return Finding(Severity.WELL, words)


def worth_a_look(words: str, do: str = "") -> Finding:
    """It runs, and something should be done."""
    return Finding(Severity.LOOK, words, do)


def wrong(words: str, do: str = "") -> Finding:
    """Something does not work, or will be lost."""
    return Finding(Severity.WRONG, words, do)
