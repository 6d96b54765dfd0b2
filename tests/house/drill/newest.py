"""Leaks in what is newest: the sheet after an encounter, the half minute's hold, what waits, closing an account, sessions."""

from __future__ import annotations

from tests.house.drill.edits import after, call, condition, first, returned, value, without
from tests.house.drill.leaks import (
    BACK,
    CHANGED,
    CLOSED,
    COLLEAGUE_PAGES,
    COLLEAGUE_ROWS,
    DATED,
    EARLY,
    HESITATES,
    HIDDEN,
    LATE,
    LOOKED,
    NOTHING_LEFT,
    OPENED,
    OWN_SHEET,
    PLAIN,
    PURPOSE,
    QUIET,
    ROWS,
    SEALED,
    SEALED_ON_SHEET,
    SHEET,
    SIGNING,
    WORDLESS,
    WORKER,
    leak,
    rows_of,
)

TOLD = '[act.announce(__import__("goodword.relationships.verbs", fromlist=["Verb"]).Verb.CHECK_DONE), $it][1]'
PEOPLE = rows_of("goodword.briefings.models:PeopleEstimate")
CRITERIA = rows_of("goodword.briefings.models:Criterion")
PURPOSES = rows_of("goodword.briefings.models:Purpose")
DECISIONS = rows_of("goodword.gates.models:Decision")
THEIRS = "filter(relationship_id=seat.relationship_id, side_id=seat.other_id)"

ON_THE_SHEET = [
    leak(
        "the sheet shows as answered what the other knows of people",
        "goodword.desk.queries.wrap_up:_people",
        value("known", f'$it or next((one.said{OPENED} for one in {PEOPLE}.{THEIRS}), "")'),
        by=SHEET,
    ),
    leak(
        "the sheet offers that something is written down when the other wrote it",
        "goodword.desk.queries.wrap_up:_hesitation",
        value("written", f"$it or {HESITATES}.exists()"),
        by=SHEET,
    ),
    leak(
        "the sheet names the criteria of both",
        "goodword.desk.queries.wrap_up:_criteria",
        value("answer", f'$it + " ".join(one.text{OPENED} for one in {CRITERIA}.{THEIRS})'),
        by=SHEET,
    ),
    leak(
        "the sheet says beside its last question what the other decided",
        "goodword.desk.queries.wrap_up:_decision",
        value("answer", f'$it + " ".join(one.choice{OPENED} for one in {DECISIONS}.{THEIRS})'),
        by=SEALED_ON_SHEET,
    ),
    leak(
        "the sheet takes a purpose the other wrote for one's own",
        "goodword.desk.queries.wrap_up:_purpose",
        value("written", f"$it or {PURPOSES}.{THEIRS}.exists()"),
        by=SHEET,
    ),
    leak(
        "after a briefing nothing waits for one while the other hesitates",
        "goodword.gates.waiting:_needs",
        first(f"if {HESITATES}.exists():\n    return"),
        by=SHEET,
    ),
    leak(
        "a sheet kept in memory without whose it is",
        "goodword.desk.queries.wrap_up:parts",
        first(
            'known = parts.__dict__.setdefault("known", {})\nif encounter.pk in known:\n    return known[encounter.pk]'
        ),
        value("found", "known.setdefault(encounter.pk, $it)"),
        by=OWN_SHEET,
    ),
    leak(
        "that all criteria are met is told to the other",
        "goodword.briefings.actions.weighing:find_all_met",
        call("Assessment.objects.write", TOLD),
        by=ROWS + EARLY,
    ),
    leak(
        "how many people one knows is told to the other",
        "goodword.briefings.actions.weighing:know_people",
        call("PeopleEstimate.objects.write", TOLD),
        by=ROWS + EARLY,
    ),
    leak(
        "a purpose that was only written is news to the other",
        "goodword.briefings.actions.weighing:write_purpose",
        first(
            """
            from django.utils import timezone
            from goodword.relationships import waiting, waits
            waiting.bring_news(seat, waits.Kind.READ_PURPOSE, waits.page_of(seat, "purpose"), "", timezone.now())
            """
        ),
        by=ROWS + EARLY,
    ),
]

