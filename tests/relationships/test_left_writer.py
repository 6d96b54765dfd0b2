"""A letter whose writer is no longer there: it opens to nobody but whom it was for, and tells them nothing of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from goodword.account.actions import addresses, closing
from goodword.encounters.models import Encounter
from goodword.relationships import invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Invitation, Seat
from goodword.ui.doors import routes
from tests.cast import Cast, colleague, person, signed_in

pytestmark = pytest.mark.django_db
MET = {"met_on": dt.date(2026, 1, 5)}


def written(**met: dt.date) -> tuple[Seat, Seat, Invitation]:
    """Return Ada's seat, her colleague's, and her letter to Ben, who has not joined yet."""
    ada = person("Ada Lane", "ada@lane.example", "Lane Law")
    seat = starting.start(ada, name="Ben Moor")
    abe = colleague(seat, "Abe Lane", "abe@lane.example")
    invitations.write(seat, words="An hour?", address="ben@moor.example", met_on=met.get("met_on"))
    return seat, abe, invitations.offer(seat, by_mail=False)


@pytest.mark.parametrize("said", ["", "yes", "not_now", "not_me"])
def test_a_letter_whose_writer_closed_their_account_gives_the_seat_to_nobody_who_holds_its_link(
    said: str, tmp_path: Path, settings: LazySettings
) -> None:
    settings.DATA = tmp_path
    ada, _abe, letter = written()
    path = reverse("invitation", args=[invitations.token_of(letter)])
    if said:
        Client().post(path, {"answer": said})
    closing.close(ada.person)
    eve = person("Eve Past", "eve@past.example", "")
    browser = signed_in(eve)
    assert "not open, or no longer" in browser.get(path).content.decode()
    browser.post(path, {"answer": "yes"})
    for page in (path, reverse("answered")):
        browser.post(page, {"email": "eve@past.example"})
    browser.post(reverse("join"), {"seat": letter.key, "own_name": "Eve"})
    assert not Seat.objects.filter(person=eve).exists()


@pytest.mark.parametrize("met", [{}, MET], ids=["not met", "met"])
def test_whoever_answers_a_letter_does_not_learn_that_its_writer_has_given_up_the_seat(met: dict[str, dt.date]) -> None:
    ada, abe, letter = written(**met)
    ben = person("Ben Moor", "ben@moor.example", "Moor Kitchens")
    invitations.answer(letter, "yes")
    starting.leave(abe, "ada@lane.example")
    answer = signed_in(ben).post(reverse("join"), {"seat": letter.key, "own_name": "Ben Moor"})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("relationship", args=[ada.key]))
    assert Encounter.objects.on_table(seat_of(ben, ada.key)).count() == len(met)


def test_the_other_side_does_not_learn_to_what_address_somebody_has_their_letters_sent_now() -> None:
    cast = Cast()
    letter = Invitation.objects.get(relationship_id=cast.ada.relationship_id)

    def shown() -> str:
        by_link, link = Client(), reverse("invitation", args=[invitations.token_of(letter)])
        pages = [cast.ada_browser.get(reverse("colleagues", args=[cast.key])), by_link.get(link)]
        return "".join(page.content.decode() for page in (*pages, by_link.post(link, {}, follow=True)))

    assert shown().count("b••@moor.example") == 3
    addresses.add(cast.ben_person, "ben@elsewhere.example")
    addresses.make_main(cast.ben_person, "ben@elsewhere.example")
    assert shown().count("b••@moor.example") == 3
    assert "elsewhere" not in shown()


def test_a_colleague_taken_away_twice_is_told_of_once() -> None:
    cast = Cast()
    for name in ("abe", "amy"):
        colleague(cast.ada, name, f"{name}@lane.example")
    story = reverse("story", args=[cast.key])
    for _again in range(2):
        cast.ada_browser.post(reverse("colleagues", args=[cast.key]), {"act": "away", "who": "amy@lane.example"})
    assert cast.ben_browser.get(story).content.decode().count("A colleague of Ada left") == 1


def test_whoever_joins_does_not_learn_from_any_page_whether_it_was_kept_alone_before() -> None:
    found = []
    for alone in (False, True):
        tag = "kept" if alone else "plain"
        ada, ben = person("Ada Lane", f"ada@{tag}.example", ""), person("Ben Moor", f"ben@{tag}.example", "")
        seat = starting.start(ada, name="Ben Moor")
        if alone:
            starting.keep_alone(seat)
        invitations.write(seat, words="An hour?", address=ben.email)
        letter = invitations.offer(seat_of(ada, seat.key), by_mail=False)
        invitations.answer(letter, "yes")
        letter.refresh_from_db()
        invitations.join(ben, letter)
        browser = signed_in(ben)
        found.append(
            {
                pattern.name: browser.get(reverse(pattern.name, args=[seat.key])).status_code
                for path, pattern in routes()
                if path.startswith("r/<str:key>") and list(pattern.pattern.converters) == ["key"]
            }
        )
    assert found[0] == found[1]
