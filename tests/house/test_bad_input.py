"""Bad input everywhere: whatever a form is sent and whatever an address is asked, the answer is a sentence and never a fault.

Each form is filled twice with each kind of nonsense: once in every field it has, and once only in the fields one types into,
with valid choices, so that the nonsense gets past the form and into the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from goodword.ui.answers import LONGEST
from tests.house.world import Address, World, addresses

NONSENSE: dict[str, Any] = {
    "too long": "a" * (LONGEST + 1),
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 40,
    "right to left": "\u202egnp.exe\u202c \u2066abc\u2069 אבג\u200f",
    "null bytes": "a\0b\0",
    "lone surrogates and controls": "\x01\x1b[31m\x7f\x85\ufeff\ufffe",
    "very long number": "9" * 400,
    "odd numbers": "1e999",
    "not a number": "NaN",
    "a superscript, which is a digit to some": "²",
    "below nothing": "-1",
    "impossible day": "0000-00-00",
    "day out of this world": "9999-12-31",
    "impossible hour": "25:61",
    "code": "<script>alert(1)</script>{{ 7*7 }}%s%(x)s'; DROP TABLE x; --",
    "other people's lines": "=cmd()\r\nBcc: x@y.example\r\n\r\n.",
    "twice": ["one", "two"],
    "a file for a word": SimpleUploadedFile("x\0.vcf", b"\xff\xfe\x00BEGIN:VCARD"),
}
CODE = Path(__file__).parents[2] / "goodword"


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


def every_name() -> set[str]:
    """Return the name of every field any form of ours has, and every name a view asks for by itself."""
    asked = (
        re.findall(r'POST(?:\.get\(|\[)"(\w+)"|"(\w+)" in request\.POST', path.read_text())
        for path in CODE.rglob("*.py")
    )
    names = {name for found in asked for pair in found for name in pair if name}
    kinds = list(forms.Form.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("goodword."):
            names |= set(kind.base_fields)
    return names


def forms_seen(world: World) -> dict[str, dict[str, str | None]]:
    """Return the forms of every page Ada can read, by address."""
    seen: dict[str, dict[str, str | None]] = {}
    for address in addresses(world):
        if "GET" in address.methods and "ada" in address.holders:
            page = b"".join(world.browsers["ada"].get(address.path)).decode(errors="replace")
            for path, fields in Fields(page, address.path).forms.items():
                seen.setdefault(path, {}).update(fields)
    return seen


def faults(browser: Client, method: str, path: str, sent: Any) -> str:
    """Ask once, undone afterwards; return what went wrong, or nothing."""
    kept = {name: morsel.coded_value for name, morsel in browser.cookies.items()}
    try:
        with transaction.atomic():
            answer = getattr(browser, method)(path, sent)
            assert answer.streaming or answer.content is not None
            transaction.set_rollback(True)
    except Exception as wrong:
        return f"{type(wrong).__name__}: {wrong}"[:200]
    else:
        # No worker beats in a test, and /readyz says so with 503.
        return str(answer.status_code) if answer.status_code >= 500 and not path.startswith("/readyz") else ""
    finally:
        browser.cookies.clear()
        browser.cookies.load(kept)


def posts(world: World) -> Iterator[Address]:
    """Yield the addresses that take a POST and let Ada in."""
    for address in addresses(world):
        if "POST" in address.methods and (address.door == "public" or "ada" in address.holders):
            yield address


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_form_breaks_whatever_it_is_sent(world: World, kind: str) -> None:
    bad, names, known = NONSENSE[kind], sorted(every_name()), forms_seen(world)
    wrong = []
    for address in posts(world):
        fields = known.get(address.path, {})
        everywhere = dict.fromkeys([*names, *fields], bad)
        typed = {name: bad if value is None else value for name, value in fields.items()}
        for sent in (everywhere, typed):
            if found := faults(world.browsers["ada"], "post", address.path, sent):
                wrong.append(f"{address.route} {address.label}: {found}")
    assert not wrong, "\n".join(wrong)


def test_no_form_breaks_when_fields_are_missing(world: World) -> None:
    known, wrong = forms_seen(world), []
    for address in posts(world):
        fields = {name: value or "a word" for name, value in known.get(address.path, {}).items()}
        lacking = [{n: v for n, v in fields.items() if n != left_out} for left_out in fields]
        for sent in [{}, fields, *lacking]:
            if found := faults(world.browsers["ada"], "post", address.path, sent):
                wrong.append(f"{address.route} {sorted(sent)}: {found}")
    assert not wrong, "\n".join(wrong)


def test_keys_of_another_relationship_open_nothing_in_a_form(world: World) -> None:
    """Every key that exists outside Ada's and Ben's relationship, or in Ben's drawers, sent in every field at once."""
    names, known, wrong = sorted(every_name()), forms_seen(world), []
    foreign = [world.elsewhere.key, world.invitation.key, str(world.elsewhere.relationship_id), world.bea.person.key]
    for key in foreign:
        for address in posts(world):
            fields = known.get(address.path, {})
            mixed = {name: key if value is None or len(value) == 22 else value for name, value in fields.items()}
            for sent in (dict.fromkeys([*names, *fields], key), mixed):
                if found := faults(world.browsers["ada"], "post", address.path, sent):
                    wrong.append(f"{address.route}: {found}")
    assert not wrong, "\n".join(wrong)


