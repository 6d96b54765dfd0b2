"""Receiving: looking after a lead or sending it back, and saying what came of it, whatever that was (M35, M36)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.leads import lines, mailing, rules
from goodword.leads.lines import Facts, facts_of
from goodword.leads.models import Lead, LeadAnswer, LeadReport
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat

SAME_TAP = dt.timedelta(seconds=60)


def accept(seat: Seat, lead: Lead) -> None:
    """Say that we look after it. Saying so again changes nothing; Refusal for one that is ours or has closed."""
    with acting(seat) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        if lead.state == "offered":
            _answer(seat, act, lead, "accepted")
            act.tell("lead_accepted", lead.key)
            facts = facts_of(lead)
            lines.lay(lead, facts)
            said = {"said": "accepted", "reason": "", "line": ""}
            mailing.tell(seat, "lead-answer", lead, "accepted", act.now, facts=facts, **said)


def send_back(seat: Seat, lead: Lead, *, reason: str, line: str = "") -> None:
    """Send a lead back with a reason (and a line), before anything was reported. Refusal where that is too late."""
    with acting(seat) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        if lead.outcome:
            raise Refusal(
                _("You have told %(name)s about this one already. Say now what came of it.")
                % {"name": seat.other.first_name}
            )
        _answer(seat, act, lead, "sent_back", reason, line)
        mailing.take_back(lead)
        act.tell("lead_sent_back", lead.key)
        facts = facts_of(lead)
        lines.lay(lead, facts)
        said = {"said": "sent_back", "reason": reason, "line": line}
        mailing.tell(seat, "lead-answer", lead, "back", act.now, facts=facts, **said)


def _answer(seat: Seat, act: Act, lead: Lead, said: str, reason: str = "", line: str = "") -> None:
    LeadAnswer.objects.write(seat, lead=lead, said=said, reason=reason, line=line, created_at=act.now)
    lead.state, lead.moved_at = said, act.now
    lead.save(update_fields=["state", "moved_at"])


def _refuse_unless_theirs_and_open(seat: Seat, lead: Lead) -> None:
    if lead.side_id == seat.side_id:
        raise Refusal(
            _("You gave this lead. What comes of it is for %(name)s to say.") % {"name": seat.other.first_name}
        )
    if not lead.is_open:
        raise Refusal(_("This lead has closed."))


def report(
    seat: Seat, lead: Lead, *, outcome: str, line: str = "", thanks: bool = False, why_it_worked: str = "",
    learned: str = "", replaces: LeadReport | None = None,
) -> LeadReport:  # fmt: skip
    """Say what came of a lead. The giver is told at once. `replaces` corrects an earlier report by a new row.

    Also after an end: leads already given are reported on, then it rests. The same words within a minute are one.
    Raises Refusal for our own lead, a closed one, or a report that was already replaced.
    """
    with acting(seat, after_the_end=True) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        if again := _just_said(seat, act, lead, outcome, line):
            return again
        if lead.state == "offered":
            _answer(seat, act, lead, "accepted")
        said, facts = _write(
            seat, act, lead, replaces, outcome=outcome, line=line, thanked_at=act.now if thanks else None,
            why_it_worked=why_it_worked, learned=learned,
        )  # fmt: skip
        act.tell("lead_reported", lead.key)
        days = (timezone.localdate(act.now) - timezone.localdate(lead.created_at)).days
        told = {"outcome": outcome, "line": line, "thanks": thanks, "days": days}
        mailing.tell(seat, "lead-report", lead, said.key, act.now, facts=facts, **told)
        return said


def take_back_report(seat: Seat, lead: Lead, said: LeadReport) -> None:
    """Take a report back by a new row; a letter not gone yet never goes. Refusal if it was replaced already."""
    with acting(seat, after_the_end=True) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        _write(seat, act, lead, said, outcome=rules.TAKEN_BACK)
        act.tell("lead_report_taken_back", lead.key)


def _write(seat: Seat, act: Act, lead: Lead, replaces: LeadReport | None, **fields: object) -> tuple[LeadReport, Facts]:
    """Write a report, let the lead follow what now stands, and drop letters that are no longer true.

    Returns the report with what lies on the table now, so that nobody reads it again to write of it.
    """
    if replaces and not any(row.pk == replaces.pk for row in _standing(seat, lead)):
        raise Refusal(_("That report was changed already. Look at the lead as it stands now."))
    row = LeadReport.objects.write(seat, lead=lead, replaces=replaces, created_at=act.now, **fields)
    standing = _standing(seat, lead)
    facts, lead.outcome = facts_of(lead, standing), standing[-1].outcome if standing else ""
    lead.moved_at, lead.forget_at = act.now, act.now + rules.KEPT
    lead.save(update_fields=["outcome", "moved_at", "forget_at"])
    mailing.take_back(lead, "word")
    if replaces:
        mailing.take_back(lead, replaces.key)
    lines.lay(lead, facts)
    return row, facts


def _standing(seat: Seat, lead: Lead) -> list[LeadReport]:
    return rules.standing(LeadReport.objects.visible_to(seat).filter(lead=lead).order_by("created_at", "id"))


def _just_said(seat: Seat, act: Act, lead: Lead, outcome: str, line: str) -> LeadReport | None:
    lately = LeadReport.objects.owned_by(seat).filter(
        lead=lead, author_id=seat.person_id, created_at__gt=act.now - SAME_TAP
    )
    last = lately.order_by("-created_at", "-id").first()
    return last if last and (last.outcome, last.line) == (outcome, line) else None
