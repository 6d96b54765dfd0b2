"""The history: every encounter, found by text, kind and step. One's own notes are searched for oneself alone (T7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from goodword.encounters import wording
from goodword.encounters.models import Conclusion, Encounter, JointNote, OwnNote, Promise, SideNote
from goodword.encounters.queries.pages import front, visible_encounters
from goodword.relationships.models import Seat

PAGE = 25


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What somebody looks for."""

    text: str = ""
    kind: str = ""
    step: int = 0
    page: int = 1


def context(seat: Seat, ask: HistoryFilter | None = None) -> dict[str, Any]:
    """Return the encounters page: what is ahead, then the history, filtered.

    Works for a mirror. At most nine queries.
    """
    ask = ask or HistoryFilter()
    rows = visible_encounters(seat).exclude(held_at=None, called_off_at=None)
    if ask.kind:
        rows = rows.filter(kind=ask.kind)
    if ask.step:
        rows = rows.filter(step=ask.step)
    found = list(rows.order_by("-happened_on", "-created_at"))
    own: set[uuid.UUID] = set()
    if ask.text:
        shared, own = _with_text(seat, ask.text)
        found = [one for one in found if one.pk in shared | own or _says(one, ask.text)]
    page = Paginator(found, PAGE).get_page(max(ask.page, 1))
    past = [{**wording.line_of(one, seat), "own_hit": one.pk in own} for one in page]
    numbers = {"page_number": page.number, "pages": page.paginator.num_pages}
    return {**front(seat), "seat": seat, "past": past, "ask": ask, **numbers}


def _says(one: Encounter, text: str) -> bool:
    return text.casefold() in f"{one.place}\n{one.who}".casefold()


def _with_text(seat: Seat, text: str) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    """Return the encounters whose shared words hold the text, and those where it stands in one's own notes.

    All of them are opened and compared here, one by one: private text never enters an index or a query.
    """
    wanted = text.casefold()
    shared = [
        *((one.encounter_id, one.text) for one in Conclusion.objects.visible_to(seat)),
        *((one.encounter_id, one.text) for one in JointNote.objects.visible_to(seat)),
        *((one.encounter_id, one.what) for one in Promise.objects.visible_to(seat)),
    ]
    notes: list[OwnNote | SideNote] = [
        *OwnNote.objects.visible_to(seat).select_related("encounter"),
        *SideNote.objects.visible_to(seat).select_related("encounter"),
    ]
    own = {
        note.encounter.tabled_as_id or note.encounter_id
        for note in notes
        if wanted in note.text.unseal(seat).casefold()
    }
    return {pk for pk, words in shared if wanted in words.casefold()}, own
