"""What stands under a strip that says who sees it is told to nobody else: every button in every private strip is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from goodword.briefings.actions import conversation as briefings
from goodword.relationships.holding import PendingAct
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from goodword.reservations.models import PendingReservation
from tests.house.small import Small

EMPTY = {"input", "img", "br", "meta", "link", "hr", "use", "path", "circle", "source", "wbr"}
PRIVATE = {"sees-me", "sees-you", "sees-side"}
# A strip of a sealed answer says what the other side learns of it: that it was given, and not what it is.
SAYS_SO = ("only that you have", "sees that you have decided")


@dataclass
class Form:
    """A form as it is sent if nobody touches it."""

    action: str
    sends: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[dict[str, str], list[str]]] = field(
        default_factory=list
    )  # each with the private strips around it


class Strips(HTMLParser):
    """Finds every form of a page, and which of its buttons stand in a private strip."""

    def __init__(self, path: str, page: str) -> None:
        super().__init__()
        self.path, self.forms = path, list[Form]()
        self._open = list[list[Any]]()  # tag, and whether it is a private strip
        self._words: list[list[str]] = []  # what each strip says so far
        self._form: Form | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "use" and said.get("href", "").lstrip("#") in PRIVATE:
            self._mark()
        if tag not in EMPTY:
            self._open.append([tag, bool(PRIVATE & set(said.get("class", "").split()))])
            if self._open[-1][1]:
                self._words.append([])
        if tag == "form" and said.get("method", "").lower() == "post":
            self._form = Form(said.get("action") or self.path)
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, said)

    def _mark(self) -> None:
        """A mark outside a panel stands over all that follows it in the element around it, but for a heading's own."""
        around = [one for one in self._open if one[0] not in ("p", "svg", "span")]
        if around and not around[-1][1] and around[-1][0] not in ("header", "summary", "li"):
            around[-1][1] = True
            self._words.append([])

    def _field(self, tag: str, said: dict[str, str]) -> None:
        assert self._form is not None
        if tag == "button" and said.get("type") != "button":
            pressed = {said["name"]: said.get("value", "")} if "name" in said else {}
            self._form.buttons.append((pressed, ["".join(words) for words in self._words]))
        elif tag in ("input", "textarea") and "name" in said:
            ticked = said.get("type") not in ("radio", "checkbox") or "checked" in said
            if ticked or said["name"] not in self._form.sends:
                typed = "Some words" if tag == "textarea" or said.get("type") == "text" else said.get("value", "on")
                self._form.sends[said["name"]] = said.get("value") or typed

    def handle_data(self, data: str) -> None:
        for words in self._words:
            words.append(data)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while any(tag == found for found, _strip in self._open):
            found, strip = self._open.pop()
            if strip:
                self._words.pop()
            if found == "form":
                self._form = None
            if found == tag:
                return


def in_strips(small: Small, browser: Client) -> Iterator[tuple[str, Form, dict[str, str], str]]:
    """Yield the door, the form, the button and the strip's words of every different button in a private strip."""
    tried = set[tuple[str, tuple[tuple[str, str], ...]]]()
    for _route, path in small.paths():
        answer = browser.get(path)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in Strips(path, answer.content.decode()).forms:
            door = str(resolve(form.action.partition("?")[0]).url_name)
            for pressed, strips in form.buttons:
                if strips and (door, tuple(pressed.items())) not in tried:
                    tried.add((door, tuple(pressed.items())))
                    yield door, form, pressed, strips[-1]


def told(browser: Client, form: Form, pressed: dict[str, str]) -> bool:
    """Press a button, and say whether the act announces anything, now or in half a minute. It is undone."""
    with transaction.atomic():
        before = traces()
        browser.post(form.action, {**form.sends, **pressed})
        after = traces()
        transaction.set_rollback(True)
    return before != after


def traces() -> tuple[int, int, int]:
    """Return what every announcement, and every act that is held back, leaves."""
    return tuple(model.objects.unscoped().count() for model in (Event, PendingAct, PendingReservation))  # type: ignore[return-value]


@pytest.mark.parametrize("step", [Step.FIRST_BRIEFING, Step.ADVOCATE])
def test_no_button_in_a_private_strip_tells_the_other_side(db: None, step: Step) -> None:
    small = Small(step)
    small.keep_private()
    listener = small.ada if not small.ada.speaks else small.ben
    if step is Step.FIRST_BRIEFING:
        asked = briefings.prepare(listener, text="How do you begin?")
        briefings.ask(listener, [asked])
    browser = small.browser("ada" if listener == small.ada else "ben")
    found = {
        (door, *pressed.items()): (told(browser, form, pressed), words)
        for door, form, pressed, words in in_strips(small, browser)
    }
    assert len(found) > 3
    tells = {name: words for name, (announces, words) in found.items() if announces}
    assert {name: words for name, words in tells.items() if not any(each in words for each in SAYS_SO)} == {}
