"""The agenda: copied from the playbook, changed by both before the encounter, its halves kept equal (M7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from goodword.encounters import rules
from goodword.encounters.models import AgendaItem, ClockMark, Encounter
from goodword.encounters.rules import Slot
from goodword.ground.refusals import Refusal
from goodword.playbook.shelf import playbook
from goodword.relationships.acting import Act, acting
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step, speaker
from goodword.relationships.verbs import Verb

Topics = Sequence[tuple[str, str]]  # what there is to talk about: words, and what is known about it

MOST_ITEMS = 30
QUIET = dt.timedelta(hours=1)


_topics: list[Callable[[Seat], Topics]] = []


def use_topics(topics: Callable[[Seat], Topics]) -> None:
    """Take what writes the agenda of a follow-up: page, letter, plan and table show the one it writes (M34)."""
    _topics[:] = [topics]


def writes_itself(encounter: Encounter) -> bool:
    """Whether an encounter's agenda is what has happened between the two: a follow-up's, until it is over."""
    return bool(_topics) and Step(encounter.step) is Step.ADVOCATE and encounter.what.is_talk and not encounter.settled


def items_of(seat: Seat, encounter: Encounter) -> list[AgendaItem]:
    """Return an encounter's agenda in order. One query; a follow-up's as it has written itself, until its clock is started."""
    if writes_itself(encounter) and not _has_clock_begun(seat, encounter):
        return [_as_item(encounter, *one) for one in enumerate(_topics[0](seat))]
    return list(AgendaItem.objects.visible_to(seat).filter(encounter=encounter).order_by("position", "id"))


def _has_clock_begun(seat: Seat, encounter: Encounter) -> bool:
    return ClockMark.objects.visible_to(seat).filter(encounter=encounter, verb="start").exists()


def _as_item(encounter: Encounter, position: int, topic: tuple[str, str]) -> AgendaItem:
    """Return one thing to talk about as an item. It has no minutes: a follow-up is looser."""
    text, hint = topic
    place = {"relationship_id": encounter.relationship_id, "encounter": encounter, "position": position}
    return AgendaItem(**place, half="both", minutes=0, text=text[:300], hint=hint[:500])


def fix(seat: Seat, encounter: Encounter) -> None:
    """Keep a follow-up's agenda as it stands, for the clock counts by its places. Within an act, before the clock starts."""
    if not writes_itself(encounter):
        return
    items = items_of(seat, encounter)
    AgendaItem.objects.visible_to(seat).filter(encounter=encounter).delete()
    for one in items:
        AgendaItem.objects.write(
            seat, encounter=encounter, position=one.position, half=one.half, minutes=0, text=one.text, hint=one.hint
        )


def slots_of(items: Sequence[AgendaItem]) -> list[Slot]:
    """Return the items as the rules know them."""
    return [Slot(item.half, item.minutes) for item in items]


def role_of(half: str, step: Step, first_speaker: Role) -> str:
    """Return whose half a playbook's item is: speaker and listener become the roles they are in this step."""
    speaks = speaker(step, first_speaker) or Role.PROPOSER
    return {"speaker": speaks, "listener": speaks.other}.get(half, half)


def copy_from_playbook(seat: Seat, encounter: Encounter) -> None:
    """Copy the step's agenda for a conversation, cut to its length."""
    if not encounter.what.is_talk:
        return
    step, first = Step(encounter.step), Role(encounter.relationship.first_speaker)
    entries = playbook().agenda(step.slug).items
    slots = _fit([Slot(role_of(entry.half, step, first), entry.minutes) for entry in entries], encounter)
    for position, (entry, slot) in enumerate(zip(entries, slots, strict=True)):
        AgendaItem.objects.write(
            seat,
            encounter=encounter,
            position=position,
            half=slot.half,
            minutes=slot.minutes,
            text=entry.text,
            hint=entry.hint,
        )


def _fit(slots: list[Slot], encounter: Encounter) -> list[Slot]:
    try:
        return rules.fit(slots, encounter.minutes, equal=rules.in_halves(Step(encounter.step)))
    except ValueError:
        return slots


def changeable(seat: Seat, encounter: Encounter) -> None:
    """Refuse to change the agenda of an encounter that is over, or at whose table the clock has been started."""
    if encounter.settled or encounter.tabled_as_id:
        raise Refusal(_("This one is over, so its agenda stays as it was."))
    if writes_itself(encounter):
        raise Refusal(_("The agenda of a follow-up writes itself. Add or strike something where you read it."))
    if encounter.relationship.shared_since is not None and encounter.created_at < encounter.relationship.shared_since:
        raise Refusal(_("Only your side sees this one so far. Put it on the table first."))
    if ClockMark.objects.visible_to(seat).filter(encounter=encounter).exists():
        raise Refusal(_("You are at the table already, so the agenda stays as it is."))


