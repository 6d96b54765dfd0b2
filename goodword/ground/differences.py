"""What changed between two wordings, word by word (M27, M38). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\s+|\w+(?:[’'-]\w+)*\s*|[^\w\s]\s*")
SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one wording; `changed` if the other wording has something else there."""

    text: str
    changed: bool


Wording = tuple[Piece, ...]
Run = tuple[bool, list[str], list[str]]


def same_words(was: str, now: str) -> bool:
    """Whether two wordings differ in nothing but blanks and line breaks."""
    return was.split() == now.split()


def marks(was: str, now: str) -> tuple[Wording, Wording]:
    """Return both wordings cut into pieces. Joined again, the pieces of each give exactly that wording."""
    old, new = TOKEN.findall(was), TOKEN.findall(now)
    match = SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new])
    runs = [(tag != "equal", old[a:b], new[c:d]) for tag, a, b, c, d in match.get_opcodes()]
    joined = _join(runs)
    return _pieces((run[0], run[1]) for run in joined), _pieces((run[0], run[2]) for run in joined)


def _join(runs: list[Run]) -> list[Run]:
    """Draw changes together that only a comma or a very short word keeps apart: easier to read, nothing lost."""
    out: list[Run] = []
    for place, (changed, old, new) in enumerate(runs):
        changed = changed or (0 < place < len(runs) - 1 and _slight(old))
        if out and out[-1][0] == changed:
            out[-1] = (changed, out[-1][1] + old, out[-1][2] + new)
        else:
            out.append((changed, old, new))
    return out


def _slight(tokens: list[str]) -> bool:
    words = [each.strip() for each in tokens if each.strip().isalnum()]
    return len(words) == 0 or (len(words) == 1 and len(words[0]) <= SHORT_WORD)


def _pieces(runs: Iterable[tuple[bool, list[str]]]) -> Wording:
    """Make pieces; the blank behind a change is not part of it."""
    out: list[Piece] = []
    for changed, tokens in runs:
        text = "".join(tokens)
        body = text.rstrip() if changed else text
        out += [Piece(body, changed)] if body else []
        out += [Piece(text[len(body) :], False)] if text[len(body) :] else []
    return tuple(out)
