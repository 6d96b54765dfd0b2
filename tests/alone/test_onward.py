"""When the other gives up their seat and not the relationship, it can go back to being kept alone (M4)."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import closing
from goodword.alone.actions import onward
from goodword.alone.models import Continuation, Record
from goodword.alone.queries import pages
from goodword.alone.rules import Sort
from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.encounters.rules import EncounterKind
from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.relationships import invitations, starting
from goodword.relationships import waiting as rows
from goodword.relationships.doorway import seat_of
from goodword.relationships.journal import Event, given_up
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.steps import Role, Step
from goodword.reservations.actions import keeping
from goodword.reservations.models import OwnWorry, PrivateReservation, SideReservation
from tests.cast import Cast, colleague, letter_to, signed_in
from tests.encounters.at_hand import soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(db: None) -> Cast:
    """Return Ada and Ben in the last step."""
    return Cast(at=Step.ADVOCATE)


def url(key: str, route: str, *more: object) -> str:
    """Return an address in a relationship."""
    return reverse(route, args=[key, *more])


def text(browser: Client, key: str, route: str) -> str:
    """Return a page as it reads."""
    return browser.get(url(key, route)).content.decode()


def bens_gone(pair: Cast) -> str:
    """Have Ben give up his seat by its page; return the relationship's key."""
    page = text(pair.ben_browser, pair.key, "giving-up")
    assert "Give up your seat here?" in page
    [last] = re.findall(r'name="last" value="(\w*)"', page)
    answer = pair.ben_browser.post(url(pair.key, "giving-up"), {"last": last})
    assert answer["Location"] == reverse("today")
    return pair.key


def goes_on(person: Person, key: str) -> Seat:
    """Go on alone by the page; return the seat there."""
    answer = signed_in(person).post(url(key, "from-here"))
    assert answer.status_code == 302
    return seat_of(person, str(answer["Location"]).rsplit("/", 1)[1])


def test_whoever_stays_reads_what_happened_and_goes_on_at_the_same_step(pair: Cast) -> None:
    key = bens_gone(pair)
    today = pair.ada_browser.get(reverse("today")).content.decode()
    assert "Ben no longer sits here" in today
    page = text(pair.ada_browser, key, "from-here")
    assert "Ben gave up their seat" in page and "Keep it alone from here" in page
    there = goes_on(pair.ada_person, key)
    assert there.keeps_alone and there.at is Step.ADVOCATE and there.relationship.shared_since is None
    assert there.relationship_key != key and there.role is Role.PROPOSER
    assert (there.other.person_name, there.other.business_name) == (pair.ada.other.person_name, "Moor Kitchens")
    front = text(pair.ada_browser, there.key, "relationship")
    assert "Write a lead down" in front and "What was before" in front and url(key, "relationship") in front
    assert "It goes on here" in text(pair.ada_browser, key, "from-here")


def test_it_is_said_once_by_letter_and_in_both_voices(pair: Cast) -> None:
    key = bens_gone(pair)
    assert "Ben has given up their seat" in letter_to(pair.ada_person.email, "given up")
    assert [one for one in mail.outbox if pair.ben_person.email in one.to and "given up" in str(one.subject)] == []
    assert "Ben gave up their seat" in text(pair.ada_browser, key, "story")
    assert Event.objects.visible_to(pair.ada).filter(verb="ended").count() == 0
    assert pair.ada.relationship.ended_at is not None


def test_news_of_it_stands_until_it_is_seen_and_then_no_more(pair: Cast) -> None:
    bens_gone(pair)
    [news] = rows.as_it_is(pair.ada, timezone.now())
    assert (news.kind, news.page) == ("read_given_up", url(pair.key, "from-here"))
    assert rows.see(pair.ada_person, news.news) == news.page
    assert rows.as_it_is(pair.ada, timezone.now()) == []
    assert "no longer sits here" not in pair.ada_browser.get(reverse("today")).content.decode()


def test_whoever_gave_up_the_seat_sees_nothing_of_it_any_more(pair: Cast) -> None:
    key = bens_gone(pair)
    for route in ("relationship", "from-here", "story", "ending"):
        assert pair.ben_browser.get(url(key, route)).status_code == 404
    assert "Ada" not in pair.ben_browser.get(reverse("relationships")).content.decode()
    assert "Ada" not in pair.ben_browser.get(reverse("today"), follow=True).content.decode()


def test_meetings_ahead_are_called_off(pair: Cast) -> None:
    it = encounters.plan(pair.ada, kind=EncounterKind.MEETING, planned_at=soon(3), minutes=60, place="Café")
    bens_gone(pair)
    assert Encounter.objects.visible_to(pair.ada).get(pk=it.pk).called_off_at is not None


def test_what_only_the_empty_side_saw_is_erased_and_what_the_other_kept_is_not(pair: Cast) -> None:
    for seat in (pair.ada, pair.ben):
        keeping.keep(seat, text="Would they ring back?", drawer="mine")
        keeping.keep(seat, text="Are they dear?", drawer="side")
    gone, kept = pair.ben.side_id, pair.ada.side_id
    bens_gone(pair)
    for model in (PrivateReservation, SideReservation):
        assert not model.objects.unscoped().filter(side_id=gone).exists()  # type: ignore[attr-defined]
        assert model.objects.unscoped().filter(side_id=kept).exists()  # type: ignore[attr-defined]


def test_whoever_was_invited_may_be_the_one_who_goes_on(pair: Cast) -> None:
    gates.give_up_seat(pair.ada)
    there = goes_on(pair.ben_person, pair.key)
    assert there.role is Role.PROPOSER and there.other.person_name == "Ada Lane"
    assert text(pair.ben_browser, there.key, "letter-words")


