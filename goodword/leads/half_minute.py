"""What of this room is held back for half a minute, and the act each does when it leaves (M36, T41)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from goodword.leads.actions import giving, introducing, keeping, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead, LeadIdea, LeadReport
from goodword.relationships.models import Seat


def give(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Give the lead, and strike the idea it came from."""
    said = {name: facts[name] for name in giving.GIFT}
    origin = Lead.objects.visible_to(seat).filter(key=facts["origin"]).first() if facts["origin"] else None
    giving.give(seat, consent=_consent(facts), origin=origin, **said)
    for idea in LeadIdea.objects.visible_to(seat).filter(key=facts["idea"]) if facts["idea"] else []:
        giving.drop_idea(seat, idea)


def name(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Put the name on the table, now that they have agreed."""
    consent = _consent(facts)
    if consent:
        lead = Lead.objects.visible_to(seat).get(key=facts["lead"])
        giving.record_agreement(seat, lead, name=facts["name"], reach=facts["reach"], consent=consent)


def reach(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Say how somebody can be reached whose name is on the table."""
    giving.say_reach(seat, Lead.objects.visible_to(seat).get(key=facts["lead"]), reach=facts["reach"])


def report(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Say what came of it."""
    lead = Lead.objects.visible_to(seat).get(key=facts["lead"])
    earlier = LeadReport.objects.owned_by(seat).filter(lead=lead, key=facts["replaces"])
    said = {name: facts[name] for name in ("outcome", "line", "thanks", "why_it_worked", "learned")}
    receiving.report(seat, lead, replaces=earlier.first() if facts["replaces"] else None, **said)


def introduce(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Let the introduction that was read leave, whatever the draft says by now."""
    introducing.introduce(seat, Lead.objects.visible_to(seat).get(key=facts["lead"]), facts["text"], facts["by"])


def share_worth(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Put the figure that was looked at on the table."""
    keeping.share_money(seat, Lead.objects.visible_to(seat).get(key=facts["lead"]), facts["amount"], facts["currency"])


def _consent(facts: Mapping[str, Any]) -> Consent | None:
    if not facts["agreed_on"]:
        return None
    return Consent(dt.date.fromisoformat(facts["agreed_on"]), facts["how"], facts["purpose"])


RELEASES = {
    "lead": give,
    "lead-name": name,
    "lead-reach": reach,
    "lead-report": report,
    "lead-worth": share_worth,
    "lead-introduction": introduce,
}
