"""Bad input everywhere: whatever a form is sent and whatever an address is asked, the answer is a sentence and never a fault.

Each form is filled twice with each kind of nonsense: once in every field it has, and once only in the fields one types into,
with valid choices, so that the nonsense gets past the form and into the act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodword.ui.answers import LONGEST
from goodword.ui.doors import routes
from tests.house.rows import NEVER
from tests.house.world import Address, World, addresses, undone

STRANGE = "👩‍👩‍👧‍👦🏳️‍🌈 \u202egnp.exe\u202c \u2066abc\u2069 אבג\u200f a\0b\0 \x01\x1b[31m\x7f\x85\ufeff\ufffe "
CODE_IN_IT = "<script>alert(1)</script>{{ 7*7 }}%s%(x)s'; DROP TABLE x; -- =cmd()\r\nBcc: x@y.example\r\n\r\n."
NONSENSE: dict[str, Any] = {
    "too long": "a" * (LONGEST + 1),
    "strange characters": STRANGE + CODE_IN_IT,
    "only what is never shown": "\u200b\0\u202e",
    "very long number": "9" * 400,
    "odd number": "1e999",
    "not a number": "NaN",
    "a superscript, which is a digit to some": "²",
    "below nothing": "-1",
    "impossible day": "0000-00-00",
    "day out of this world": "9999-12-31",
    "impossible hour": "25:61",
    "twice": ["one", "two"],
}
# These are sent in every field, those one chooses from too; the others only where one types.
EVERYWHERE = {"too long", "strange characters", "very long number", "twice"}
FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data"
CODE = Path(__file__).parents[2] / "goodword"
pytestmark = pytest.mark.usefixtures("left_to_the_worker")


class Fields(HTMLParser):
    """The forms of a page: for each address, each field's name and a value one could choose; None where one types."""

    def __init__(self, page: str, own: str) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str | None]] = {}
        self.own, self.at, self.select = own, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect fields."""
        said = dict(attrs)
        if tag == "form":
            self.at = (said.get("action") or self.own).partition("?")[0]
        fields = self.forms.setdefault(self.at, {})
        name, kind = said.get("name") or self.select, said.get("type", "text")
        if tag == "select":
            self.select = said.get("name") or ""
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "textarea" or (tag == "input" and kind not in ("hidden", "radio", "checkbox", "submit")):
            fields[name] = None
        elif tag in ("input", "button", "option"):
            fields[name] = fields.get(name) or said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a list of choices."""
        self.select = "" if tag == "select" else self.select


