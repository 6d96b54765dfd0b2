"""What follows from what happens in this room: verb -> story, the lines of the lists, letter.

A lead's own lines say what waits and what is news, so that nothing else goes out of date with it.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goodword.leads import lines
from goodword.leads.mailing import letters
from goodword.relationships.announcements import Announcement, Consequence, Follow, Stale
from goodword.relationships.journal import JournalLine, Silent
from goodword.relationships.verbs import Verb
from goodword.relationships.waiting import withdraw_news
from goodword.relationships.waits import Kind


def _lines(one: Announcement) -> None:
    """Write the lines of the lead for everybody seated on both sides."""
    lines.write(one.thing, one.facts.get("known"))


def _reach(known: lines.LeadFacts) -> str:
    """Return whether whoever reads the name finds a way to reach them with it."""
    return "there" if known.reach else "none"


def _after_giving(one: Announcement) -> None:
    known = one.facts["known"]
    reach = _reach(known) if known.name else ""
    letters.tell(one.seat, "lead", one.thing, "given", facts=known, why=one.thing.why, reach=reach)


def _after_naming(one: Announcement) -> None:
    known = one.facts["known"]
    letters.tell(one.seat, "lead-named", one.thing, "named", facts=known, reach=_reach(known))


def _after_reach(one: Announcement) -> None:
    """Write that there is a way to reach them now; what was written of the same before and has not gone is dropped."""
    letters.take_back(one.thing, "reach")
    occasion = f"reach:{one.now.isoformat()}"
    letters.tell(one.seat, "lead-named", one.thing, occasion, facts=one.facts["known"], reach="later")


def _after_answer(one: Announcement) -> None:
    """Write that a lead is looked after, or has come back with a reason."""
    said = {"said": one.thing.state, "reason": one.facts.get("reason", ""), "line": one.facts.get("line", "")}
    letters.tell(one.seat, "lead-answer", one.thing, one.facts["occasion"], facts=one.facts["known"], **said)


def _after_report(one: Announcement) -> None:
    """Write what came of it, at once (M36)."""
    said, known = one.facts["report"], one.facts["known"]
    days = (timezone.localdate(one.now) - timezone.localdate(one.thing.created_at)).days
    what = {"outcome": said.outcome, "line": said.line, "thanks": said.thanked_at is not None, "days": days}
    letters.tell(one.seat, "lead-report", one.thing, said.key, facts=known, **what)


def _after_forgetting(one: Announcement) -> None:
    letters.tell_everybody(one.thing, "lead-forgotten", "forgotten")


def _no_news(one: Announcement) -> None:
    """Let nobody be called to what was taken back or forgotten."""
    withdraw_news(one.seat.relationship_id, one.key)


def _page(one: Announcement) -> tuple[str, str]:
    return ("lead", one.key)


def _lead(journal: JournalLine | Silent, letter: Consequence | None = None, *, gone: bool = False) -> Follow:
    return Follow(journal, rows=(_lines, _no_news) if gone else (_lines,), letter=letter, stale=Stale.LEADS)


def _word(journal: JournalLine, letter: Consequence) -> Follow:
    """Return what follows from a word back to the giver: it is news to them until they have seen it."""
    return Follow(journal, rows=(_lines,), letter=letter, news=Kind.LEAD_NEWS, news_page=_page, stale=Stale.LEADS)


FOLLOWS: dict[Verb, Follow] = {
    Verb.LEAD_GIVEN: Follow(
        JournalLine(_("You gave a lead"), _("%(name)s gave you a lead")), rows=(_lines,), letter=_after_giving
    ),
    Verb.LEAD_AGREED: _lead(Silent("the lead shows it"), _after_naming),
    Verb.LEAD_REACH_SAID: _lead(Silent("the lead shows it"), _after_reach),
    Verb.LEAD_WITHDRAWN: _lead(Silent("what was taken back leaves no story"), gone=True),
    Verb.LEAD_ACCEPTED: _word(JournalLine(_("You accepted a lead"), _("%(name)s accepted your lead")), _after_answer),
    Verb.LEAD_SENT_BACK: _word(JournalLine(_("You sent a lead back"), _("%(name)s sent a lead back")), _after_answer),
    Verb.LEAD_REPORTED: _word(
        JournalLine(_("You told %(name)s how a lead went"), _("%(name)s told you how a lead went")), _after_report
    ),
    Verb.LEAD_REPORT_TAKEN_BACK: _lead(Silent("what was taken back leaves no story"), gone=True),
    Verb.LEAD_INTRODUCED: Follow(Silent("the lead shows it")),
    Verb.LEAD_WORTH_SHARED: Follow(Silent("the lead shows it"), stale=Stale.LEADS),
    Verb.LEAD_KEPT: Follow(Silent("the lead shows it"), stale=Stale.LEADS),
    Verb.LEAD_FORGOTTEN: Follow(Silent("nothing may point at somebody who was forgotten"), letter=_after_forgetting),
}


def _lines_for_colleague(one: Announcement) -> None:
    lines.write_for(one.seat)


def _no_lines_for_leaver(one: Announcement) -> None:
    if leaving := one.facts["leaving"]:
        lines.clear_for(leaving)


def _no_lines_for_the_last(one: Announcement) -> None:
    lines.drop_for(one.seat)


ALSO: dict[Verb, tuple[Consequence, ...]] = {
    Verb.COLLEAGUE_JOINED: (_lines_for_colleague,),
    Verb.COLLEAGUE_LEFT: (_no_lines_for_leaver,),
    Verb.SEAT_GIVEN_UP: (_no_lines_for_the_last,),
}
