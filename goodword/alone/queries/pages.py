"""What the pages of this room show: one's own side's records while it keeps them alone, and what was opened of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.alone.models import Continuation, Opening, OpeningConfirmation, OwnWord, Record, SignedPage, Slip
from goodword.alone.paper import SHEETS
from goodword.alone.queries import going_on
from goodword.alone.rules import FROM_STEP, OPENS, Sort, sorts_at
from goodword.alone.wording import SORTS, heading
from goodword.encounters.queries import pages as encounters
from goodword.gates.needs import NEEDS, missing_sentence
from goodword.gates.queries.pages import step_name
from goodword.gates.readiness import readiness
from goodword.gates.rules import GATES, Choice, Gate, Need
from goodword.playbook.shelf import playbook
from goodword.relationships import holding, invitations
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.steps import Role, Step
from goodword.relationships.waits import Wait, page_of

# What a gate needs that one side alone can't have: the other's part of it is asked for as "what did they say?", never needed.
OF_BOTH = frozenset({Need.PLAYBACK, Need.AGREEMENT, Need.TEACHING, Need.TABLE_CLEAR})


@dataclass(frozen=True, slots=True)
class GateStanding:
    """How one stands alone before a gate: which, and what one's own side still needs."""

    gate: Gate
    missing: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class OpeningItem:
    """One thing that may be opened: which it is on this page, its sort, the step it names, and the words as they will be read."""

    key: str
    sort: str
    text: str
    step: int | None = None


def standing(seat: Seat) -> GateStanding | None:
    """Return how a seat that keeps alone stands before its gate; None in the last step, where nothing is asked of one alone."""
    if seat.at is Step.ADVOCATE:
        return None
    at = readiness(seat)
    missing = [need for need in at.missing if need not in OF_BOTH]
    kept = set(Record.objects.owned_by(seat).values_list("sort", flat=True))
    if seat.at is Step.AGREE and Sort.AGREEMENT not in kept:
        missing.append(Need.AGREEMENT)
    return GateStanding(at.gate, tuple(missing))


def signed_page_count(seat: Seat) -> int:
    """Return how many pages signed on paper one's side keeps."""
    return SignedPage.objects.owned_by(seat).count()


def waits_of(seat: Seat, need: Need) -> list[Wait]:
    """Return what waits where a need is met that a seat can meet by itself."""
    row = NEEDS[need]
    found = row.waits(seat) if row.waits else []
    return found if isinstance(found, list) else [found]


def page_to_meet(seat: Seat, need: Need) -> str:
    """Return the page on which one meets a need alone."""
    if need is Need.ENCOUNTER:
        return page_of(seat, "encounter-record")
    if need is Need.AGREEMENT:
        return page_of(seat, "kept-alone", Sort.AGREEMENT.value)
    [first, *_rest] = waits_of(seat, need)
    return first.page


def last_word(seat: Seat) -> OwnWord | None:
    """Return what was written down last at a gate."""
    return OwnWord.objects.owned_by(seat).order_by("-created_at", "-id").first()


def records(seat: Seat, sort: Sort) -> list[Record]:
    """Return what one's side keeps of a sort, newest first."""
    return list(Record.objects.owned_by(seat).filter(sort=sort).order_by("-created_at", "-id"))


def counts(seat: Seat) -> dict[str, int]:
    """Return how many of each sort one's side keeps. One query."""
    rows = Record.objects.owned_by(seat).order_by().values_list("sort")
    return dict(rows.annotate(count=Count("id")))


def slips(seat: Seat) -> list[Slip]:
    """Return the leads one's side wrote down, those nothing was told of first."""
    rows = list(Slip.objects.owned_by(seat).order_by("-created_at", "-id"))
    return sorted(rows, key=lambda one: one.told_at is not None)


