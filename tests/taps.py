"""A thumb without a keyboard: it taps what a page offers, and sends every form as it stands.

What somebody would have to type is refused here: a tap on a form whose text boxes were not filled in by the page itself
sends them empty, exactly as a browser would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Attrs = list[tuple[str, str | None]]


@dataclass
class Form:
    """One form of a page: where it goes, what it sends as it stands, and its buttons by their words."""

    action: str
    method: str
    sends: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # words, name, value
    choices: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, id


class Page(HTMLParser):
    """The links, forms and labels of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.labels: dict[str, str] = {}
        self._into: list[str] = []  # the words being read, and of what
        self._of: tuple[str, str, str] = ("", "", "")
        self._box, self._select = "", ""
        self._form: Form | None = None
        self._within = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        """Collect what can be tapped or is sent along."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag in ("a", "button", "label"):
            one = said.get("href") or said.get("for") or said.get("name", "")
            self._into, self._of = [], (tag, one, said.get("value", ""))
            self._within = len(self._form.choices) if self._form else 0
        elif self._form is not None:
            self._field(tag, said)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        assert self._form is not None
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "input" and kind in ("radio", "checkbox"):
            self._form.choices.append((name, said.get("value", "on"), said.get("id", "")))
            if "checked" in said:
                self._form.sends.append((name, said.get("value", "on")))
        elif tag == "input" and kind != "submit":
            self._form.sends.append((name, said.get("value", "")))
        elif tag == "textarea":
            self._box, self._into = name, []
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in said:
            self._form.sends.append((self._select, said.get("value", "")))

    def handle_data(self, data: str) -> None:
        """Read words."""
        self._into.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Keep what was read."""
        words = re.sub(r"\s+", " ", "".join(self._into)).strip()
        what, one, value = self._of
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._form is not None:
            self._form.sends.append((self._box, "".join(self._into).removeprefix("\n")))
        elif tag == what == "a":
            self.links.append((words, one))
        elif tag == what == "label" and self._form is not None:
            for name, value, _itself in self._form.choices[self._within :]:
                self.labels[f"{name}={value}"] = words
            self.labels[one] = words
        elif tag == what == "button" and self._form is not None:
            self._form.buttons.append((words, one, value))


class Thumb:
    """One person's thumb. `at` is the page it is on; `taps` counts."""

    def __init__(self, browser: Client) -> None:
        self.browser, self.taps, self.at, self.text = browser, 0, "", ""

    def open(self, path: str) -> None:
        """Come to a page, as from a letter."""
        self._arrive(self.browser.get(path, follow=True), path)

    def tap(self, words: str, *chosen: str) -> None:
        """Tap the link or button that begins with these words; `chosen` are answers of its form, by their label, each a tap."""
        page = Page(self.text)
        for form in page.forms:
            for said, name, value in form.buttons:
                if said.startswith(words):
                    self.taps += 1 + len(chosen)
                    self._send(form, [*self._chosen(page, form, chosen), *([(name, value)] if name else [])])
                    return
        href = next((href for said, href in page.links if said.startswith(words)), None)
        assert href is not None, (
            f"nothing on {self.at} says {words!r}: {[b for f in page.forms for b in f.buttons]} {page.links}"
        )
        self.taps += 1
        self._arrive(self.browser.get(href, follow=True), href)

    def _chosen(self, page: Page, form: Form, chosen: tuple[str, ...]) -> list[tuple[str, str]]:
        found = []
        for words in chosen:
            named = {one: page.labels.get(f"{one[0]}={one[1]}") or page.labels.get(one[2], "") for one in form.choices}
            fits = [one for one, said in named.items() if said.startswith(words)]
            assert fits, f"no answer on {self.at} says {words!r}: {page.labels}"
            found.append(fits[0][:2])
        return found

    def _send(self, form: Form, more: list[tuple[str, str]]) -> None:
        names = {name for name, _value in more}
        data: dict[str, list[str]] = {}
        for name, value in [*((name, value) for name, value in form.sends if name not in names), *more]:
            data.setdefault(name, []).append(value)
        to = form.action or self.at
        self._arrive(getattr(self.browser, form.method)(to, data, follow=True), to)

    def _arrive(self, answer: Any, path: str) -> None:
        chain = getattr(answer, "redirect_chain", [])
        self.at, self.text = (chain[-1][0] if chain else path), answer.content.decode()
        assert answer.status_code == 200, f"{self.at}: {answer.status_code} {re.sub('<[^>]+>', ' ', self.text)[:600]}"