def _change(seat: Seat, encounter: Encounter, edit: Callable[[list[AgendaItem]], None]) -> None:
    with acting(seat) as act:
        now = Encounter.objects.visible_to(seat).select_related("relationship").get(pk=encounter.pk)
        changeable(seat, now)
        edit(items_of(seat, now))
        _tell_once(act, now)


def _tell_once(act: Act, encounter: Encounter) -> None:
    """Let the journal say that the agenda was changed, at most once an hour for either side."""
    recent = Event.objects.visible_to(act.seat).filter(
        verb="agenda_changed", subject=encounter.key, side_id=act.seat.side_id, created_at__gt=act.now - QUIET
    )
    if not recent.exists():
        act.announce(Verb.AGENDA_CHANGED, encounter)


def save_minutes(items: Sequence[AgendaItem], slots: Sequence[Slot]) -> None:
    """Write new minutes to the items whose minutes changed."""
    for item, slot in zip(items, slots, strict=True):
        if item.minutes != slot.minutes:
            item.minutes = slot.minutes
            item.save(update_fields=["minutes"])


def _even(encounter: Encounter, items: Sequence[AgendaItem], changed: str) -> None:
    if not rules.in_halves(Step(encounter.step)):
        return
    try:
        save_minutes(items, rules.even_up(slots_of(items), changed))
    except ValueError as wrong:
        raise Refusal(
            _("That leaves too little for the other half. Each item needs a minute at least."), "minutes"
        ) from wrong


def add(seat: Seat, encounter: Encounter, *, text: str, half: str, minutes: int) -> None:
    """Add an item, before what the two close with; the other half grows with it (M7).

    Raises Refusal when there are many.
    """

    def edit(items: list[AgendaItem]) -> None:
        if len(items) >= MOST_ITEMS:
            raise Refusal(_("Thirty things are enough for one encounter."))
        same = [item.position for item in items if item.half == half]
        place = max(same) + 1 if same else len(items)
        for item in items[place:]:
            item.position += 1
            item.save(update_fields=["position"])
        new = AgendaItem.objects.write(seat, encounter=encounter, position=place, half=half, minutes=minutes, text=text)
        _even(encounter, [*items[:place], new, *items[place:]], half)

    _change(seat, encounter, edit)


def alter(seat: Seat, encounter: Encounter, key: str, *, text: str, minutes: int) -> None:
    """Change an item's words or minutes; the other half stays equal (M7)."""

    def edit(items: list[AgendaItem]) -> None:
        item = _one(items, key)
        item.text, item.minutes = text, minutes
        item.save(update_fields=["text", "minutes"])
        _even(encounter, items, item.half)

    _change(seat, encounter, edit)


def remove(seat: Seat, encounter: Encounter, key: str) -> None:
    """Take an item off the agenda; the other half stays equal (M7)."""

    def edit(items: list[AgendaItem]) -> None:
        item = _one(items, key)
        AgendaItem.objects.visible_to(seat).filter(pk=item.pk).delete()
        left = [one for one in items if one.pk != item.pk]
        for place, one in enumerate(left):
            one.position = place
            one.save(update_fields=["position"])
        _even(encounter, left, item.half)

    _change(seat, encounter, edit)


def move_up(seat: Seat, encounter: Encounter, key: str) -> None:
    """Move an item one place up. The first stays first."""

    def edit(items: list[AgendaItem]) -> None:
        at = items.index(_one(items, key))
        items.insert(max(at - 1, 0), items.pop(at))
        for place, one in enumerate(items):
            one.position = place
            one.save(update_fields=["position"])

    _change(seat, encounter, edit)


def fit_to_length(seat: Seat, encounter: Encounter) -> None:
    """Cut or stretch the agenda to the encounter's length.

    Within an act. Too many items for the minutes stay as they are.
    """
    items = items_of(seat, encounter)
    save_minutes(items, _fit(slots_of(items), encounter))


def fit(seat: Seat, encounter: Encounter) -> None:
    """Cut or stretch the agenda to the encounter's length, halves equal (M7).

    Raises Refusal where there are too many items.
    """

    def edit(items: list[AgendaItem]) -> None:
        try:
            save_minutes(
                items, rules.fit(slots_of(items), encounter.minutes, equal=rules.in_halves(Step(encounter.step)))
            )
        except ValueError as wrong:
            raise Refusal(_("There are more things than minutes. Take one or two off first.")) from wrong

    _change(seat, encounter, edit)


def _one(items: Sequence[AgendaItem], key: str) -> AgendaItem:
    for item in items:
        if item.key == key:
            return item
    raise Refusal(_("That item has been taken off meanwhile."))
