"""A language for tests: every sentence of the catalogue in Greek letters, so that what did not pass through it stays in Latin ones."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import override_settings
from django.utils.translation import trans_real

from goodword.ops import messages

CODE, NAME = "de", "Pseudo"  # by the code of a language whose days are not ours
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "αβψδεφγηιξκλμνοπθρστυωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΣΧΥΖ"
)
KEPT = re.compile(r"(%\(\w+\)\w|%[a-z%]|\{\w*\})")


def pseudo(sentence: str) -> str:
    """Return a sentence in Greek letters, its placeholders as they were."""
    return "".join(part if KEPT.fullmatch(part) else part.translate(LETTERS) for part in KEPT.split(sentence))


def catalogue(template: Path) -> Catalog:
    """Return the catalogue of the language: all our own sentences, and those of Django and allauth that a page may show."""
    theirs = [Path(module.__path__[0]) / place for module, place in ((django, "conf/locale"), (allauth, "locale"))]
    made = Catalog(locale=CODE, domain=messages.DOMAIN)
    for path in [*(folder / "en/LC_MESSAGES/django.po" for folder in theirs), template]:
        if not path.exists():
            continue
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and isinstance(message.id, str):
                    made.add(message.id, pseudo(message.id), context=message.context)
                elif message.id:
                    made.add(message.id, tuple(map(pseudo, message.id)), context=message.context)
    return made


@cache
def compiled() -> Path:
    """Write the language's catalogue, once in a process; return the folder it lies in, as Django takes it."""
    folder = Path(tempfile.mkdtemp(prefix="goodword-locale-"))
    target = folder / CODE / "LC_MESSAGES" / f"{messages.DOMAIN}.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue(messages.extract(folder / "goodword.pot")))
    return folder


@contextmanager
def offered() -> Iterator[None]:
    """Offer the language beside English."""
    try:
        with override_settings(LANGUAGES=[("en-gb", "English"), (CODE, NAME)], LOCALE_PATHS=[compiled()]):
            trans_real._translations = {}  # type: ignore[attr-defined]
            yield
    finally:
        trans_real._translations = {}  # type: ignore[attr-defined]
