"""Leaks that show only afterwards, or elsewhere: in what the worker writes, when a letter leaves, what a change leaves behind."""

from __future__ import annotations

from tests.house.drill.edits import after, ahead, call, first, returned, value, without
from tests.house.drill.leaks import (
    CHANGED,
    COLLEAGUE_ROWS,
    EARLY,
    GONE,
    HELD,
    HESITATES,
    LATE,
    LENGTH,
    LOOKED,
    NEWS,
    NOTES,
    OPENED,
    PADDED,
    REVEALED,
    ROWS,
    STOPPED,
    WORKER,
    leak,
    rows_of,
)

ANNOUNCED = "from goodword.relationships.verbs import Verb\nact.announce(Verb.CHECK_DONE)"

WORKER_WRITES = [
    leak(
        "what waits first for the other while one still hesitates",
        "goodword.gates.waiting:waiting",
        first(f'if {HESITATES}.exists():\n    yield Wait(Kind.NOT_NOW, page_of(seat, "relationship"))'),
        by=WORKER + EARLY,
    ),
    leak(
        "what waits is sorted by when the other kept something private",
        "goodword.relationships.waiting:row_of",
        value("sort_at", f'min([$it, *{HESITATES}.values_list("created_at", flat=True)])'),
        by=WORKER + EARLY,
    ),
    leak(
        "the list sorts higher whoever hesitates",
        "goodword.relationships.waiting:decide",
        after("shown", f'shown["urgency"] = Urgency.NOW if {HESITATES}.exists() else shown["urgency"]'),
        by=WORKER + EARLY,
    ),
    leak(
        "the text a search runs over holds the other side's notes",
        "goodword.relationships.waiting:decide",
        value(
            "search_text",
            f'$it + " ".join(note.text{OPENED} for note in {NOTES}.filter(relationship_id=seat.relationship_id, side_id=seat.other_id))',
        ),
        by=WORKER + EARLY,
    ),
    leak(
        "how one stands before the gate says whether the other hesitates",
        "goodword.gates.waiting:waiting",
        call("Standing", f'Standing({{**at.as_values(), "theirs_open": {HESITATES}.exists()}})'),
        by=WORKER + EARLY,
    ),
    leak(
        "a row goes out of date when what the other cannot name comes back",
        "goodword.gates.waiting:waiting",
        first(
            f"for each in {rows_of('goodword.reservations.models:NamingIntention')}.filter("
            "relationship_id=seat.relationship_id, side_id=seat.other_id, named_at=None, let_go_at=None):\n"
            "    yield Later(each.peace_until)"
        ),
        by=WORKER + EARLY,
    ),
    leak(
        "no reminder of a lead about which its giver has noted something",
        "goodword.leads.mailing.reminding:_remind",
        first(
            f"if {rows_of('goodword.leads.models:LeadNote')}.filter(lead__key=line.lead_key).exclude("
            "author_id=line.person_id).exists():\n    return 0"
        ),
        by=WORKER + LATE,
    ),
    leak(
        "gathered news with what the receiver noted for herself",
        "goodword.leads.mailing.digest:_news_between",
        value(
            "given_on",
            f'$it + " ".join(note.text{OPENED} for note in {rows_of("goodword.leads.models:LeadNote")}.filter(lead=lead))',
        ),
        by=WORKER + LATE,
    ),
]

LEAVING = [
    leak(
        "a letter that leaves later while its sender hesitates",
        "goodword.relationships.mailing:_to_side",
        value(
            "due_at",
            f"timezone.now() + dt.timedelta(hours=1) if {HELD}.filter(relationship_id=relationship_id, settled_at=None,"
            " to_table_at=None).exists() else $it",
            of="put_to",
        ),
        by=WORKER + EARLY,
    ),
    leak(
        "a letter that does not ask again whether its reader still has a seat",
        "goodword.post.delivery:ready",
        call("kind.may_send", "True"),
        by=GONE + LATE,
    ),
    leak(
        "a letter to somebody who gave up their seat",
        "goodword.relationships.mailing:_seats",
        without("left_at", of="Seat.objects.filter"),
        by=GONE + LATE,
    ),
    leak(
        "a letter that does not ask again whether it was stopped",
        "goodword.post.delivery:ready",
        call("is_suppressed", "False"),
        by=STOPPED + LATE,
    ),
    leak(
        "leads of a relationship one has left stay in one's list",
        "goodword.leads.follows:_no_lines_for_leaver",
        first("return"),
        by="tests/leads/test_pages.py::test_a_newcomer_has_the_list_and_a_leaver_loses_it",
    ),
    leak(
        "a calendar's address that was closed and still opens",
        "goodword.encounters.calendar_entries:person_of",
        without("revoked_at", of="filter"),
        by="tests/encounters/test_calendars.py::test_a_revoked_feed_and_a_made_up_one_look_the_same",
    ),
    leak(
        "news that anybody opens who knows its key",
        "goodword.relationships.waiting:see",
        value("row", "WaitingRow.objects.filter(news=True, key=public_key).first()"),
        by=NEWS + EARLY,
    ),
]

