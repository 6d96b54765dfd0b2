"""How it works is short, explains each word where it first stands, and leads back to the letter one came from."""

from __future__ import annotations

import html
import re

from django.test import Client
from django.urls import reverse

from goodword.relationships import invitations, starting
from tests.cast import person


def words_of(page: str) -> list[str]:
    """Return the words that a page's main part shows."""
    main = page.split("<main")[1].split("</main>")[0]
    return html.unescape(re.sub(r"<[^>]*>", " ", main)).split()


def test_it_is_read_in_three_minutes(db: None) -> None:
    assert len(words_of(Client().get(reverse("how-it-works")).content.decode())) < 700


def test_it_leads_back_to_the_letter_one_came_from(db: None) -> None:
    seat = starting.start(person("Ruth Adeyemi", "ruth@lane.example", "Lane & Lowe"), name="Tom Hale")
    invitations.write(seat, words="You rang back the same day.", address="tom@hale.example")
    token = invitations.token_of(invitations.offer(seat, by_mail=False))
    letter = Client().get(reverse("invitation", args=[token])).content.decode()
    there = re.search(r'href="([^"]*how-it-works[^"]*)"', letter)
    assert there
    page = Client().get(html.unescape(there[1])).content.decode()
    assert "Back to Ruth’s letter" in page
    assert reverse("invitation", args=[token]) in page


def test_a_link_that_opens_no_letter_leads_nowhere(db: None) -> None:
    page = Client().get(reverse("how-it-works") + "?letter=" + "x" * 43).content.decode()
    assert "letter" not in page.split("<main")[1].split("</main>")[0]