HELD_BACK = [
    leak(
        "what is held back touches a colleague's list",
        "goodword.relationships.holding:hold",
        value("only_me", "False", of="acting"),
        by=COLLEAGUE_ROWS + EARLY,
    ),
    leak(
        "what is held back is told before it leaves",
        "goodword.relationships.holding:hold",
        call("PendingAct.objects.write", TOLD),
        by=ROWS + EARLY,
    ),
    leak(
        "what is taken back touches a colleague's list",
        "goodword.relationships.holding:take_back",
        value("only_me", "False", of="acting"),
        by=COLLEAGUE_ROWS + EARLY,
    ),
    leak(
        "what is taken back leaves a line in the story",
        "goodword.relationships.holding:take_back",
        first(
            """
            from goodword.relationships.verbs import Verb
            with acting(seat) as act:
                act.announce(Verb.CHECK_DONE)
            """
        ),
        by=ROWS + EARLY,
    ),
    leak(
        "a colleague's report on its way takes the lead out of one's own list",
        "goodword.relationships.holding:on_its_way",
        value("here", '{"relationship_id__in": [seat.relationship_id for seat in seats]}'),
        by=COLLEAGUE_PAGES + LATE,
    ),
    leak(
        "what is held back opens for whoever knows its key",
        "goodword.relationships.holding:waiting_of",
        returned("list(PendingAct._base_manager.filter(relationship_id=seat.relationship_id))"),
        by=HIDDEN + EARLY,
    ),
    leak(
        "what is held back can be taken back by the other side",
        "goodword.relationships.holding:take_back",
        call(
            "PendingAct.objects.owned_by", "PendingAct.objects.unscoped().filter(relationship_id=seat.relationship_id)"
        ),
        by=HIDDEN + EARLY,
    ),
    leak(
        "what leaves is what was written meanwhile",
        "goodword.briefings.half_minute:show_purpose",
        call(
            "weighing.show_purpose",
            'weighing.show_purpose(seat, __import__("goodword.briefings.queries.facts", fromlist=["x"]).purpose(seat).text.unseal(seat))',
        ),
        by=PURPOSE,
    ),
]

WAITS = [
    leak(
        "a not yet under its seal waits for nobody",
        "goodword.gates.readiness:decisions",
        returned(
            f'($it[0], $it[1] if all(one.choice{OPENED} == "go_on" for one in {DECISIONS}.{THEIRS}'
            ".filter(gate=gate.id, round=number)) else None)"
        ),
        by=SEALED + EARLY,
    ),
    leak(
        "what is next says what lies under the other's seal",
        "goodword.gates.waiting:_at_gate",
        first(
            f'if any(one.choice{OPENED} == "not_yet" for one in {DECISIONS}.{THEIRS}):\n'
            '    yield Wait(Kind.NOT_NOW, page_of(seat, "gate"))'
        ),
        by=SEALED + EARLY,
    ),
    leak(
        "what waits about a lead since somebody noted something of it",
        "goodword.leads.waiting:_wait",
        value(
            "since",
            f"next(iter({rows_of('goodword.leads.models:LeadNote')}.filter(lead__key=line.lead_key)"
            '.values_list("created_at", flat=True)), $it)',
        ),
        by=WORKER + LATE,
    ),
    leak(
        "a lead's report leaves later where who it is was kept for oneself",
        "goodword.leads.mailing.letters:tell",
        call(
            "to_other_side",
            "to_other_side(seat, kind, once=once(lead, occasion), but=but, due_at=timezone.now() + dt.timedelta(minutes=9)"
            f" if {rows_of('goodword.leads.models:LeadNote')}.filter(lead=lead).exists() else None, **values)",
        ),
        by=WORKER + LATE,
    ),
    leak(
        "a sealed decision marks both sides again each time it changes",
        "goodword.gates.actions:_seal",
        after(
            "kept.save",
            "from goodword.relationships import waiting\nwaiting.mark(act.relationship, act.now, side=None, seat=None)",
        ),
        by=CHANGED,
    ),
    leak(
        "a changed decision keeps how many first leads were promised before",
        "goodword.gates.actions:_seal",
        value("update_fields", '["choice"]', of="kept.save"),
        by=CHANGED,
    ),
]

