"""What people type, made safe to keep and to compare."""

import unicodedata

# Invisible characters that can reorder or hide text (T55): bidirectional overrides and isolates, zero-width marks.
_INVISIBLE = dict.fromkeys([0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


def tidy(text: str) -> str:
    """Return the text in NFC, with one kind of line break and without invisible or control characters, ends trimmed."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def tidy_line(text: str) -> str:
    """Return `tidy` text on a single line: breaks and runs of blanks become one blank (T47)."""
    return " ".join(tidy(text).split())