def test_a_form_may_be_sent_as_anything(world: World) -> None:
    browser, wrong = world.browsers["ada"], []
    for address in posts(world):
        for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain", "", "multipart/form-data"):
            with transaction.atomic():
                try:
                    status = browser.generic("POST", address.path, b'{"text": [1, {"a": null}]}\xff', kind).status_code
                except Exception as fault:
                    wrong.append(f"{address.route} {kind}: {type(fault).__name__} {fault}")
                else:
                    if status >= 500:
                        wrong.append(f"{address.route} {kind}: {status}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


QUERIES = (
    "", "?", "?page=0", "?page=-1", "?page=²", "?page=" + "9" * 400, "?page=1e9", "?q=%00", "?q=%ff%fe", "?q=" + "%25" * 5000,
    "?sort=nothing&by=x&order=0;drop&at=zz&since=0000-00-00&until=NaN&step=99&who=me&kind=x&state=x&how=x",
    "?since=99999-01-01&from=%E2%80%AE&idea=x&instead=x&outcome=x&to=//evil.example&next=//evil.example&about=%00&because=%00",
    "?" + "&".join(f"a{n}=1" for n in range(1500)), "?note=both&note=me&note", "?[]=1&a[b]=c&%5B%5D",
)  # fmt: skip


def test_no_page_breaks_on_an_odd_query(world: World) -> None:
    wrong = []
    for address in addresses(world):
        if "GET" in address.methods and (address.door == "public" or "ada" in address.holders):
            for query in QUERIES:
                if found := faults(world.browsers["ada"], "get", address.path + query, None):
                    wrong.append(f"{address.route} {query[:60]}: {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "odd", ["%00", "%ff", "a" * 3000, "²", "-1", "..%2f..", "%E2%80%AE", "new", "A" * 22, "'", "{{7*7}}"]
)
def test_no_address_breaks_on_an_odd_key(world: World, odd: str) -> None:
    wrong = []
    for address in addresses(world):
        if "ada" not in address.holders and address.door != "public":
            continue
        for place in re.finditer(r"(?<=/)[A-Za-z0-9_-]{22}(?=/|$)", address.path):
            path = address.path[: place.start()] + odd + address.path[place.end() :]
            for method in address.methods:
                if found := faults(world.browsers["ada"], method.lower(), path, None):
                    wrong.append(f"{method} {address.route} {place.start()}: {found}")
    assert not wrong, "\n".join(wrong)
