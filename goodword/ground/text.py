"""What people type, made safe to keep and to compare."""

import unicodedata
from contextlib import suppress

# Invisible characters that can reorder or hide text (T55): bidirectional overrides and isolates, zero-width marks.
_INVISIBLE = dict.fromkeys([0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


def tidy(text: str) -> str:
    """Return the text in NFC, with one kind of line break and without invisible or control characters, ends trimmed."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def tidy_line(text: str) -> str:
    """Return `tidy` text on a single line: breaks and runs of blanks become one blank (T47)."""
    return " ".join(tidy(text).split())


def tidy_address(address: str) -> str:
    """Return an e-mail address as we compare it: tidy, without blanks, in lower case."""
    name, at, domain = tidy_line(address).replace(" ", "").lower().rpartition("@")
    with suppress(UnicodeError):  # not a domain at all: the form has its own sentence for that
        domain = unicodedata.normalize("NFKC", domain).encode("idna").decode()
    return f"{name}{at}{domain}"


def masked(address: str) -> str:
    """Return an address that its owner recognises and nobody else can use: t••@halekitchens.example."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}••@{domain}"
