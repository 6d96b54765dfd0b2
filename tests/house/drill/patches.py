"""Plausible leaks, each a small change that somebody might make on a tired afternoon, and the test that must catch it.

A leak names a function and what to break in it (see `edits`). Whoever moves the function changes its name here:
`test_edits.py` says so in every run. A leak that no test catches is a missing test.
"""

from __future__ import annotations

from tests.house.drill.afterwards import AFTERWARDS
from tests.house.drill.by_oneself import BY_ONESELF
from tests.house.drill.edits import (
    after,
    base,
    call,
    condition,
    last,
    returned,
    undecorated,
    value,
    without,
)
from tests.house.drill.leaks import (
    COLLEAGUE,
    COLLEAGUE_PAGES,
    COLLEAGUE_ROWS,
    EARLY,
    HIDDEN,
    LATE,
    LETTERS,
    LINKS,
    LOCKS,
    LOG,
    MIRROR,
    NOTES,
    OPENED,
    ROWS,
    SAME,
    SEALED,
    leak,
    rows_of,
)
from tests.house.drill.newest import NEWEST

COUNTS = [
    leak(
        "a count of private reservations in a badge on the front page",
        "goodword.desk.queries.front:rooms",
        returned(
            '[(route, f"{name} ({reservations.SideReservation._base_manager.filter(relationship_id=seat.relationship_id).count()})"'
            ' if route == "reservations" else name) for route, name in $it]'
        ),
        by=SAME + EARLY,
    ),
    leak(
        "the drawers' page without its filter",
        "goodword.reservations.queries:context",
        value("ours", "list(SideReservation._base_manager.filter(relationship_id=seat.relationship_id))"),
        by=SAME + EARLY,
    ),
    leak(
        "preparing for an encounter goes through what both sides hesitate about",
        "goodword.reservations.queries:unresolved",
        after(
            "_unresolved",
            "ours = SideReservation._base_manager.filter(relationship_id=seat.relationship_id, **WAITING)",
        ),
        by=SAME + EARLY,
    ),
    leak(
        "what one side calls its own opens to both",
        "goodword.relationships.visibility:OursLock.visible_to",
        returned("rows"),
        by=SAME + EARLY,
    ),
    leak(
        "a page query that calls the house",
        "goodword.reservations.queries:_unresolved",
        returned("(SideReservation.objects.unscoped().filter(relationship_id=seat.relationship_id), *$it[1:])"),
        by="tests/house/test_words.py::test_only_the_house_itself_reads_both_sides",
    ),
    leak(
        "a page query that goes round the lock by Django's own manager",
        "goodword.reservations.queries:_unresolved",
        returned("(SideReservation._base_manager.filter(relationship_id=seat.relationship_id, **WAITING), *$it[1:])"),
        by=LOCKS + "test_nobody_goes_round_a_lock_by_djangos_own_manager",
    ),
    leak(
        "a search over the other side's notes",
        "goodword.encounters.queries.history:_with_text",
        value(
            "notes",
            '[*$it, *SideNote._base_manager.filter(relationship_id=seat.relationship_id).select_related("encounter")]',
        ),
        by=SAME + EARLY,
    ),
    leak(
        "an agenda with what would make it a good hour for the other",
        "goodword.encounters.queries.pages:agenda_of",
        value("hint", f'" ".join([$it, *(note.text{OPENED} for note in {NOTES}.filter(encounter=encounter))])'),
        by=SAME + EARLY,
    ),
    leak(
        "a calendar feed with notes",
        "goodword.encounters.mailing.calendar:_lines",
        returned(
            f'[line + " ".join(note.text{OPENED} for note in {NOTES}.filter(encounter__key=entry.key))'
            ' if line.startswith("DESCRIPTION") else line for line in $it]'
        ),
        by=SAME + EARLY,
    ),
    leak(
        "a spreadsheet with what a lead was worth to somebody",
        "goodword.leads.queries.pages:table",
        after(
            "cells",
            f"cells += [each.money{OPENED} for each in {rows_of('goodword.leads.models:LeadMoney')}.filter(lead=row.lead)]",
        ),
        by=SAME + LATE,
    ),
    leak(
        "a reminder of what one side cannot name goes to both",
        "goodword.reservations.queries:intention",
        value(
            "rows",
            "NamingIntention._base_manager.filter(relationship_id=seat.relationship_id, named_at=None, let_go_at=None)",
        ),
        by=SAME + EARLY,
    ),
]

