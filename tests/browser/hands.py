"""Hands and eyes: browsers that people are signed in with, taps that are counted, and everything a page complained of."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from goodword.people.models import Person
from goodword.post.delivery import deliver_due
from tests.cast import signed_in

PHONE, DESK, SMALL, NARROW = (390, 844), (1280, 900), (360, 640), (320, 640)
# A form that comes back with a sentence is an answer of ours; Chromium logs it as an error of the network.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (422|409|404)")
# The worker for no network may keep its one page and files that are the same for everybody; anything else is left behind.
STORED = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((each) => each.name),
  caches: (await Promise.all((await caches.keys()).map(
    async (name) => (await (await caches.open(name)).keys()).map((kept) => new URL(kept.url).pathname)
  ))).flat().filter((kept) => kept !== "/offline" && !kept.startsWith("/static/"))
})"""


@dataclass
class Visit:
    """Browsers opened during one test, with what they complained of."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def by(self, who: Person | None = None, size: tuple[int, int] = PHONE, script: bool = True, **more: Any) -> Hands:
        """Open a browser, with this person signed in or nobody."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("request", self._asked)
        if who is not None:
            cookie = signed_in(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address, "httpOnly": True}])
        return Hands(context.new_page())

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            self.complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _asked(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:", "about:")):
            return
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"asked another host: {request.url}")

    def over(self) -> None:
        """Look into what is stored, and close every browser."""
        for context in self.contexts:
            for page in context.pages:
                if page.url.startswith(self.address):
                    stored = page.evaluate(STORED)
                    if any(stored.values()):
                        self.complaints.append(f"left in the browser: {stored}")
            context.close()


@dataclass
class Hands:
    """One person at one page. Taps and typed fields are counted from `start` on."""

    page: Page
    taps: int = 0
    fields: int = 0

    def start(self, path: str) -> None:
        """Open a page; nothing before it counts."""
        self.page.goto(path)
        self.taps = self.fields = 0

    def tap(self, what: str | Locator, role: Any = None) -> None:
        """Tap a link, a button or an answer, by its words; it has to be visible and uncovered for a thumb to reach it.

        A click is over once the next page begins to come; what is measured then would be half a page without its style.
        """
        self.taps += 1
        self.thing(what, role).first.click()
        self.page.wait_for_load_state()

    def thing(self, what: str | Locator, role: Any = None) -> Locator:
        """Find what a tap is meant for: a button, a link or a choice with these words."""
        if not isinstance(what, str):
            return what
        if role:
            return self.page.get_by_role(role, name=what)
        words = re.compile("^" + re.escape(what))
        main = self.page
        return (
            main.get_by_role("button", name=words)
            .or_(main.get_by_role("link", name=words))
            .or_(main.get_by_role("radio", name=words))
        )

    def type(self, label: str | re.Pattern[str], words: str) -> None:
        """Fill one field."""
        self.fields += 1
        self.page.get_by_label(label).first.fill(words)

    @property
    def h1(self) -> str:
        """What this page says or asks."""
        return self.page.locator("h1").inner_text()

    def reaches(self, selector: str = "main .btn-first") -> bool:
        """Whether the primary act is wholly visible, without scrolling and above the bar at the bottom."""
        self.page.evaluate("scrollTo(0, 0)")
        return bool(self.page.evaluate(IN_VIEW, selector))

    @property
    def overflows(self) -> bool:
        """Whether something sticks out at the side."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


IN_VIEW = """(selector) => {
  const it = [...document.querySelectorAll(selector)].find((each) => each.getClientRects().length);
  if (!it) return false;
  const box = it.getBoundingClientRect(), nav = document.querySelector(".nav");
  const bar = nav && getComputedStyle(nav).position === "fixed" ? nav.getBoundingClientRect().top : innerHeight;
  return box.top >= 0 && box.bottom <= Math.min(innerHeight, bar) && box.left >= 0 && box.right <= innerWidth;
}"""


def letter_to(address: str) -> str:
    """Deliver what is due; return the text of the newest letter to this address, which may still be being written."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        for lane in (1, 0):  # codes overtake what is older: the newest is what was asked for last
            while deliver_due(lane=lane):
                pass
        for one in reversed(mail.outbox):
            if address in one.to[0]:
                return str(one.body)
        time.sleep(0.1)
    raise AssertionError(f"no letter to {address}")


def code_in(letter: str) -> str:
    """Return the six digits in a letter."""
    found = re.search(r"\b(\d{6})\b", letter)
    assert found
    return found.group(1)


def path_in(letter: str, start: str) -> str:
    """Return the path of the link in a letter that starts like this."""
    found = re.search(re.escape(start) + r"\S*", letter)
    assert found
    return found.group()


@contextmanager
def within(page: Page, seconds: float, what: str) -> Iterator[None]:
    """Hold that what is done inside takes no longer."""
    began = page.evaluate("Date.now()")
    yield
    took = (page.evaluate("Date.now()") - began) / 1000
    assert took <= seconds, f"{what} took {took:.1f} s"
