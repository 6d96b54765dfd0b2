"""What people type, made safe to keep and to compare."""

import re
import unicodedata

# Invisible characters that can reorder or hide text (T55): bidirectional overrides and isolates, zero-width marks.
_INVISIBLE = dict.fromkeys([0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])

# After these a stop ends no sentence: "Mrs. Sorrell's sister", "near St. Mary's". A letter with a stop ("e.g.", "J.") is one too.
_SHORT = "mr mrs ms mx dr prof rev revd capt lt sgt cllr mme mlle st hon sr jr approx ca bzw vs nr"
_SHORT_FORMS = frozenset(_SHORT.split())
_AFTER_A_SENTENCE = re.compile(r"(?<=[.!?])([)\"”’]*)\s+")


def tidy(text: str) -> str:
    """Return the text in NFC, with one kind of line break and without invisible or control characters, ends trimmed."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def tidy_line(text: str) -> str:
    """Return `tidy` text on a single line: breaks and runs of blanks become one blank (T47)."""
    return " ".join(tidy(text).split())


def sentence_of(text: str) -> str:
    """Return the first sentence of a text, whole, or its first line, without the stop at its end."""
    line = text.strip().split("\n")[0].strip()
    stops = _AFTER_A_SENTENCE.finditer(line)
    ends = (stop.end(1) for stop in stops if _is_end(line[: stop.start()], line[stop.end() :]))
    return line[: next(ends, len(line))].rstrip(".").strip()


def _is_end(before: str, after: str) -> bool:
    """Whether a sentence ends between the two: not after a short form, nor where what follows goes on in small letters."""
    if not before.endswith("."):
        return True
    word = re.split(r"[\s(\"“‘]", before[-40:-1])[-1]
    parts = [part for part in word.split(".") if part]
    spelt = word == "I" or not parts or max(map(len, parts)) > 1 or not word[0].isalpha()
    return spelt and word.casefold() not in _SHORT_FORMS and not after[:1].islower()


def shorten(text: str, most: int) -> str:
    """Return a text whole if it has no more than `most` letters; else as many whole words as fit, and an ellipsis."""
    text = text.strip()
    if len(text) <= most:
        return text
    words = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[: most - 1]
    return words.rstrip(" ,.;:–-(“‘") + "…"