AT_THE_GATE = [
    leak(
        "a gate that says why the other is not ready",
        "goodword.gates.queries.pages:gate_page",
        value(
            "question",
            '$it + (f" {seat.other.first_name} still hesitates." if reservations.SideReservation._base_manager.filter('
            'relationship_id=seat.relationship_id, side_id=seat.other_id, settled_at=None, to_table_at=None).exists() else "")',
        ),
        by=SAME + EARLY,
    ),
    leak(
        "a refusal that names what the other side has not settled",
        "goodword.gates.actions:decide",
        after(
            "_refuse_if_answered",
            f"""
            theirs = {rows_of("goodword.reservations.models:SideReservation")}.filter(side_id=seat.other_id)
            if theirs.filter(settled_at=None, to_table_at=None).exists():
                raise Refusal(f"{{seat.other.first_name}} has reservations that are not settled.")
            """,
        ),
        by=SAME + EARLY,
    ),
    leak(
        "a sealed decision in the journal",
        "goodword.gates.actions:_seal",
        call("act.announce", 'act.announce(Verb.DECIDED, f"{standing.gate.id}:{choice.value}")'),
        by=SEALED + EARLY,
    ),
    leak(
        "a letter that tells what was decided",
        "goodword.gates.follows:_after_decision",
        value(
            "name",
            f"'%s (%s)' % ($it, {rows_of('goodword.gates.models:Decision')}.last().choice{OPENED})",
            of="to_other_side",
        ),
        by=SEALED + EARLY,
    ),
    leak(
        "the answer of a check in the journal",
        "goodword.reservations.actions.checking:record_check",
        call("act.announce", "act.announce(Verb.CHECK_DONE, answer.value)"),
        by=SEALED + EARLY,
    ),
    leak(
        "a check that counts as done only when there was nothing",
        "goodword.reservations.actions.checking:record_check",
        call("CheckNotice.objects.write", "answer is CheckAnswer.NOTHING and $it"),
        by=SEALED + EARLY,
    ),
    leak(
        "how much lies in an envelope, in the journal",
        "goodword.reservations.actions.together:say_ready",
        call("act.announce", "act.announce(Verb.REVEAL_READY, str(len(rows)))"),
        by=SEALED + EARLY,
    ),
    leak(
        "an empty envelope that does not look ready",
        "goodword.reservations.queries:together_context",
        value(
            "theirs_ready",
            "$it and RevealEntry._base_manager.filter(reveal=live, side_id=seat.other_id).exists()",
        ),
        by=SEALED + EARLY,
    ),
]

LETTERS_ = [
    leak(
        "a letter that quotes what was kept private",
        "goodword.reservations.actions.keeping:keep",
        after(
            "forget_draft",
            """
            from goodword.reservations import mailing
            mailing.to_other_side(seat, "reservations-asked", name=text[:40], link=mailing.address_of(seat, "reservations"))
            """,
        ),
        by=LETTERS + EARLY,
    ),
    leak(
        "a letter that quotes what was put on the table",
        "goodword.reservations.mailing:send_on_the_table",
        value("name", 'f"{$it}: {row.text[:60]}"'),
        by="tests/stories/test_reservations.py::test_m14_the_letter_says_that_something_lies_there_and_not_what",
    ),
    leak(
        "a reminder with what one side hopes for",
        "goodword.encounters.actions.reminders:_remind",
        value(
            "items",
            f'$it + [(0, "", note.text{OPENED}) for note in {NOTES}.filter(encounter=encounter, what="hope")]',
            of="letters.put",
        ),
        by=LETTERS + EARLY,
    ),
    leak(
        "a lead's name in the letter, before they agreed",
        "goodword.leads.actions.giving:give",
        value("why", 'f"{$it} {name}".strip()', of="_lead"),
        by="tests/leads/test_actions.py::test_before_they_agreed_no_letter_and_no_list_holds_their_name",
    ),
    leak(
        "the draft of an introduction on the page of its lead",
        "goodword.leads.queries.pages:lead_context",
        value(
            "introduced",
            f"$it or next((LeadIntroduction(text=each.text{OPENED}, created_at=each.created_at) for each in "
            f"{rows_of('goodword.leads.models:LeadLetter')}.filter(lead=lead)), None)",
        ),
        by="tests/leads/test_introductions.py::"
        "test_an_introduction_is_drafted_from_the_words_taught_and_goes_to_both_as_it_was_read",
    ),
    leak(
        "whom somebody meets elsewhere, behind the link by which a time is picked",
        "goodword.encounters.queries.pages:times_on_offer",
        value("own", "diary.clashes(seat.person, [row.starts_at for row in rows], encounter.minutes)"),
        by="tests/encounters/test_plans.py::test_a_letter_s_link_shows_no_diary_to_whoever_it_was_passed_on_to",
    ),
    leak(
        "half a minute that is over at once",
        "goodword.relationships.holding:hold",
        value("leaves_at", "act.now", of="PendingAct.objects.write"),
        by="tests/relationships/test_holding.py::test_nothing_of_it_is_anywhere_until_it_leaves_and_it_leaves_whole",
    ),
    leak(
        "words that nobody has looked at",
        "goodword.relationships.holding:refuse_unless_seen",
        condition("False"),
        by="tests/relationships/test_holding.py::test_what_was_not_looked_at_does_not_leave",
    ),
    leak(
        "gathered news that says whom it is about",
        "goodword.leads.mailing.digest:_news_between",
        value("partner", 'f"{$it}, {lead.description}"'),
        by="tests/leads/test_news.py::test_gathered_news_is_one_letter_in_the_giver_s_own_morning_and_names_nobody",
    ),
    leak(
        "a letter that went and is kept",
        "goodword.post.delivery:_settle",
        without("content", of="update"),
        by="tests/ops/test_worker.py::test_a_letter_that_went_leaves_nothing_of_its_content",
    ),
    leak(
        "an invitation that shows to whom it was written",
        "goodword.relationships.views.guest:invitation",
        after("sides", 'sides[Role.INVITED].person_name += f" ({found.address})"'),
        by="tests/relationships/test_invitations.py::test_the_bare_link_shows_names_and_words_and_nothing_else",
    ),
]