@cache
def names_in(room: str) -> set[str]:
    """Return the name of every field a room's forms have, and every name its views ask for by themselves."""
    asked = r'POST(?:\.get\(|\[)"(\w+)"|"(\w+)" in request\.POST'
    found = [pair for path in (CODE / room).rglob("*.py") for pair in re.findall(asked, path.read_text())]
    names = {name for pair in found for name in pair if name}
    kinds = list(forms.Form.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.startswith(f"goodword.{room}."):
            names |= set(kind.base_fields)
    return names


@dataclass(frozen=True, slots=True)
class Form:
    """A form Ada may send: its address, a value or None (one types) for each field on a page, and all names it may take."""

    route: str
    path: str
    fields: dict[str, str | None]
    names: frozenset[str]


@cache
def forms_of(world: World) -> list[Form]:
    """Return every form of the site that Ada may send, as she finds it on the pages she can read."""
    seen: dict[str, dict[str, str | None]] = {}
    views = {pattern.name: pattern.callback.__module__.split(".")[1] for _path, pattern in routes()}
    for address in addresses(world):
        if "GET" in address.methods and "ada" in address.holders:
            page = b"".join(world.browsers["ada"].get(address.path)).decode(errors="replace")
            for path, fields in Fields(page, address.path).forms.items():
                seen.setdefault(path, {}).update(fields)
    found = []
    for address in addresses(world):
        if "POST" in address.methods and (address.door == "public" or "ada" in address.holders):
            fields = seen.get(address.path, {})
            found.append(
                Form(address.route, address.path, fields, frozenset(names_in(views[address.route])) | set(fields))
            )
    return found


@pytest.fixture
def sheets(world: World) -> list[Form]:
    """Return every form there is. Looked for once."""
    found = forms_of(world)
    assert len(found) > 100
    assert sum(bool(form.fields) for form in found) > 80  # most were met on a page
    return found


def faults(browser: Client, method: str, path: str, sent: Any, kind: str = FORM) -> str:
    """Ask once, undone afterwards; return what went wrong, or nothing."""
    try:
        with undone(browser):
            if method == "get" or (kind == FILES and isinstance(sent, dict)):
                answer = getattr(browser, method)(path, sent)
            else:
                body = sent if isinstance(sent, bytes) else urlencode(sent or {}, doseq=True)
                answer = browser.generic("POST", path, body, kind)
    except Exception as wrong:  # any at all is what is looked for
        return f"{type(wrong).__name__}: {wrong}"[:200]
    # No worker beats in a test, and /readyz says so with 503.
    return str(answer.status_code) if answer.status_code >= 500 and not path.startswith("/readyz") else ""


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_form_breaks_whatever_it_is_sent(world: World, sheets: list[Form], kind: str) -> None:
    bad, wrong = NONSENSE[kind], []
    for form in sheets:
        typed = {name: bad if value is None else value for name, value in form.fields.items()}
        for sent in (typed, dict.fromkeys(form.names, bad)) if kind in EVERYWHERE else (typed,):
            if found := faults(world.browsers["ada"], "post", form.path, sent):
                wrong.append(f"{form.route} {form.path}: {found}")
    assert not wrong, "\n".join(wrong)


def test_no_form_breaks_when_fields_are_missing(world: World, sheets: list[Form]) -> None:
    wrong = []
    for form in sheets:
        full = {name: value or "a word" for name, value in form.fields.items()}
        lacking = [{name: value for name, value in full.items() if name != left_out} for left_out in full]
        for sent in [{}, full, *lacking]:
            if found := faults(world.browsers["ada"], "post", form.path, sent):
                wrong.append(f"{form.route} {sorted(sent)}: {found}")
    assert not wrong, "\n".join(wrong)


def test_keys_of_another_relationship_open_nothing_in_a_form(world: World, sheets: list[Form]) -> None:
    """The keys of strangers and of their things, in every field that takes a key or is typed into."""
    foreign, wrong = [world.elsewhere.key, world.invitation.key, world.bea.person.key], []
    for number, form in enumerate(sheets):
        key = foreign[number % len(foreign)]
        mixed = {name: key if value is None or len(value) == 22 else value for name, value in form.fields.items()}
        for sent in (dict.fromkeys(form.names, key), mixed):
            if found := faults(world.browsers["ada"], "post", form.path, sent):
                wrong.append(f"{form.route}: {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.alike
def test_a_form_may_be_sent_as_anything(world: World, sheets: list[Form]) -> None:
    wrong = []
    for form in sheets:
        for kind in ("application/json", FILES, "multipart/form-data; boundary=x"):
            if found := faults(world.browsers["ada"], "post", form.path, b'{"text": [1, {"a": null}]}\xff', kind):
                wrong.append(f"{form.route} {kind}: {found}")
    assert not wrong, "\n".join(wrong)


ODD_SETS = ["zip", "x-none", "utf-7", "utf-16", "idna", "unicode_escape", "undefined", '"utf-8', "utf-8''"]
PART = "--x\r\nContent-Disposition: form-data; {named}\r\n{more}\r\n{value}\r\n--x--\r\n"
ODD_PARTS = [
    {"named": "name*=zip''{name}", "more": ""},
    {"named": "name*=x-none''{name}", "more": ""},
    {"named": "name*=utf-16''%ff%d8", "more": ""},
    {"named": "name*=utf-8", "more": ""},
    {"named": "name=\"{name}\"; filename*=zip''%ff", "more": ""},
    {"named": "name=\"{name}\"; filename*=undefined'en'x", "more": ""},
    {"named": 'name="{name}"', "more": "Content-Type: text/plain; charset=zip\r\n"},
    {"named": 'name="{name}"', "more": "Content-Type: text/plain; charset*=zip''x\r\n"},
    {"named": 'name="{name}"', "more": "Content-Transfer-Encoding: base64\r\n"},
    {"named": 'name="{name}"; filename="\ud800.vcf"', "more": "Content-Type: text/x-vcard; charset=zip\r\n"},
]


WAYS = len(ODD_SETS) + 1 + len(ODD_PARTS) + 2


def oddly(name: str) -> list[tuple[bytes, str]]:
    """Return every odd way to send a field, as body and content type."""
    sent = [(urlencode({name: "ä\u20ac"}).encode(), f"{FORM}; charset={odd}") for odd in ODD_SETS]
    sent += [(f"{name}=%ED%A0%80%ff%C0%80&{name}=+%26&=&&%".encode(), FORM)]
    for odd in ODD_PARTS:
        part = PART.format(named=odd["named"].format(name=name), more=odd["more"], value="=\ud800\udfff\x85")
        sent.append((part.encode("utf-8", "surrogatepass"), f"{FILES}; boundary=x"))
    last = sent[-1][0]
    return [*sent, (last, f"{FILES}; boundary=x; charset=zip"), (last, f"{FILES}; boundary*=zip''x")]


# What is odd is met before any form's own code, so the forms take turns: each way is tried on a score of them.
@pytest.mark.alike
@pytest.mark.parametrize("ways", [3, pytest.param(WAYS, marks=pytest.mark.everything)])
def test_no_form_breaks_on_an_odd_character_set(world: World, sheets: list[Form], ways: int) -> None:
    wrong, tried = [], set[int]()
    for number, form in enumerate(sheets):
        every = oddly(sorted(form.names)[0] if form.names else "text")
        turns = {(number * ways + turn) % WAYS for turn in range(ways)}
        tried |= turns
        for body, kind in (every[turn] for turn in turns):
            if found := faults(world.browsers["ada"], "post", form.path, body, kind):
                wrong.append(f"{form.route} {kind} {body[:90]!r}: {found}")
    assert len(tried) == WAYS
    assert not wrong, "\n".join(wrong[:30])


def test_a_file_in_place_of_a_word_is_no_fault(world: World, sheets: list[Form]) -> None:
    wrong = []
    for form in sheets:
        files = {name: SimpleUploadedFile("x.vcf", b"\xff\xfe\x00BEGIN:VCARD\nFN;X=\xff") for name in form.names}
        if found := faults(world.browsers["ada"], "post", form.path, files, FILES):
            wrong.append(f"{form.route}: {found}")
    assert not wrong, "\n".join(wrong)


NAMES = (
    "page",
    "q",
    "sort",
    "by",
    "order",
    "at",
    "since",
    "until",
    "step",
    "who",
    "me",
    "kind",
    "state",
    "how",
    "from",
    "idea",
    "instead",
    "outcome",
    "to",
    "next",
    "about",
    "because",
    "note",
    "show",
    "view",
    "ended",
    "after",
    "before",
    "quiet",
    "why",
)
QUERIES = {
    "nothing": "?",
    "numbers that are none": "²",
    "very long": "9" * 400,
    "out of range": "-1",
    "not text": "%00%ff%fe",
    "elsewhere": "//evil.example/%E2%80%AE",
    "a key": NEVER,
    "much": "%25" * 1500,
}


@pytest.mark.parametrize("kind", QUERIES)
def test_no_page_breaks_on_an_odd_query(world: World, doors: list[Address], kind: str) -> None:
    query, wrong = "?" + "&".join(f"{name}={QUERIES[kind]}" for name in NAMES), []
    for address in doors:
        readable = "GET" in address.methods and (address.door == "public" or "ada" in address.holders)
        if readable and (found := faults(world.browsers["ada"], "get", address.path + query, None)):
            wrong.append(f"{address.route}: {found}")
    assert not wrong, "\n".join(wrong)


ODD_KEYS = ["%00", "%ff", "a" * 3000, "²", "..%2f..", "%E2%80%AE"]


@pytest.mark.parametrize("ways", [2, pytest.param(len(ODD_KEYS), marks=pytest.mark.everything)])
def test_no_address_breaks_on_an_odd_key(world: World, doors: list[Address], ways: int) -> None:
    wrong, number = [], 0
    for address in doors:
        if "ada" not in address.holders and address.door != "public":
            continue
        for place in re.finditer(r"(?<=/)[A-Za-z0-9_-]{22}(?=/|$)", address.path):
            for turn in range(ways):  # the addresses take turns
                number += 1
                odd = ODD_KEYS[number % len(ODD_KEYS)]
                path = address.path[: place.start()] + odd + address.path[place.end() :]
                for method in address.methods:
                    if found := faults(world.browsers["ada"], method.lower(), path, None):
                        wrong.append(f"{method} {address.route} {place.start()} {turn}: {found}")
    assert not wrong, "\n".join(wrong)
