"""What this room keeps private, and a typical story of it, for the house tests."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from django.utils import timezone

from goodword.ground.refusals import Refusal
from goodword.leads.actions import giving, introducing, keeping, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.mailing import digest
from goodword.leads.models import Lead, LeadIdea
from goodword.leads.queries import pages
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.leads.words import no_word_yet

WHY = "New kitchen in Romiley, house still in one name. She had been meaning to ask somebody for years."


def plant(seat: Seat, word: str) -> None:
    """Write `word` into every private field of this room, by real actions, as far as the step allows."""
    digest.choose(seat.person, "week")
    try:
        giving.note_idea(seat, f"idea {word}")
    except Refusal:
        return
    giving.note_idea(seat, f"dropped {word}")
    giving.drop_idea(seat, LeadIdea.objects.owned_by(seat).order_by("-created_at", "-id")[0])
    for lead in Lead.objects.visible_to(seat):
        if lead.erased_at is None:
            keeping.note(seat, lead, f"note {word}")
            keeping.money(seat, lead, amount=Decimal(len(word) * 1001), currency="GBP", words=f"worth {word}")
    for lead in Lead.objects.visible_to(seat).filter(side_id=seat.side_id):
        with suppress(Refusal):
            introducing.draft(seat, lead, f"Dear {word}, meet Ben.")
    for lead in no_word_yet(seat):
        if not pages.names(seat, [lead]):
            giving.keep_contact(seat, lead, name=f"name {word}", reach=f"reach {word}")


def plant_name(seat: Seat, word: str) -> Lead:
    """Give a lead whose name and way to reach hold `word` and have not been agreed to. The lead itself is shared."""
    return giving.give(
        seat, why="A dentist who is moving house.", route="ask", name=f"Mrs {word}", reach=f"{word}@else.example"
    )


def live(cast: Cast) -> None:
    """Walk a typical story: leads both ways, named and not, accepted, sent back, reported, put right and shared."""
    if cast.ada.at is not Step.ADVOCATE:
        return
    agreed = Consent(timezone.localdate())
    sorrell = giving.give(cast.ben, why=WHY, route="now", name="Mrs Sorrell", reach="0161 496 0111", consent=agreed)
    receiving.accept(cast.ada, sorrell)
    said = receiving.report(cast.ada, sorrell, outcome="spoke", line="A will, and perhaps the deeds.", thanks=True)
    receiving.report(cast.ada, sorrell, outcome="meeting", line="Tuesday week.", replaces=said)
    lyle = giving.give(
        cast.ada, why="Two brothers asking about an island.", route="ask", name="Mr Lyle", reach="lyle@else.example"
    )
    receiving.accept(cast.ben, lyle)
    giving.record_agreement(cast.ada, lyle, name="Mr Lyle", reach="lyle@else.example", consent=agreed)
    keeping.money(cast.ada, sorrell, amount=Decimal("1200.50"), currency="GBP")
    keeping.share_money(cast.ada, sorrell, "1200", "GBP")
    giving.give(cast.ada, why="A baker with a cold shop.", route="card")
    giving.give(cast.ben, why="A sculptor whose studio leaks.", route="ask")
    back = giving.give(cast.ben, why="A school that wants a lease read.", route="together")
    receiving.send_back(cast.ada, back, reason="no_room", line="After Easter, gladly.")
