"""Languages: whatever a reader sees went through the catalogue. What people typed, names and days did not."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from django.apps import apps
from django.db import models
from django.http.response import HttpResponseBase

from goodword.leads.currencies import CODES
from goodword.people.models import Person
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.relationships.sealed_columns import TableText
from goodword.relationships.visibility import Locked
from tests import pseudo
from tests.house.test_words import CODE
from tests.house.world import Address, World, private_texts, read, read_letter, undone

pytestmark = pytest.mark.alike

# What is the same in every language: names of the house and of formats, zones, calendars' own words, languages' names.
NAMES = {"Goodword", "English", pseudo.NAME, "PDF", "JPEG", "PNG", "WebP", "GIF", "AVIF", "HEIC", "MB", "CSV", "SHA"}
ZONES = {"GMT", "BST", "CET", "CEST", "UTC"}
# Of a calendar, what its programs read: every line but the one a person reads.
CALENDAR = re.compile(r"(?m)^(?:SUMMARY:|[A-Z-]+[;:].*$)")
UNREAD = re.compile(r"(?s)<(script|style|textarea|svg|head)\b.*?</\1>")
SPOKEN = re.compile(r'(?:aria-label|title|alt|placeholder)="([^"]*)"')
OUR_LINK = re.compile(r"https?://testserver/\S*")
LATIN = re.compile(r"[A-Za-z][A-Za-z’-]+")
ADDRESS = re.compile(r"https?://\S+|[\w.+•-]+@[\w.-]+|/[\w/.-]+|\b[0-9a-f]{8,}\b|\b[A-Z2-7]{32}\b")
WITHIN = re.compile(r"</?(?:ins|del|mark|b|i|em|strong|span)\b[^>]*>")  # what marks words within a sentence
# What comes in the words of a file, of a program, or of a machine.
NO_PAGES = {"livez", "readyz", "metrics", "profile-file", "shown-file", "manifest", "service-worker"}


@cache
def days() -> set[str]:
    """Return the names of days and months where the language for tests is spoken."""
    spoken = Locale.parse(pseudo.CODE)
    tables = [table[use] for table in (spoken.days, spoken.months) for use in ("format", "stand-alone")]
    return {name for table in tables for width in ("wide", "abbreviated") for name in table[width].values()}


@cache
def joints() -> set[str]:
    """Return the words that join a list of names where the language for tests is spoken: Babel's, as its days are."""
    return {
        word
        for parts in Locale.parse(pseudo.CODE).list_patterns.values()
        for word in re.findall(r"[A-Za-z]+", " ".join(parts.values()))
    }


def typed(world: World) -> list[str]:
    """Return every line of text in the database, the longest first: what people typed, and what was made of it."""
    found = {one for _name, text, _lock, _row in private_texts(world) for one in strings(text)}
    for model in apps.get_app_config("goodword").get_models():
        if model is OutboxLetter:
            continue
        rows = model.objects.unscoped() if issubclass(model, Locked) else model._base_manager.all()  # type: ignore[attr-defined]
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                for value in rows.values_list(field.attname, flat=True):
                    found |= set(strings(value))
            elif isinstance(field, TableText):  # opened on its row, and nowhere else
                for row in rows:
                    found |= set(strings(getattr(row, field.attname)))
    lines = {line.strip() for text in found for line in text.split("\n")}
    # One small word is a code of ours, such as "spoke", and no words of anybody's.
    return sorted((line for line in lines if not re.fullmatch(r"[a-z0-9_-]*", line)), key=len, reverse=True)