def front(seat: Seat) -> dict[str, Any]:
    """Return what the front page of a relationship that one keeps alone shows."""
    at, word = standing(seat), last_word(seat)
    kept = counts(seat)
    return {
        "at": at,
        "needs": [(missing_sentence(need, seat), page_to_meet(seat, need)) for need in at.missing] if at else [],
        "outcomes": {each.id: _(each.label) for each in playbook().outcomes},
        "question": playbook().gate(at.gate.id) if at else None,
        "next_step": step_name(at.gate.leads_to) if at else "",
        "step_name": step_name(seat.at),
        "before": going_on.elsewhere(seat, Continuation.BEFORE),
        "why": reason(seat),
        "word": {"choice": Choice(word.choice.unseal(seat)), "on": dt.date.fromisoformat(word.said_on.unseal(seat))}
        if word
        else None,
        "held": encounters.latest_record(seat, seat.relationship.step_since),
        "planned": encounters.next_encounter(seat),
        "kept": in_order_of_use([(sort, sort_words(seat, sort), kept.get(sort, 0)) for sort in sorts_at(seat.at)]),
        "slips": slips(seat) if seat.at is Step.ADVOCATE else [],
        "sheets": sheets_at(seat.at),
        "signed": signed_page_count(seat) if Sort.AGREEMENT in sorts_at(seat.at) else signed_page_count(seat) or None,
    }


def reason(seat: Seat) -> str:
    """Return why one has them in mind, as one wrote it when one began; "" once it has gone out as a letter."""
    letter = invitations.of(seat)
    return letter.words if letter is not None and letter.offered_at is None else ""


def in_order_of_use(kept: list[tuple[Sort, dict[str, str], int]]) -> list[tuple[Sort, dict[str, str], int]]:
    """Return the sorts with what the step has just begun to ask for first: three of them stand open, the rest is folded."""
    newest = max(FROM_STEP[sort] for sort, _said, _count in kept)
    return sorted(kept, key=lambda one: (FROM_STEP[one[0]] != newest, one[0] is not Sort.TALK))


def sheets_at(step: Step) -> list[tuple[str, str, str]]:
    """Return the sheets of paper for a step: name, title, what it is for."""
    return [(sheet.name, str(sheet.title), str(sheet.use)) for sheet in SHEETS if sheet.first <= step <= sheet.last]


def sort_words(seat: Seat, sort: Sort) -> dict[str, str]:
    """Return the words of a sort for this seat."""
    name = {"name": seat.other.first_name}
    words = SORTS[sort]
    return {"title": str(words.title) % name, "why": str(words.why) % name, "question": str(words.question) % name}


# ── Opening it later ──


def own_step(seat: Seat) -> tuple[Step, dt.date] | None:
    """Return the step one's own words led to, and since which day; None while they led nowhere."""
    for word in OwnWord.objects.owned_by(seat).order_by("-created_at", "-id"):
        if word.choice.unseal(seat) == Choice.GO_ON:
            gate = next(gate for gate in GATES if gate.id == word.gate)
            return gate.leads_to, dt.date.fromisoformat(word.said_on.unseal(seat))
    return None


def items(seat: Seat) -> list[OpeningItem]:
    """Return what one kept and may open, each in the words in which it will be read."""
    found = list[OpeningItem]()
    at = own_step(seat)
    if at is not None:
        words = _("%(step)s. We both said go on, on %(day)s.")
        day = date_format(at[1], "j F Y")
        found.append(OpeningItem("step", Sort.STEP, words % {"step": step_name(at[0]), "day": day}, at[0].value))
    order = {sort: place for place, sort in enumerate(Sort)}
    rows = sorted(
        Record.objects.owned_by(seat).filter(sort__in=OPENS), key=lambda row: (order[Sort(row.sort)], row.created_at)
    )
    found += [OpeningItem(row.key, row.sort, row.text.unseal(seat)) for row in rows]
    return found + [OpeningItem(slip.key, Sort.LEAD, _lead_words(seat, slip)) for slip in slips(seat)]