LATER = [
    leak(
        "a purpose shown with the hour at which it was first written",
        "goodword.briefings.actions.weighing:show_purpose",
        value("created_at", 'getattr(facts.purpose(seat), "created_at", act.now)', of="ShownPurpose.objects.write"),
        by=DATED + LATE,
    ),
    leak(
        "a name on the table with the hour at which it was kept in the drawer",
        "goodword.leads.actions.giving:_put_name",
        value(
            "created_at",
            'getattr(LeadContact.objects.owned_by(seat).filter(lead=lead).first(), "created_at", act.now)',
            of="LeadPerson.objects.write",
        ),
        by=DATED + LATE,
    ),
    leak(
        "a figure on the table with the hour at which it was reckoned",
        "goodword.leads.actions.keeping:share_money",
        value(
            "created_at",
            'getattr(LeadMoney.objects.owned_by(seat).filter(lead=lead).first(), "created_at", act.now)',
        ),
        by=DATED + LATE,
    ),
    leak(
        "what is taught with the hour at which it was drafted",
        "goodword.teaching.actions:put",
        value(
            "created_at",
            'getattr(TeachingDraft.objects.owned_by(seat).first(), "created_at", act.now)',
            of="TeachingVersion.objects.write",
        ),
        by=DATED + LATE,
    ),
]

SILENCE = [
    leak(
        "the story tells that a lead was taken back",
        "goodword.leads.follows:FOLLOWS",
        value("LEAD_WITHDRAWN", '_lead(JournalLine(_("You took a lead back"), _("%(name)s took a lead back")))'),
        by=BACK + LATE,
    ),
    leak(
        "the story tells every verb, silent or not",
        "goodword.relationships.announcements:lines",
        returned(
            "{verb: follow.journal if isinstance(follow.journal, JournalLine)"
            ' else JournalLine("You did something", "%(name)s did something")'
            " for verb, follow in _follows.items()}"
        ),
        by=QUIET + LATE,
    ),
    leak(
        "the journal keeps the words of an act",
        "goodword.relationships.announcements:_write_journal",
        value("subject", 'str(one.facts.get("words", one.key))[:22]'),
        by=WORDLESS + LATE,
    ),
]

CLOSING = [
    leak(
        "what an empty side kept outlives its last account",
        "goodword.account.actions.closing:_erase",
        call("drawers.empty", "None"),
        by="tests/account/test_closing.py::test_what_was_only_theirs_goes_too_where_it_had_ended_before",
    ),
    leak(
        "a closed account's sessions outlive it",
        "goodword.account.actions.closing:_erase_own_rows",
        call("Session.objects.filter", "Session.objects.none()"),
        by=NOTHING_LEFT,
    ),
    leak(
        "the deletion list says who was deleted",
        "goodword.account.actions.closing:close",
        call("deletions.note", "deletions.note(DELETED, person.email)"),
        by="tests/account/test_closing.py::test_what_was_only_theirs_is_nowhere_any_more",
    ),
    leak(
        "the other side is told that the account was closed",
        "goodword.account.actions.closing:_leave",
        call("leave", "(gates.let_go(seat), gates.leave_a_line(seat, 'The account was closed.'))"),
        by=CLOSED
        + "test_the_other_side_has_the_same_of_whoever_gave_up_their_seat_and_of_whoever_closed_their_account"
        + LATE,
    ),
    leak(
        "a key to sign in with outlives the account",
        "goodword.account.actions.closing:_erase_own_rows",
        call("SignInKey.objects.filter", "SignInKey.objects.none()"),
        by=NOTHING_LEFT,
    ),
    leak(
        "a calendar's address outlives the account",
        "goodword.account.actions.closing:_erase_own_rows",
        condition(
            'model is not Seat and model.__name__ != "Feed" and any(field.name == "person" for field in model._meta.concrete_fields)'
        ),
        by=NOTHING_LEFT,
    ),
]

OPEN_SESSIONS = [
    leak(
        "settings name everybody's browsers",
        "goodword.people.signing_in:sessions_of",
        without("person", of="OpenSession.objects.filter"),
        by=SIGNING + "test_settings_name_ones_own_browsers_and_nobody_elses",
    ),
    leak(
        "whoever signs in next in this browser goes on where the one before was going",
        "goodword.people.signing_in:note_session",
        call("forget_asking", "None"),
        by=SIGNING + "test_whoever_signs_in_next_finds_nothing_of_what_was_asked_for_before",
    ),
    leak(
        "a browser that was signed out keeps its pages",
        "goodword.people.views.account:sign_out",
        returned('[$it.headers.pop("Clear-Site-Data"), $it][1]'),
        by=SIGNING + "test_signing_out_clears_what_the_browser_kept",
    ),
]