def strings(value: object) -> Iterator[str]:
    """Yield every string within a value of a column."""
    if isinstance(value, str):
        yield value
        if value[:1] in "[{":
            try:
                yield from strings(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        yield from (one for each in value.values() for one in strings(each))
    elif isinstance(value, (list, tuple)):
        yield from (one for each in value for one in strings(each))


def seen(text: str) -> str:
    """Return the words of a page, a letter or a file that somebody reads or hears, piece by piece."""
    if text.lstrip().startswith("{"):
        text = "\n".join(strings(json.loads(text)))  # fragments of a page, by name
    if "<html" in text or "<p" in text or "<div" in text:
        spoken = "\n".join(SPOKEN.findall(text))
        titles = "\n".join(re.findall(r"(?s)<title>(.*?)</title>", text))
        text = unescape(
            re.sub(r"<[^>]+>", "\n", WITHIN.sub("", UNREAD.sub("\n", text))) + "\n" + spoken + "\n" + titles
        )
    return CALENDAR.sub("", text)


class Reading:
    """Somebody who reads page after page, and knows every line that people typed. The same words come again on most pages."""

    def __init__(self, own: list[str]) -> None:
        self.own, self.judged = own, dict[str, str]()

    def untouched(self, text: str) -> list[str]:
        """Return the pieces of a text with a word in it that did not go through the catalogue."""
        pieces = OUR_LINK.sub(" ", seen(text)).split("\n")  # links first: two letters of somebody's stand in many a key
        return [wrong for piece in pieces if LATIN.search(piece) and (wrong := self.judge(piece))]

    def judge(self, piece: str) -> str:
        """Return a piece in which there is such a word, or nothing. A line that was typed stands within one piece."""
        if piece not in self.judged:
            self.judged[piece] = self._judge(piece)
        return self.judged[piece]

    def _judge(self, piece: str) -> str:
        for line in self.own:
            if line in piece:
                piece = piece.replace(line, " ")
        piece = ADDRESS.sub(" ", piece)
        words = set(LATIN.findall(piece)) - days() - joints() - NAMES - ZONES - set(CODES)
        begun = re.search(r"(?:.*: )?(\S.*?)\s?(?:\.\.\.|…)\s*$", piece)  # typed, and too long to be shown in full
        right = not words or (begun and any(line.startswith(begun[1]) for line in self.own))
        return "" if right else " ".join(piece.split())[:160]


@pytest.fixture
def abroad(world: World) -> Iterator[World]:
    """Return the world, lived in English, in which everybody now reads in another language."""
    Person.objects.update(language=pseudo.CODE)
    with pseudo.offered():
        yield world


def bodies(world: World, who: str, address: Address) -> Iterator[str]:
    """Yield what somebody reads at an address: the page, and the page when its form comes back empty."""
    browser, headers = world.browsers[who], {"Accept-Language": pseudo.CODE}
    for method in address.methods:
        with undone(browser):
            send = browser.get if method == "GET" else browser.post
            answer = send(address.path, address.sends if method == "POST" else {}, headers=headers)
            if not str(answer.get("Content-Type", "")).startswith("image/"):
                yield body_of(answer)


def body_of(answer: HttpResponseBase) -> str:
    """Return what somebody reads of an answer: of a paper its words, line breaks and numbers of pages left out."""
    text = read(answer).partition("\n")[2]
    head = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
    text = text.removeprefix(head)
    if "%PDF" in text:
        paper = text.rpartition("%%EOF")[2]
        return " ".join(paper.partition("{'/")[0].split())
    return text


@pytest.mark.parametrize("who", ["ada", "ben", "guest", "nobody"])
def test_every_page_passes_through_the_catalogue(abroad: World, doors: list[Address], who: str) -> None:
    reading, wrong = Reading(typed(abroad)), defaultdict(set)
    for address in doors:
        if address.route not in NO_PAGES:
            for body in bodies(abroad, who, address):
                for piece in reading.untouched(body):
                    wrong[piece].add(address.route)
    assert not wrong, "\n".join(f"{piece}  ({', '.join(sorted(routes))})" for piece, routes in sorted(wrong.items()))


def test_every_letter_leaves_in_its_readers_language(abroad: World) -> None:
    reading, wrong = Reading(typed(abroad)), defaultdict(set)
    for letter in OutboxLetter.objects.filter(sent_at=None, dropped_at=None, person_id__isnull=False):
        words = read_letter(message(letter))
        words = re.sub(r"(?m)^\{'from'.*$", "", words)
        for piece in reading.untouched(words):
            wrong[piece].add(letter.kind)
    assert not wrong, "\n".join(f"{piece}  ({', '.join(sorted(kinds))})" for piece, kinds in sorted(wrong.items()))


def eager(path: Path) -> Iterator[int]:
    """Yield the lines of a module on which a sentence is translated as it is loaded, in the language of nobody."""
    module = ast.parse(path.read_text())
    names = {
        each.asname or each.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for each in node.names
        if each.name in ("gettext", "ngettext", "pgettext", "npgettext")
    }

    def within(node: ast.AST) -> Iterator[int]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                yield from within(child.args)
            else:
                if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in names:
                    yield child.lineno
                yield from within(child)

    return within(module)


def test_no_sentence_is_translated_as_its_module_is_loaded() -> None:
    assert not [f"{path.relative_to(CODE)}:{line}" for path in CODE.rglob("*.py") for line in eager(path)]


# A sentence is whole: what belongs to it stands in it by name, so that other languages can put it elsewhere.
GLUED = (
    r'_\("[^"]*[^"\s.:!?…”)]"\) \}\} \{\{ (?!_\("[A-Z])',  # a beginning, and then a value
    r'\}\} \{\{ _\("[a-z]',  # a value, and then an end
)


def test_no_sentence_is_glued_from_pieces() -> None:
    glued = [
        f"{path.relative_to(CODE)}: {found.group()}"
        for path in [*CODE.rglob("*.html"), *CODE.rglob("letters/*.txt")]
        for pattern in GLUED
        for found in re.finditer(pattern, path.read_text())
    ]
    assert not glued, "\n".join(glued)


def test_no_sentence_is_counted_in_one_place_and_plain_in_another() -> None:
    """Older Pythons, Debian 12's among them, find a sentence that has plurals only where it is counted; elsewhere it stays English."""
    with (pseudo.compiled() / "goodword.pot").open("rb") as file:
        counted = {one.id[0] for one in read_po(file) if isinstance(one.id, tuple)}
    plain = {
        sentence
        for path in [*CODE.rglob("*.py"), *CODE.rglob("*.html"), *CODE.rglob("letters/*.txt")]
        for sentence in re.findall(r'\b(?:_|gettext|gettext_lazy)\(\s*"([^"]*)"', path.read_text())
    }
    assert len(counted) > 20 and len(plain) > 1000
    assert counted & plain == set()