def may_open(seat: Seat) -> bool:
    """Whether one's side kept anything alone that it may open now. No query where nobody kept anything alone."""
    if seat.alone or seat.mirror or seat.relationship.alone_since is None:
        return False
    return bool(items(seat))


def has_opened(seat: Seat) -> bool:
    """Whether one's side has opened something already."""
    return Opening.objects.owned_by(seat).exists()


def from_before(seat: Seat) -> str:
    """Return which of this room's pages a front page leads to, once both are there: for who kept it alone, choosing what to open
    (which leads on to what was opened); for the other side, what was opened, if anything was. "" for none. One query at most.
    """
    if seat.alone or seat.mirror or seat.relationship.alone_since is None:
        return ""
    if seat.role is Role.PROPOSER:  # whoever began is the one who was there alone
        return "opening"
    return "opened" if Opening.objects.on_table(seat).exists() else ""


def _lead_words(seat: Seat, slip: Slip) -> str:
    """Return a lead in the words in which it is opened: never the name, which is the contact's own (T41)."""
    outcome = slip.outcome.unseal(seat)
    label = [_(playbook().outcome(outcome).label)] if outcome else []
    return ". ".join([slip.why.unseal(seat).rstrip("."), *label]) + "."


def opening_page(seat: Seat) -> dict[str, Any]:
    """Return the page on which one chooses what to open: each item with its heading as the other side will read it."""
    every = items(seat)
    lying = {(one.sort, one.text) for one in Opening.objects.owned_by(seat)}
    me = seat.side.first_name
    return {
        "items": [(one, heading(Sort(one.sort), me, ours=False), (one.sort, one.text) in lying) for one in every],
        "seen": holding.print_of(seat, *(one.text for one in every)),
        "lying": bool(lying),
        "signed": signed_page_count(seat),
    }


def to_answer(seat: Seat) -> list[Opening]:
    """Return what the other side has opened or corrected, and this side has yet to answer, oldest first."""
    rows = Opening.objects.on_table(seat).exclude(side_id=seat.side_id).order_by("created_at", "id")
    answered = _with_answer(seat)
    return [row for row in rows if row.pk not in answered]


def _with_answer(seat: Seat) -> set[Any]:
    confirmed = OpeningConfirmation.objects.on_table(seat).values_list("opening_id", flat=True)
    corrected = Opening.objects.on_table(seat).exclude(replaces=None).values_list("replaces_id", flat=True)
    return {*confirmed, *corrected}


def openings_page(seat: Seat) -> dict[str, Any]:
    """Return what was opened: what waits for us, what waits for them, and what both have confirmed. Two queries."""
    every = {one.pk: one for one in Opening.objects.on_table(seat).order_by("created_at", "id")}
    confirmed = set(OpeningConfirmation.objects.on_table(seat).values_list("opening_id", flat=True))
    corrected = {one.replaces_id for one in every.values()}

    def line(one: Opening) -> dict[str, Any]:
        first = one
        while first.replaces_id:
            first = every[first.replaces_id]
        ours = seat.side_name(first.side_id) == "ours"
        return {"row": one, "heading": heading(Sort(one.sort), seat.other.first_name, ours=ours)}

    shown = [one for one in every.values() if one.pk not in corrected]
    return {
        "for_us": [line(one) for one in shown if one.pk not in confirmed and one.side_id != seat.side_id],
        "for_them": [line(one) for one in shown if one.pk not in confirmed and one.side_id == seat.side_id],
        "both": [line(one) for one in shown if one.pk in confirmed],
    }


def seat_of_author(seat: Seat, opening: Opening) -> Seat:
    """Return the seat of whoever put an opening down, or of a colleague of theirs, if they have left."""
    rows = whole(Seat.objects.all(), "person").filter(relationship_id=seat.relationship_id, side_id=opening.side_id)
    return rows.filter(person_id=opening.author_id).first() or rows.get(left_at=None)
