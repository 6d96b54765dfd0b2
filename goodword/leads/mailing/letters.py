"""Letters about leads. No third person's name in a subject; no way to reach anybody in any of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.leads.lines import LeadFacts, facts_of
from goodword.leads.mailing import digest
from goodword.leads.models import Lead
from goodword.leads.wording import nobody
from goodword.people.models import Person
from goodword.post.letters import LetterKind, register
from goodword.post.models import OutboxLetter
from goodword.relationships.mailing import address_of, has_open_seat, has_seat, put_to, still_open, to_other_side
from goodword.relationships.models import Seat
from goodword.ui import languages

DIGEST_KINDS = ("lead-answer", "lead-report")  # news for the giver, who may prefer to have it gathered


def shared_lead_words(lead: Lead, facts: LeadFacts) -> str:
    """Return how a lead is called where both sides read it."""
    return facts.name or lead.description or nobody()


def once(lead: Lead, *occasion: object) -> str:
    """Return the name of an occasion; all letters of one lead begin alike, so that they can be found again."""
    return ":".join(["lead", lead.key, *map(str, occasion)])


def tell(seat: Seat, kind: str, lead: Lead, occasion: str, *, facts: LeadFacts | None = None, **values: Any) -> None:
    """Put a letter about a lead to the other side: at once, what could be taken back has waited before."""
    facts, link = facts or facts_of(lead), address_of(seat, "lead", lead.key)
    values = {"name": seat.side.first_name, "who": shared_lead_words(lead, facts), "link": link, **values}
    if kind == "lead-report":
        values["person"] = facts.name
    but = digest.among_the_others(seat) if kind in DIGEST_KINDS else set()
    to_other_side(seat, kind, once=once(lead, occasion), but=but, **values)


def tell_everybody(lead: Lead, kind: str, occasion: str) -> None:
    """Put a letter about what became of a lead to both sides, without naming anybody."""
    given_on = timezone.localtime(lead.created_at).date().isoformat()
    seats = Seat.objects.filter(relationship_id=lead.relationship_id, left_at=None).select_related("person", "other")
    for seat in seats:
        link = address_of(seat, "lead", lead.key)
        values = {"partner": seat.other.first_name, "link": link, "given_on": given_on}
        put_to(seat, kind, values, once=once(lead, occasion))


def occasions_since(kind: str, since: dt.datetime) -> set[str]:
    """Return the occasions of which everybody has been told since then, without the person at their end."""
    made = OutboxLetter.objects.filter(kind=kind, made_at__gt=since).exclude(once=None)
    return {str(each).rpartition(":")[0] for each in made.values_list("once", flat=True)}


def take_back(lead: Lead, occasion: str = "") -> None:
    """Drop the letters of a lead that have not gone yet: all of them, or those of one occasion."""
    waiting = OutboxLetter.objects.filter(
        relationship_id=lead.relationship_id, once__startswith=once(lead, occasion), sent_at=None
    )
    waiting.filter(dropped_at=None).update(dropped_at=timezone.now(), content=b"")


def forget_address(lead: Lead) -> None:
    """Empty the address of every letter to the person a lead names, also of one that has gone."""
    to_them = OutboxLetter.objects.filter(relationship_id=lead.relationship_id, person_id=None)
    to_them.filter(once__startswith=once(lead, "introduction")).update(address="")


def _words_of_now(person_id: uuid.UUID | None, values: Mapping[str, Any]) -> dict[str, str]:
    """Return, as a letter leaves, the day on which its lead was given, and nothing of reaching anybody where it says nothing of it:
    it may have waited since the release before.
    """
    found = {"reach": str(values.get("reach", ""))}
    if "given_on" in values:
        found["given"] = languages.day(dt.date.fromisoformat(values["given_on"]), year=True)
    return found


Subject = Callable[[Mapping[str, Any]], str]
_KINDS: dict[str, tuple[str, Any, Subject]] = {
    "lead": ("name who why reach link", has_open_seat, lambda v: _("%(name)s has a lead for you") % v),
    "lead-named": (
        "name who reach link",
        has_open_seat,
        lambda v: (
            (
                _("How to reach somebody, from %(name)s")
                if v["reach"] == "later"
                else _("%(name)s can introduce you now")
            )
            % v
        ),
    ),
    "lead-answer": (
        "name who said reason line link",
        has_open_seat,
        lambda v: _("%(name)s has answered about a lead you gave") % v,
    ),
    "lead-report": (
        "name who person outcome line thanks days link",
        has_seat,
        lambda v: _("News of a lead you gave %(name)s") % v,
    ),
    "lead-word": (
        "name who link report",
        has_open_seat,
        lambda v: _("A word to %(name)s, when you have a moment") % v,
    ),
    "lead-keep": (
        "partner link given_on",
        has_seat,
        lambda v: _("A lead between you and %(partner)s, a year on") % v,
    ),
    "lead-forgotten": (
        "partner link given_on",
        has_seat,
        lambda v: _("A lead between you and %(partner)s was forgotten") % v,
    ),
    "lead-stopped": (
        "partner link given_on",
        has_seat,
        lambda v: _("A lead between you and %(partner)s has closed") % v,
    ),
}


def _is_here(relationship_id: uuid.UUID | None, person_id: uuid.UUID | None) -> bool:
    return person_id is not None and Person.objects.filter(pk=person_id, is_active=True).exists()


def register_letters() -> None:
    """Register the letters of this room, and who gets a list of leads with their seat."""
    news = LetterKind(
        "lead-news",
        "leads/letters/lead_news",
        lambda v: _("News of leads you gave"),
        frozenset({"since", "until"}),
        _is_here,
        fill=digest.digest_values,
    )
    register(news)
    said = frozenset({"from_name", "text"})
    register(
        LetterKind(
            "introduction",
            "leads/letters/introduction",
            lambda v: _("An introduction from %(from_name)s") % v,
            said | {"reply_to", "held"},
            still_open,
        )
    )
    register(
        LetterKind(
            "introduction-copy",
            "leads/letters/introduction_copy",
            lambda v: _("%(from_name)s has introduced you") % v,
            said | {"link"},
            has_open_seat,
        )
    )
    for name, (takes, may_send, subject) in _KINDS.items():
        pages = f"leads/letters/{name.replace('-', '_')}"
        register(LetterKind(name, pages, subject, frozenset(takes.split()), may_send, fill=_words_of_now))
