"""What each keeps to themselves about a lead: notes, and what it was worth. Sharing copies the figure."""

from __future__ import annotations

from decimal import Decimal

from goodword.leads.models import Lead, LeadMoney, LeadNote, LeadWorth
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb


def note(seat: Seat, lead: Lead, text: str) -> None:
    """Write a note that only its author reads."""
    with acting(seat, only_me=True):
        LeadNote.objects.write(seat, lead=lead, text=text)


def drop_note(seat: Seat, kept: LeadNote) -> None:
    """Throw one of my notes away."""
    with acting(seat, after_the_end=True, only_me=True):
        LeadNote.objects.owned_by(seat).filter(pk=kept.pk).delete()


def money(seat: Seat, lead: Lead, *, amount: Decimal, currency: str, words: str = "") -> None:
    """Write down what a lead was worth to me; a new figure takes the place of the old one."""
    with acting(seat, only_me=True):
        kept = LeadMoney.objects.owned_by(seat).filter(lead=lead).first()
        if kept is None:
            LeadMoney.objects.write(seat, lead=lead, money=f"{amount} {currency} {words}")
            return
        kept.money = f"{amount} {currency} {words}"
        kept.save(update_fields=["money"])


def figure(seat: Seat, lead: Lead) -> tuple[Decimal, str, str] | None:
    """Return my own figure for a lead (amount, currency, a word about it), if I wrote one down."""
    kept = LeadMoney.objects.visible_to(seat).filter(lead=lead).first()
    if kept is None:
        return None
    amount, currency, words = kept.money.unseal(seat).split(" ", 2)
    return Decimal(amount), currency, words


def share_money(seat: Seat, lead: Lead, amount: str | Decimal, currency: str) -> None:
    """Put a figure, without its words, on the table as a copy, in place of an earlier one."""
    with acting(seat) as act:
        LeadWorth.objects.owned_by(seat).filter(lead=lead).delete()
        LeadWorth.objects.write(seat, lead=lead, amount=Decimal(amount), currency=currency, created_at=act.now)
        act.announce(Verb.LEAD_WORTH_SHARED, lead)