CHANGES = [
    leak(
        "a sealed decision that is told again when it changes",
        "goodword.gates.actions:_seal",
        after("kept.save", "act.announce(Verb.DECIDED, standing.gate.id)"),
        by=CHANGED,
    ),
    leak(
        "a sealed decision with the hour at which it was changed",
        "goodword.gates.actions:_seal",
        ahead("kept.save", 'kept.created_at = act.now\nkept.save(update_fields=["created_at"])'),
        by=CHANGED,
    ),
    leak(
        "a letter for each answer a sealed decision had",
        "goodword.gates.follows:_after_decision",
        value("once", f"$it + {rows_of('goodword.gates.models:Decision')}.last().choice{OPENED}", of="to_other_side"),
        by=CHANGED,
    ),
    leak(
        "an envelope's entry that says which private one it was",
        "goodword.reservations.actions.together:_open",
        without("source", of="entries.update"),
        by=REVEALED,
    ),
    leak(
        "on the table with the hour at which it went into the envelope",
        "goodword.reservations.actions.together:_open",
        value("created_at", "entry.created_at"),
        by=REVEALED,
    ),
    leak(
        "an envelope's entry with the hour at which it was thought of",
        "goodword.reservations.actions.together:say_ready",
        value("created_at", "row.created_at", of="RevealEntry.objects.write"),
        by=REVEALED,
    ),
    leak(
        "on the table with a mark of the drawer it lay in",
        "goodword.reservations.actions.sharing:_lay",
        value("turned", 'leaving.drawer == "mine"'),
        by=REVEALED,
    ),
    leak(
        "a question asked with the hour at which it was prepared",
        "goodword.briefings.actions.conversation:ask",
        value("created_at", "row.created_at", of="AskedQuestion.objects.write"),
        by="tests/briefings/test_actions.py::test_asking_copies_the_question_and_its_history_stays_at_home",
    ),
]


def remembered(function: str, by: str) -> tuple[str, str]:
    """Return the beginning of a function that keeps its answer by a key, and what it returns then."""
    return (
        f'known = {function}.__dict__.setdefault("known", {{}})\nif {by} in known:\n    return known[{by}]',
        f"known.setdefault({by}, $it)",
    )


CACHES = [
    leak(
        f"{what} kept in memory without whose they are",
        f"{module}:{function}",
        first(remembered(function, by)[0]),
        returned(remembered(function, by)[1]),
        by=LOOKED + when,
    )
    for what, module, function, by, when in (
        ("the drawers", "goodword.reservations.queries", "context", "seat.relationship_id", EARLY),
        ("half-typed words", "goodword.reservations.queries", "drafts", "(seat.relationship_id, places)", EARLY),
        ("notes about an encounter", "goodword.encounters.queries.pages", "own_notes", "encounter.pk", EARLY),
        ("what one keeps about a lead", "goodword.leads.queries.pages", "drawer", "lead.pk", LATE),
        ("the list of leads one has in mind", "goodword.leads.queries.pages", "ideas", "seat.relationship_id", LATE),
    )
]

AT_REST = [
    leak(
        "sealed words as long as what was written",
        "goodword.ground.sealing:_pad",
        returned("plain + END"),
        by=PADDED,
    ),
    leak(
        "blocks so small that an answer shows by its length",
        "goodword.ground.sealing:BLOCK",
        value("BLOCK", "8"),
        by=LENGTH,
    ),
]

COLLEAGUES = [
    leak(
        f"a colleague's list touched by {what}",
        at,
        value("only_me", "False", of="acting"),
        by=COLLEAGUE_ROWS + when,
    )
    for what, at, when in (
        ("what one keeps for oneself", "goodword.reservations.actions.keeping:keep", EARLY),
        ("a question one wants to come back to", "goodword.reservations.actions.keeping:ponder", EARLY),
        ("what is on its way to the table", "goodword.reservations.actions.sharing:put_on_table", EARLY),
        ("the precious ten", "goodword.reservations.actions.ten:answer", EARLY),
        ("whether one enjoyed it", "goodword.encounters.actions.writing:say_rapport", EARLY),
        ("why it feels so", "goodword.teaching.actions:keep_reason", LATE),
        ("practising", "goodword.teaching.practice:answer", LATE),
        ("the draft of an introduction", "goodword.leads.actions.introducing:draft", LATE),
    )
]

PRIVATE_ACTS = [
    leak(
        f"the story tells of {what}",
        at,
        after("save", ANNOUNCED),
        by=ROWS + EARLY,
    )
    for what, at in (
        ("a private one that was settled", "goodword.reservations.actions.keeping:settle"),
        ("a private one that was put in other words", "goodword.reservations.actions.keeping:reword"),
        ("something that was let go of", "goodword.reservations.actions.checking:let_go_of_it"),
        ("one that was moved to one's side", "goodword.reservations.actions.keeping:copy_to_side"),
    )
]

AFTERWARDS = [*WORKER_WRITES, *LEAVING, *CHANGES, *CACHES, *AT_REST, *COLLEAGUES, *PRIVATE_ACTS]