def test_whose_turn_it_was_to_speak_it_still_is(db: None) -> None:
    for leaver, stays in (("ada", "ben"), ("ben", "ada")):
        pair = Cast(at=Step.FIRST_BRIEFING)
        before = getattr(pair, stays).speaks
        gates.give_up_seat(getattr(pair, leaver))
        there = goes_on(getattr(pair, f"{stays}_person"), pair.key)
        assert there.at is Step.FIRST_BRIEFING and there.speaks == before
        Relationship.objects.all().delete()


def test_what_was_agreed_and_taught_and_what_makes_one_hesitate_comes_along(pair: Cast) -> None:
    keeping.keep(pair.ada, text="Would he ring back?", drawer="mine")
    keeping.keep(pair.ada, text="Is he dear?", drawer="side")
    keeping.keep_worry(pair.ada, "That we are slow.")
    settled = keeping.keep(pair.ada, text="Long settled.", drawer="mine")
    keeping.settle(pair.ada, settled, "We talked.")
    bens_gone(pair)
    there = goes_on(pair.ada_person, pair.key)
    kept = {row.sort: row.text.unseal(there) for row in Record.objects.owned_by(there)}
    assert set(kept) == {Sort.AGREEMENT, Sort.FOR_THEM, Sort.FOR_ME}
    assert kept[Sort.AGREEMENT] == onward.agreement_words(pair.ada) != ""
    for model, words in ((PrivateReservation, "Would he ring back?"), (SideReservation, "Is he dear?")):
        assert [row.text.unseal(there) for row in model.objects.owned_by(there)] == [words]  # type: ignore[attr-defined]
    assert OwnWorry.objects.owned_by(there).count() == 1
    assert pages.own_step(there) is not None


def test_twice_is_once_and_a_colleague_comes_along(pair: Cast) -> None:
    abe = pair.abe
    keeping.keep(abe, text="I am not so sure.", drawer="mine")
    bens_gone(pair)
    there = goes_on(pair.ada_person, pair.key)
    assert goes_on(abe.person, pair.key).relationship_key == there.key
    assert goes_on(pair.ada_person, pair.key).relationship_key == there.key
    assert Continuation.objects.unscoped().count() == 2
    assert there.side.members == 2
    hers = seat_of(abe.person, there.key)
    assert not PrivateReservation.objects.owned_by(hers).exists(), "a colleague's own stays where they keep it"


def test_nobody_goes_on_alone_where_it_was_let_go_or_goes_on_or_somebody_sits_there(pair: Cast) -> None:
    with pytest.raises(Refusal):
        onward.keep_on(pair.ada)
    assert pair.ada_browser.get(url(pair.key, "from-here"))["Location"] == url(pair.key, "relationship")
    assert pair.bea
    starting.leave(pair.ben, pair.ben_person.email)
    with pytest.raises(Refusal):
        onward.keep_on(pair.ada)
    gates.let_go(pair.bea)
    with pytest.raises(Refusal):
        onward.keep_on(pair.ada)
    assert pair.ada_browser.post(url(pair.key, "from-here")).status_code == 422
    assert not given_up(pair.ada) and pair.ada_browser.get(url(pair.key, "ending")).status_code == 200


def test_with_colleagues_a_seat_is_given_up_to_them(pair: Cast) -> None:
    assert pair.bea
    bens_gone(pair)
    assert pair.ada.open and pair.ben_browser.get(url(pair.key, "relationship")).status_code == 404


def test_what_was_read_is_what_is_done(pair: Cast) -> None:
    with pytest.raises(Refusal):
        starting.leave(pair.ben, pair.ben_person.email)
    bea = colleague(pair.ben, "Bea Moor", "bea@moor.example")
    answer = pair.ben_browser.post(url(pair.key, "giving-up"), {"last": "yes"})
    assert answer.status_code == 422 and "goes on with them" in answer.content.decode()
    assert seat_of(bea.person, pair.key).open and pair.ben.open


def test_closing_an_account_is_giving_up_its_seats(pair: Cast) -> None:
    closing.close(pair.ben_person)
    assert given_up(pair.ada)
    there = goes_on(pair.ada_person, pair.key)
    assert there.other.first_name == "Ben"


def test_whoever_joins_again_finds_nothing_of_before_or_between(pair: Cast) -> None:
    bens_gone(pair)
    there = goes_on(pair.ada_person, pair.key)
    pair.ada_browser.post(url(there.key, "kept-alone", "talk"), {"text": "He likes hills."})
    letter = invitations.write(there, words="Again?", address=pair.ben_person.email)
    invitations.offer(there, by_mail=False)
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    his = invitations.join(pair.ben_person, letter)
    assert his.at is Step.EXPLORE
    assert pair.ben_browser.get(url(pair.key, "relationship")).status_code == 404
    for route in ("relationship", "story", "encounters", "agreement", "opened", "reservations", "teaching"):
        page = text(pair.ben_browser, there.key, route)
        assert "hills" not in page and pair.key not in page and "What was before" not in page
    assert pair.ben_browser.get(url(there.key, "from-here"))["Location"] == url(there.key, "relationship")
    assert "What was before" in text(pair.ada_browser, there.key, "relationship")
    opened = text(pair.ada_browser, there.key, "opening")
    assert "We both said go on" in opened and "hills" in opened


def test_one_who_was_never_alone_here_lets_go_instead(db: None, pair: Cast) -> None:
    seat = starting.start(pair.ada_person, name="Tom Hale")
    assert signed_in(pair.ada_person).get(url(seat.key, "giving-up"))["Location"] == url(seat.key, "relationship")
    gates.give_up_seat(seat)
    assert not given_up(seat_of(pair.ada_person, seat.key))
