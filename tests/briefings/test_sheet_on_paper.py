"""The briefing sheet on paper: two A4 pages at most, whatever was said."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from goodword.briefings.actions import conversation, playback
from goodword.briefings.rules import Passage
from goodword.relationships.steps import Step
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.browser


def on_paper(browser: Any, address: str, base: str, session: str) -> PdfReader:
    """Return a page as a browser prints it on A4."""
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    page = context.new_page()
    page.goto(base + address)
    printed = page.pdf(format="A4", margin={"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"})
    context.close()
    return PdfReader(io.BytesIO(printed))


@pytest.mark.django_db(transaction=True)
def test_the_longest_sheet_fits_two_pages_without_navigation(live_server: Any, browser: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.ALLOWED_HOSTS = "sessionid", False, ["*"]
    cast = Cast(at=Step.FIRST_BRIEFING)
    long = ("A long sentence about kitchens and what is needed to make them. " * 20)[:1000]
    ready = [conversation.prepare(cast.ada, text=f"{number}. " + long[:590]) for number in range(20)]
    for asked in conversation.ask(cast.ada, ready):
        conversation.answer(cast.ben, asked, long * 4)
    row = playback.say_back(cast.ada, dict.fromkeys(Passage, long))
    playback.reply(cast.ben, row, dict.fromkeys(Passage, ""))
    session = signed_in(cast.ada_person).cookies["sessionid"].value
    paper = on_paper(browser, reverse("briefing-sheet", args=[cast.key]), live_server.url, session)
    text = " ".join(page.extract_text() for page in paper.pages)
    assert len(paper.pages) <= 2
    assert "Stop, leave or delete" not in text
    assert "version" in text
