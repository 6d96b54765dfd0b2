"""Erasing the person a lead names: sixty canaries of theirs, and none left in live data, exports, queues or search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import count

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from goodword.ground.refusals import Refusal
from goodword.ground.sealing import SealedValue
from goodword.leads import links
from goodword.leads.actions import giving, introducing, keeping, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead
from goodword.post.models import OutboxLetter
from goodword.post.outbox import values_of
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked
from tests.cast import Cast, signed_in

CANARY = re.compile(r"canary\d+x")


def texts() -> Iterator[str]:
    """Yield all that lies in any table, sealed text opened, and all that waits to leave."""
    for model in apps.get_app_config("goodword").get_models():
        rows = model.objects.unscoped() if issubclass(model, Locked) else model._base_manager.all()  # type: ignore[attr-defined]
        for row in rows:
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                yield value._read() if isinstance(value, SealedValue) else str(value)
    for letter in OutboxLetter.objects.exclude(content=b""):
        yield str(values_of(letter))


def canaries(text: str) -> set[str]:
    """Return the canaries in a text."""
    return set(CANARY.findall(text))


def live_with(cast: Cast) -> tuple[Lead, Lead]:
    """Have one person named in two leads, spoken of in every field there is, by four people; return the leads."""
    number = count()

    def word() -> str:
        return f"canary{next(number)}x"

    reach = f"{word()}@else.example, 0161 496 0111"
    agreed = Consent(timezone.localdate(), purpose="introduce")
    named = giving.give(
        cast.ben,
        why=f"About {word()}. And more {word()}.",
        route="now",
        name=f"Mrs Sorrell {word()}",
        reach=reach,
        consent=agreed,
    )
    asked = giving.give(
        cast.ben,
        why="The same once more.",
        route="ask",
        name=f"A. Sorrell {word()}",
        reach="+44 161 4960111 " + word(),
        origin=named,
    )
    introducing.draft(cast.ben, named, word())
    introducing.introduce(cast.ben, named, word(), "ours")
    for outcome in ("spoke", "meeting", "proposal", "client", "not_now", "no_answer"):
        for seat in (cast.ada, cast.abe):
            said = receiving.report(
                seat, named, outcome=outcome, thanks=True, line=word(), why_it_worked=word(), learned=word()
            )
    receiving.report(cast.ada, named, outcome="client", line=word(), replaces=said)
    for lead in (named, asked):
        for seat in (cast.ada, cast.abe, cast.ben, cast.bea):
            keeping.note(seat, lead, word())
            keeping.money(seat, lead, amount=Decimal(1200), currency="GBP", words=word())
    keeping.share_money(cast.ada, named, "1200", "GBP")
    receiving.send_back(cast.ada, asked, reason="known_already", line=word())
    giving.give(cast.ben, why="Somebody else, who stays.", route="ask", name="Mr Staying", reach="0161 496 0111")
    return named, asked


def pages(cast: Cast, leads: tuple[Lead, ...]) -> Iterator[str]:
    """Yield what the four can fetch: lists, searches, exports and the pages that draw on leads."""
    place = f"/r/{cast.key}"
    paths = [
        place + each for each in ("", "/leads", "/leads/file", "/follow-up", "/review", "/what-they-see", "/leads/give")
    ]
    paths += ["/today", "/leads", "/leads?q=canary", "/leads?q=mrs", *(f"{place}/leads/{lead.key}" for lead in leads)]
    for seat in (cast.ada, cast.abe, cast.ben, cast.bea):
        browser = signed_in(seat.person)
        for path in paths:
            answer = browser.get(path)
            assert answer.status_code == 200, path
            yield re.sub(r'value="canary"|“canary”', "", answer.content.decode())
    yield Client().get("/person/" + links.token_of(leads[0].pk)).content.decode()


def test_sixty_canaries_of_a_person_are_gone_from_everywhere_in_two_taps(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    named, asked = live_with(cast)
    assert len(canaries("".join(texts()))) >= 60
    assert len(canaries("".join(pages(cast, (named, asked))))) > 30, "the pages below would show them"
    person = Client()
    link = "/person/" + links.token_of(named.pk, own=True)
    assert "Erase it" in person.get(link).content.decode()
    assert person.post(link, {"wish": "erase"}).status_code == 302
    assert canaries("".join(texts())) == set()
    assert canaries("".join(pages(cast, (named, asked)))) == set()
    assert "Mr Staying" in "".join(texts()), "nobody else is forgotten with them"


def test_leave_me_alone_closes_every_lead_that_names_them_and_nobody_else_s(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    reach, agreed = "sorrell@else.example", Consent(timezone.localdate())
    for number in range(3):
        giving.give(cast.ben, why=f"Number {number}.", route="now", name="Mrs Sorrell", reach=reach, consent=agreed)
    giving.give(cast.ben, why="Her neighbour.", route="now", name="Mr Lyle", reach=reach, consent=agreed)
    first = Lead.objects.visible_to(cast.ben).order_by("id")[0]
    Client().post("/person/" + links.token_of(first.pk, own=True), {"wish": "stop"})
    assert [lead.state for lead in Lead.objects.visible_to(cast.ben).order_by("id")] == ["stopped"] * 3 + ["offered"]


def test_whom_the_other_side_has_in_its_drawer_is_not_to_be_found_out_by_closing_a_lead_of_ones_own(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    reach = "sorrell@else.example"
    hidden = giving.give(cast.ada, why="She has a cold shop.", route="ask", name="Mrs Sorrell", reach=reach)
    guess = giving.give(
        cast.ben, why="A guess.", route="now", name="Mrs Sorrell", reach=reach, consent=Consent(timezone.localdate())
    )
    page = f"/r/{cast.key}/leads/{hidden.key}"
    before = cast.ben_browser.get(page).content.decode().split("<main")[1]
    for link in (links.token_of(guess.pk), links.token_of(guess.pk, own=True)):
        Client().post(f"/person/{link}", {"wish": "stop"})
    after = cast.ben_browser.get(page).content.decode().split("<main")[1]
    assert re.sub(r'value="[^"]{60,}"', "", before) == re.sub(r'value="[^"]{60,}"', "", after)
    with pytest.raises(Refusal, match="asked not to be passed on"):
        giving.record_agreement(
            cast.ada, hidden, name="Mrs Sorrell", reach=reach, consent=Consent(timezone.localdate())
        )


def test_a_link_that_both_sides_hold_acts_on_its_own_lead_alone(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    reach, agreed = "sorrell@else.example", Consent(timezone.localdate())
    one, other = (
        giving.give(cast.ben, why=why, route="now", name="Mrs Sorrell", reach=reach, consent=agreed)
        for why in ("First.", "Second.")
    )
    Client().post("/person/" + links.token_of(one.pk), {"wish": "stop"})
    assert [Lead.objects.visible_to(cast.ben).get(pk=lead.pk).state for lead in (one, other)] == ["stopped", "offered"]
