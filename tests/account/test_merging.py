"""Two accounts of one person become one: everything moves and stays readable, and nobody comes to sit on both sides (T21)."""

from __future__ import annotations

import time

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from goodword.account.actions import addresses, merging
from goodword.database import scopes
from goodword.ground.refusals import Refusal
from goodword.people import factors
from goodword.people.models import Person
from goodword.relationships import starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked
from goodword.reservations.actions import keeping as drawers
from goodword.reservations.models import PrivateReservation
from goodword.teaching import own
from tests.account.test_addresses import add, by_mail
from tests.cast import Cast, code_to, joined, person, signed_in
from tests.house.world import ROOMS, secrets_of
from tests.people.device import add_passkey
from tests.walking import walk

pytestmark = pytest.mark.django_db
WORD = "zinnoberkraehe"
HERS = "ada@elsewhere.example"


@pytest.fixture
def hers() -> Person:
    """The account that Ada has under another address, with a relationship of its own to Cleo."""
    return person("Ada L.", HERS, "Lane Abroad")


def proven(browser: Client, address: str = HERS) -> str:
    """Show that the other address is theirs too; return the page that asks whether the two shall be one."""
    answer = add(browser, address)
    assert answer.headers["Location"] == "/settings/addresses/two-accounts"
    return browser.get("/settings/addresses/two-accounts").content.decode()


def test_seats_and_drawers_move_and_stay_readable(cast: Cast, hers: Person) -> None:
    theirs, _cleo = joined(hers, cast.cleo_person)
    drawers.keep(theirs, text=WORD, drawer="mine")
    page = proven(cast.ada_browser)
    assert cast.cleo_person.name in page and HERS in page
    cast.ada_browser.post("/settings/addresses/two-accounts")
    seat = seat_of(cast.ada_person, theirs.key)
    assert [one.text.unseal(seat) for one in PrivateReservation.objects.visible_to(seat)] == [WORD]
    drawers.read_promise(cast.ada_person)
    assert WORD in cast.ada_browser.get(f"/r/{theirs.key}/reservations").content.decode()
    assert cast.cleo_person.name in cast.ada_browser.get("/relationships").content.decode()


def test_whatever_any_room_keeps_moves_and_is_read_as_before() -> None:
    cast = Cast(at=Step.EXPLORE)
    walk(cast, Step.ADVOCATE)
    for room in ROOMS:
        module = secrets_of(room)
        if module is not None and hasattr(module, "plant"):
            module.plant(cast.ada, WORD)
    keep = person("Ada Lane", "ada@newfirm.example", "")
    before = read_by(cast.ada_person)
    assert len(before) > 20
    merging.merge(keep, cast.ada_person)
    assert read_by(keep) == before
    cast.ada_person.refresh_from_db()
    assert not cast.ada_person.is_active and "lane" not in cast.ada_person.email


def read_by(who: Person) -> list[str]:
    """Return every sealed text this person's seats open, in whatever room."""
    found = []
    for model in apps.get_app_config("goodword").get_models():
        if issubclass(model, Locked) and model.lock in ("mine", "ours"):
            for seat in Seat.objects.select_related("relationship", "side", "other").filter(person=who, left_at=None):
                for row in model.objects.visible_to(seat):  # type: ignore[attr-defined]
                    found += [
                        f"{model.__name__}.{field.name}: {getattr(row, field.name).unseal(seat)}"
                        for field in model._meta.concrete_fields
                        if type(field).__name__ == "SealedText"
                    ]
    return sorted(found)


@pytest.mark.parametrize("apart", [False, True], ids=["one database", "a cluster"])
def test_what_lies_by_its_person_goes_over_too(cast: Cast, monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    monkeypatch.setattr(scopes, "lie_apart", lambda: apart)
    own.keep(cast.ada_person, {"line": WORD})
    seats = Seat.objects.filter(person=cast.ada_person).count()
    keep = person("Ada Lane", "ada@newfirm.example", "")
    merging.merge(keep, cast.ada_person)
    assert own.own_words(keep) == {"line": WORD}
    assert own.own_words(cast.ada_person) == {}
    assert Seat.objects.filter(person=keep).count() == seats


def test_nobody_comes_to_sit_on_both_sides(cast: Cast) -> None:
    page = proven(signed_in(cast.ada_person), cast.ben_person.email)
    assert "Nobody can be both," in page and "Make them one</button>" not in page
    with pytest.raises(Refusal):
        merging.merge(cast.ada_person, cast.ben_person)
    assert Seat.objects.filter(person=cast.ben_person, left_at=None).exists()


def test_two_seats_on_one_side_become_one(cast: Cast, hers: Person) -> None:
    second = starting.take_offer(hers, starting.offer_seat(cast.ada, name="Ada L.", email=HERS))
    drawers.keep(second, text=WORD, drawer="mine")
    merging.merge(cast.ada_person, hers)
    seats = Seat.objects.filter(relationship=cast.ada.relationship, side_id=cast.ada.side_id, left_at=None)
    assert [seat.person for seat in seats] == [cast.ada_person]
    assert [one.text.unseal(cast.ada) for one in PrivateReservation.objects.visible_to(cast.ada)] == [WORD]


def test_both_addresses_sign_in_and_the_emptied_account_is_nobodys(cast: Cast, hers: Person) -> None:
    open_there = signed_in(hers)
    proven(cast.ada_browser)
    cast.ada_browser.post("/settings/addresses/two-accounts")
    assert [one.address for one in addresses.others(cast.ada_person)] == [HERS]
    assert Person.objects.at(HERS) == cast.ada_person
    assert "Ada Lane" in by_mail(HERS).get("/settings").content.decode()
    assert open_there.get("/today").status_code == 302


def test_an_account_that_asks_for_more_than_a_mailbox_is_not_taken_with_a_mailbox(cast: Cast, hers: Person) -> None:
    add_passkey(signed_in(hers))
    assert "take its passkeys and its app away" in proven(cast.ada_browser)
    cast.ada_browser.post("/settings/addresses/two-accounts")
    assert factors.of(hers).passkeys
    assert Person.objects.at(HERS) == hers


def test_what_was_proven_is_forgotten_after_a_quarter_of_an_hour(cast: Cast, hers: Person) -> None:
    browser = signed_in(cast.ada_person)
    proven(browser)
    with time_machine.travel(time.time() + 16 * 60):
        browser.post("/settings/is-it-you")
        browser.post("/settings/is-it-you", {"code": code_to(cast.ada_person.email)})
        browser.post("/settings/addresses/two-accounts")
    assert Person.objects.at(HERS) == hers


def test_without_proof_of_the_other_there_is_nothing_to_make_one(cast: Cast, hers: Person) -> None:
    for answer in (
        cast.ada_browser.get("/settings/addresses/two-accounts"),
        cast.ada_browser.post("/settings/addresses/two-accounts", {"email": HERS}),
    ):
        assert answer.headers["Location"] == "/settings/addresses"
    assert Person.objects.at(HERS) == hers