TRACES = [
    leak(
        "the other side's row touched by a private act",
        "goodword.relationships.acting:_close",
        value("side", "None", of="waiting.mark"),
        by=ROWS + EARLY,
    ),
    leak(
        "a colleague's row touched by what is only mine",
        "goodword.relationships.acting:_close",
        value("seat", "None", of="waiting.mark"),
        by=COLLEAGUE_ROWS + EARLY,
    ),
    leak(
        "leads sorted by when somebody wrote a private note",
        "goodword.leads.actions.keeping:note",
        after(
            "LeadNote.objects.write",
            """
            from django.utils import timezone
            Lead.objects.visible_to(seat).filter(pk=lead.pk).update(moved_at=timezone.now())
            """,
        ),
        by=ROWS + LATE,
    ),
    leak(
        "a journal line for what was kept private",
        "goodword.reservations.actions.keeping:keep",
        after(
            "forget_draft",
            """
            from goodword.relationships.verbs import Verb
            act.announce(Verb.CHECK_DONE, row.key)
            """,
        ),
        by=ROWS + EARLY,
    ),
    leak(
        "a log line with the text",
        "goodword.reservations.actions.keeping:keep",
        after("forget_draft", '__import__("logging").getLogger("goodword").info("kept %s", text)'),
        by=LOG + EARLY,
    ),
    leak(
        "the copy on the table keeps the hour at which it was written",
        "goodword.reservations.actions.sharing:_lay",
        value("created_at", "leaving.created_at"),
        by="tests/stories/test_reservations.py::test_m14_the_copy_on_the_table_has_no_history",
    ),
    leak(
        "what is put on the table leaves at once",
        "goodword.reservations.actions.sharing:put_on_table",
        value("leaves_at", "act.now"),
        by="tests/stories/test_reservations.py::"
        "test_m14_putting_one_on_the_table_is_looked_at_confirmed_and_leaves_after_thirty_seconds",
    ),
]

COLLEAGUES = [
    leak(
        "a colleague finds what is only mine",
        "goodword.relationships.visibility:MineLock.visible_to",
        without("author_id", of="rows.filter"),
        by=COLLEAGUE + EARLY,
    ),
    leak(
        "a colleague may unseal what is only mine",
        "goodword.relationships.visibility:Mine.opens_for",
        returned("not seat.mirror and seat.side_id == self.side_id"),
        by=LOCKS + "test_sealed_text_opens_for_those_its_lock_names_and_nobody_else",
    ),
    leak(
        "the precious ten of a colleague",
        "goodword.reservations.queries:ten",
        value(
            "rounds",
            'list(PreciousRound._base_manager.filter(side_id=seat.side_id).order_by("-created_at", "-id")[:2])',
        ),
        by=COLLEAGUE_PAGES + EARLY,
    ),
    leak(
        "what they see, drawn from my own seat",
        "goodword.desk.views.pages:what_they_see",
        value("mirror", "seat"),
        by=MIRROR + EARLY,
    ),
    leak(
        "a mirror that opens the other side's drawers",
        "goodword.relationships.visibility:OursLock.visible_to",
        returned("rows.filter(side_id=seat.side_id)"),
        by="tests/reservations/test_pages.py::test_what_they_see_is_the_same_whatever_lies_in_my_drawers",
    ),
    leak(
        "a phone on the table that opens every page",
        "goodword.relationships.doorway:seated",
        condition("False", before="redirect"),
        by="tests/desk/test_at_the_table.py::test_a_phone_on_the_table_opens_no_page_but_the_table",
    ),
    leak(
        "a phone on the table that any code picks up",
        "goodword.desk.views.table:leave_table",
        call("redeem_code", '"asked" in down'),
        by="tests/desk/test_at_the_table.py::test_a_code_by_mail_picks_it_up_again_once_and_five_wrong_ones_spend_it",
    ),
    leak(
        "a way back whose letter says its code in the subject",
        "goodword.people.mailing:_subject_of_way_back",
        returned("_subject(values)"),
        by="tests/desk/test_at_the_table.py::test_a_code_by_mail_picks_it_up_again_once_and_five_wrong_ones_spend_it",
    ),
    leak(
        "private pages kept by the browser",
        "goodword.ui.shield:Shield.__call__",
        returned('[answer.headers.update({"Cache-Control": "private"}), $it][1]'),
        by="tests/desk/test_at_the_table.py::test_no_page_is_kept_by_the_browser",
    ),
]