CACHED = [
    leak(
        f"{what} kept in memory without whose it is",
        f"{module}:{function}",
        first(f'known = {function}.__dict__.setdefault("known", {{}})\nif {by} in known:\n    return known[{by}]'),
        returned(f"known.setdefault({by}, $it)"),
        by=(HIDDEN if function == "waiting_of" else LOOKED) + when,
    )
    for what, module, function, by, when in (
        ("what is on its way", "goodword.relationships.holding", "waiting_of", "seat.relationship_id", EARLY),
        ("today", "goodword.desk.queries.today", "today", '"today"', LATE),
        ("one's own purpose", "goodword.briefings.queries.facts", "purpose", "seat.relationship_id", LATE),
    )
]

AT_REST = [
    leak(
        "how many first leads are promised lies in clear until the seal opens",
        "goodword.gates.models:Decision",
        value("first_leads", 'models.CharField(max_length=9, blank=True, default="")'),
        by=PLAIN,
    ),
    leak(
        "how many people one knows lies in clear",
        "goodword.briefings.models.weighing:PeopleEstimate",
        value("said", "models.CharField(max_length=13)"),
        by=PLAIN,
    ),
    leak(
        "how a check was answered lies in clear",
        "goodword.reservations.models.checking:ReservationCheck",
        value("answer", "models.CharField(max_length=20)"),
        by=PLAIN,
    ),
]

FIRST_MEETING = [
    leak(
        "the meeting of a letter is on the table only where its writer had not noted it too",
        "goodword.encounters.actions.plans:record_first_meeting",
        value("seen_by_both", "ours"),
        by="tests/relationships/test_met_already.py::"
        "test_the_meeting_a_letter_tells_of_is_on_the_table_whether_or_not_it_was_noted_too[noted]",
    ),
]

BY = "tests/relationships/test_left_writer.py::"

LEFT_WRITER = [
    leak(
        "a letter outlives its writer's account, and its seat is anybody's who has the link",
        "goodword.account.actions.closing:close",
        call("_take_letters_back", "None"),
        by=BY + "test_a_letter_whose_writer_closed_their_account_gives_the_seat_to_nobody_who_holds_its_link[yes]",
    ),
    leak(
        "whoever answers a letter learns that its writer has given up the seat",
        "goodword.relationships.invitations:inviter_seat",
        returned("seats.get(person_id=invitation.inviter_id)"),
        by=BY + "test_whoever_answers_a_letter_does_not_learn_that_its_writer_has_given_up_the_seat[met]",
    ),
    leak(
        "the other side sees to what address one has letters sent now",
        "goodword.account.actions.addresses:carry",
        call(
            "update", '$on.update(joined_address=person.email, joined_shown=f"••@{person.email.partition(chr(64))[2]}")'
        ),
        by=BY + "test_the_other_side_does_not_learn_to_what_address_somebody_has_their_letters_sent_now",
    ),
    leak(
        "a door is there for whoever joined only where the other side had kept it alone",
        "goodword.alone.views.signatures:signed_pages",
        condition("seat.relationship.alone_since is None", before="Http404"),
        by=BY + "test_whoever_joins_does_not_learn_from_any_page_whether_it_was_kept_alone_before",
    ),
    leak(
        "first leads promised to nobody are read after all",
        "goodword.gates.actions:_open_if_both",
        call("_promise_nothing", "None"),
        by="tests/stories/test_gates.py::"
        "test_m29_what_one_side_would_have_promised_is_read_nowhere_where_the_other_said_not_yet",
    ),
]

NEWEST = [
    *LEFT_WRITER,
    *ON_THE_SHEET,
    *HELD_BACK,
    *WAITS,
    *LATER,
    *SILENCE,
    *CLOSING,
    *OPEN_SESSIONS,
    *CACHED,
    *AT_REST,
    *FIRST_MEETING,
]