DOORS = [
    leak(
        "a route without a door",
        "goodword.desk.views.pages:what_they_see",
        undecorated("seated"),
        by="tests/house/test_doors.py::test_every_route_declares_its_door_and_stands_in_the_table",
    ),
    leak(
        "what is hidden is refused, what never was is not found",
        "goodword.relationships.doorway:find",
        after(
            "row",
            """
            if row is None and rows.model._base_manager.filter(key=key).exists():
                raise __import__("django.core.exceptions", fromlist=["x"]).PermissionDenied
            """,
        ),
        by=HIDDEN + EARLY,
    ),
    leak(
        "somebody who gave up their seat still gets in",
        "goodword.relationships.doorway:_seat",
        without("left_at", of="rows.filter"),
        by=("tests/relationships/test_pages.py::test_somebody_who_gave_up_their_seat_finds_none_of_it", LINKS + LATE),
    ),
    leak(
        "a sealed value that shows itself when printed",
        "goodword.ground.sealing:SealedValue",
        last("def __str__(self) -> str:\n    return self._read()"),
        by=LOCKS + "test_a_sealed_value_cannot_be_shown_compared_or_counted",
    ),
    leak(
        "a sealed value that asks nobody who they are",
        "goodword.ground.sealing:SealedValue.unseal",
        condition("False"),
        by=LOCKS + "test_a_sealed_value_opens_for_nobody_its_lock_does_not_name",
    ),
    leak(
        "a drawer that is on the table",
        "goodword.reservations.models.drawers:OwnWorry",
        base("Ours", '__import__("goodword.relationships.visibility", fromlist=["Shared"]).Shared'),
        by=LOCKS + "test_sealed_text_lies_only_in_drawers",
    ),
    leak(
        "a model of a relationship without a lock",
        "goodword.reservations.models.drawers:Pondering",
        base("Mine", '__import__("goodword.relationships.visibility", fromlist=["Locked"]).Locked'),
        by=LOCKS + "test_a_model_of_a_relationship_takes_exactly_one_lock",
    ),
    leak(
        "a drawer whose text is not sealed",
        "goodword.reservations.models.drawers:Draft",
        value("text", "models.TextField()"),
        by=LOCKS + "test_free_text_in_a_drawer_is_sealed",
    ),
]

AT_REST = [
    leak(
        "session keys in clear",
        "goodword.people.sessions:hash_of_cookie",
        returned('(session_key or "")[:40]'),
        by="tests/people/test_signing_in.py::test_a_stolen_database_opens_no_session",
    ),
    leak(
        "letters in clear while they wait",
        "goodword.post.outbox:seal",
        value("letter.content", "json.dumps(values).encode()"),
        by="tests/house/test_at_rest.py",
    ),
    leak(
        "private text in clear beside its seal",
        "goodword.reservations.actions.sharing:put_on_table",
        value("source", "row.text.unseal(seat)[:22]", of="PendingReservation.objects.write"),
        by="tests/house/test_at_rest.py",
    ),
    leak(
        "a secret link in the log",
        "goodword.ui.scrubbing:_SECRET_IN_PATH",
        call("re.compile", 're.compile($args.replace("person|", ""))'),
        by="tests/ops/test_scrubbing.py::test_a_link_that_opens_something_is_hidden",
    ),
]

LEAKS = [*COUNTS, *AT_THE_GATE, *LETTERS_, *TRACES, *COLLEAGUES, *DOORS, *AT_REST, *AFTERWARDS, *NEWEST, *BY_ONESELF]
