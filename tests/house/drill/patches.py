"""Plausible leaks, each a small patch that somebody might write on a tired afternoon, and the test that must catch it.

`old` stands exactly once in `file`. Whoever changes that line changes the patch here: `test_drill.py` says so. A leak that no
test catches is a missing test.
"""

from __future__ import annotations

from dataclasses import dataclass

ACTS = "tests/house/test_private_acts.py::"
ROWS = ACTS + "test_whatever_is_kept_private_touches_no_row_outside_its_drawer"
SAME = ACTS + "test_whatever_is_kept_private_the_other_side_fetches_the_same_bytes"
LETTERS = ACTS + "test_whatever_is_kept_private_the_letters_say_the_same"
SEALED = ACTS + "test_whatever_ada_answers_chooses_and_decides_the_others_learn_that_and_no_more"
COLLEAGUE = ACTS + "test_a_colleague_fetches_nothing_of_what_is_only_mine"
COLLEAGUE_PAGES = ACTS + "test_what_is_only_mine_leaves_the_pages_of_a_colleague_as_they_were"
COLLEAGUE_ROWS = ACTS + "test_what_is_only_mine_touches_no_row_of_a_colleague"
HIDDEN = ACTS + "test_a_row_in_a_drawer_answers_like_one_that_never_was"
MIRROR = ACTS + "test_what_they_see_is_the_same_whatever_is_kept_private"
LOG = ACTS + "test_no_private_word_is_said_in_a_log"
LOCKS = "tests/house/test_locks.py::"
EARLY, LATE = "[explore]", "[advocate]"

RESERVATIONS = "goodword/reservations/"
VISIBILITY = "goodword/relationships/visibility.py"
# How a patch opens what its lock keeps shut, as somebody would who finds the lock in the way.
OPENED = '.unseal(__import__("goodword.relationships.visibility", fromlist=["SAME_ROW"]).SAME_ROW)'
NOTES = '__import__("goodword.encounters.noted", fromlist=["SideNote"]).SideNote._base_manager'


@dataclass(frozen=True, slots=True)
class Leak:
    """A patch that leaks: in `file`, `old` becomes `new`; the tests of `caught_by` fail with it and pass without."""

    name: str
    file: str
    old: str
    new: str
    caught_by: tuple[str, ...]


LEAKS = [
    # Counts, pages and searches
    Leak(
        "a count of private reservations in a badge on the front page",
        "goodword/desk/queries.py",
        '("reservations", _("Reservations"), Step.EXPLORE)',
        '("reservations", _("Reservations") + f" ({reservations.SideReservation._base_manager.filter('
        'relationship_id=seat.relationship_id).count()})", Step.EXPLORE)',
        (SAME + EARLY,),
    ),
    Leak(
        "the drawers' page without its filter",
        RESERVATIONS + "queries.py",
        '"ours": list(SideReservation.objects.visible_to(seat).order_by("created_at"))',
        '"ours": list(SideReservation._base_manager.filter(relationship_id=seat.relationship_id).order_by("created_at"))',
        (SAME + EARLY,),
    ),
    Leak(
        "preparing for an encounter goes through what both sides hesitate about",
        RESERVATIONS + "queries.py",
        'for row in ours.order_by("created_at")',
        'for row in SideReservation._base_manager.filter(relationship_id=seat.relationship_id, **WAITING).order_by("created_at")',
        (SAME + EARLY,),
    ),
    Leak(
        "what one side calls its own opens to both",
        VISIBILITY,
        '"""Return the rows of this seat\'s side."""\n        rows = self._rows(seat)\n'
        "        return rows.none() if seat.mirror else rows.filter(side_id=seat.side_id)",
        '"""Return the rows of this seat\'s side."""\n        return self._rows(seat)',
        (SAME + EARLY,),
    ),
    Leak(
        "a page query that calls the house",
        RESERVATIONS + "queries.py",
        "SideReservation.objects.owned_by(seat).filter(**WAITING),",
        "SideReservation.objects.for_the_house().filter(relationship_id=seat.relationship_id, **WAITING),",
        ("tests/house/test_words.py::test_only_the_house_itself_reads_both_sides",),
    ),
    Leak(
        "a page query that goes round the lock by Django's own manager",
        RESERVATIONS + "queries.py",
        "SideReservation.objects.owned_by(seat).filter(**WAITING),",
        "SideReservation._base_manager.filter(relationship_id=seat.relationship_id, **WAITING),",
        (LOCKS + "test_nobody_goes_round_a_lock_by_djangos_own_manager",),
    ),
    Leak(
        "a search over the other side's notes",
        "goodword/encounters/history.py",
        '*SideNote.objects.visible_to(seat).select_related("encounter"),',
        '*SideNote._base_manager.filter(relationship_id=seat.relationship_id).select_related("encounter"),',
        (SAME + EARLY,),
    ),
    Leak(
        "an agenda with what would make it a good hour for the other",
        "goodword/encounters/queries.py",
        '"hint": wording.item_said(item.hint),',
        f'"hint": " ".join([wording.item_said(item.hint), *(note.text{OPENED} for note in {NOTES}.filter(encounter=encounter))]),',
        (SAME + EARLY,),
    ),
    Leak(
        "a calendar feed with notes",
        "goodword/encounters/calendar.py",
        'f"DESCRIPTION:{link}",',
        f'f"DESCRIPTION:{{link}} " + " ".join(note.text{OPENED} for note in {NOTES}.filter(encounter__key=entry.key)),',
        (SAME + EARLY,),
    ),
    Leak(
        "a spreadsheet with what a lead was worth to somebody",
        "goodword/leads/queries.py",
        "            row.lead.why,\n        ]",
        '            row.lead.why,\n            " ".join(each.money' + OPENED + " for each in "
        '__import__("goodword.leads.drawers", fromlist=["LeadMoney"]).LeadMoney._base_manager.filter(lead=row.lead)),\n        ]',
        (SAME + LATE,),
    ),
    Leak(
        "a reminder of what one side cannot name goes to both",
        RESERVATIONS + "queries.py",
        "rows = NamingIntention.objects.visible_to(seat).filter(named_at=None, let_go_at=None)",
        "rows = NamingIntention._base_manager.filter(relationship_id=seat.relationship_id, named_at=None, let_go_at=None)",
        (SAME + EARLY,),
    ),
    # At the gate
    Leak(
        "a gate that says why the other is not ready",
        "goodword/gates/queries.py",
        '"question": _(words.question),',
        '"question": _(words.question) + (f" {seat.other.first_name} still hesitates." if reservations.SideReservation._base_manager'
        '.filter(relationship_id=seat.relationship_id, side_id=seat.other_id, settled_at=None, to_table_at=None).exists() else ""),',
        (SAME + EARLY,),
    ),
    Leak(
        "a refusal that names what the other side has not settled",
        "goodword/gates/actions.py",
        "        if standing.missing:\n            raise Refusal(missing_sentence(standing.missing[0], seat))",
        "        from goodword.reservations.models import SideReservation\n\n"
        "        theirs = SideReservation._base_manager.filter(relationship_id=seat.relationship_id, side_id=seat.other_id)\n"
        "        if theirs.filter(settled_at=None, to_table_at=None).exists():\n"
        '            raise Refusal(f"{seat.other.first_name} has reservations that are not settled.")\n'
        "        if standing.missing:\n            raise Refusal(missing_sentence(standing.missing[0], seat))",
        (SAME + EARLY,),
    ),
    Leak(
        "a sealed decision in the journal",
        "goodword/gates/actions.py",
        'act.tell("decided", standing.gate.id)',
        'act.tell("decided", f"{standing.gate.id}:{choice.value}")',
        (SEALED + EARLY,),
    ),
    Leak(
        "a letter that tells what was decided",
        "goodword/gates/actions.py",
        'once=f"decided:{rows[0].pk}", name=act.seat.side.first_name,',
        'once=f"decided:{rows[0].pk}", name=f"{act.seat.side.first_name} ({rows[0].choice.unseal(act.seat)})",',
        (SEALED + EARLY,),
    ),
    Leak(
        "the answer of a check in the journal",
        RESERVATIONS + "actions/checking.py",
        'act.tell("check_done")',
        'act.tell("check_done", answer.value)',
        (SEALED + EARLY,),
    ),
    Leak(
        "a check that counts as done only when there was nothing",
        RESERVATIONS + "actions/checking.py",
        "        CheckDone.objects.write(seat, step=act.relationship.step, created_at=act.now)",
        "        if answer is Answer.NOTHING:\n            CheckDone.objects.write(seat, step=act.relationship.step, created_at=act.now)",
        (SEALED + EARLY,),
    ),
    Leak(
        "how much lies in an envelope, in the journal",
        RESERVATIONS + "actions/together.py",
        'act.tell("reveal_ready", reveal.key)',
        'act.tell("reveal_ready", str(len(rows)))',
        (SEALED + EARLY,),
    ),
    Leak(
        "an empty envelope that does not look ready",
        RESERVATIONS + "queries.py",
        '"theirs_ready": seat.other_id in ready,',
        '"theirs_ready": seat.other_id in ready and RevealEntry._base_manager.filter(reveal=live, side_id=seat.other_id).exists(),',
        (SEALED + EARLY,),
    ),
    # Letters
    Leak(
        "a letter that quotes what was kept private",
        RESERVATIONS + "actions/keeping.py",
        "        forget_draft(seat, place or drawer)\n",
        "        forget_draft(seat, place or drawer)\n        from goodword.reservations import mailing\n\n"
        '        mailing.to_other_side(seat, "reservations-asked", name=text[:40], link=mailing.address_of(seat, "reservations"))\n',
        (LETTERS + EARLY,),
    ),
    Leak(
        "a letter that quotes what was put on the table",
        RESERVATIONS + "mailing.py",
        'to_other_side(seat, "on-the-table", once=f"tabled:{row.key}", name=seat.side.first_name, link=link)',
        'to_other_side(seat, "on-the-table", once=f"tabled:{row.key}", name=f"{seat.side.first_name}: {row.text[:60]}", link=link)',
        ("tests/stories/test_reservations.py::test_m14_the_letter_says_that_something_lies_there_and_not_what",),
    ),
    Leak(
        "a reminder with what one side hopes for",
        "goodword/encounters/reminders.py",
        "lines = mailing.agenda_said(items)",
        f'lines = mailing.agenda_said(items) + [note.text{OPENED} for note in {NOTES}.filter(encounter=encounter, what="hope")]',
        (LETTERS + EARLY,),
    ),
    Leak(
        "a lead's name in the letter, before they agreed",
        "goodword/leads/giving.py",
        'mailing.tell(seat, "lead", lead, "given", act.now, facts=facts, why=why)',
        'mailing.tell(seat, "lead", lead, "given", act.now, facts=facts, why=f"{why} {name}".strip())',
        ("tests/leads/test_actions.py::test_before_they_agreed_no_letter_and_no_list_holds_their_name",),
    ),
    Leak(
        "the draft of an introduction on the page of its lead",
        "goodword/leads/queries.py",
        "introduced = LeadIntroduction.objects.visible_to(seat).filter(lead=lead).first()",
        "introduced = LeadIntroduction.objects.visible_to(seat).filter(lead=lead).first() or next((LeadIntroduction("
        f"text=each.text{OPENED}, created_at=each.created_at) for each in "
        '__import__("goodword.leads.drawers", fromlist=["LeadLetter"]).LeadLetter._base_manager.filter(lead=lead)), None)',
        ("tests/leads/test_introductions.py::test_an_introduction_is_drafted_from_the_words_taught_and_goes_to_both_as_it_was_read",),
    ),
    Leak(
        "gathered news that says whom it is about",
        "goodword/leads/gathered.py",
        '"partner": seat.other.first_name',
        '"partner": f"{seat.other.first_name}, {lead.description}"',
        ("tests/leads/test_news.py::test_gathered_news_is_one_letter_in_the_giver_s_own_morning_and_names_nobody",),
    ),
    Leak(
        "a letter that went and is kept",
        "goodword/post/delivery.py",
        'update(content=b"", claimed_until=None, **what)',
        "update(claimed_until=None, **what)",
        ("tests/ops/test_worker.py::test_a_letter_that_went_leaves_nothing_of_its_content",),
    ),
    Leak(
        "an invitation that shows to whom it was written",
        "goodword/relationships/parts/letter.html",
        '{{ _("For %(name)s", name=asked.person_name) }}',
        '{{ _("For %(name)s", name=asked.person_name) }} ({{ invitation.address }})',
        ("tests/relationships/test_invitations.py::test_the_bare_link_shows_names_and_words_and_nothing_else",),
    ),
    # Traces: times, order, journal, logs
    Leak(
        "the other side's row touched by a private act",
        "goodword/relationships/acting.py",
        "projection.refresh(relationship, None if act.told else seat.side_id, act.now, only_seat)",
        "projection.refresh(relationship, None, act.now, only_seat)",
        (ROWS + EARLY,),
    ),
    Leak(
        "a colleague's row touched by what is only mine",
        "goodword/relationships/acting.py",
        "only_seat = seat.pk if only_me and not act.told else None",
        "only_seat = None",
        (COLLEAGUE_ROWS + EARLY,),
    ),
    Leak(
        "leads sorted by when somebody wrote a private note",
        "goodword/leads/keeping.py",
        "        LeadNote.objects.write(seat, lead=lead, text=text)",
        "        row = LeadNote.objects.write(seat, lead=lead, text=text)\n"
        "        Lead.objects.visible_to(seat).filter(pk=lead.pk).update(moved_at=row.created_at)",
        (ROWS + LATE,),
    ),
    Leak(
        "a journal line for what was kept private",
        RESERVATIONS + "actions/keeping.py",
        "        forget_draft(seat, place or drawer)\n",
        '        forget_draft(seat, place or drawer)\n        act.tell("kept", row.key)\n',
        (ROWS + EARLY,),
    ),
    Leak(
        "a log line with the text",
        RESERVATIONS + "actions/keeping.py",
        "        forget_draft(seat, place or drawer)\n",
        '        forget_draft(seat, place or drawer)\n        __import__("logging").getLogger("goodword").info("kept %s", text)\n',
        (LOG + EARLY,),
    ),
    Leak(
        "the copy on the table keeps the hour at which it was written",
        RESERVATIONS + "actions/sharing.py",
        'turned=leaving.drawer == "worry", state_at=now, created_at=now',
        'turned=leaving.drawer == "worry", state_at=now, created_at=leaving.created_at',
        ("tests/stories/test_reservations.py::test_m14_the_copy_on_the_table_has_no_history",),
    ),
    Leak(
        "what is put on the table leaves at once",
        RESERVATIONS + "actions/sharing.py",
        "leaves_at=act.now + WINDOW,",
        "leaves_at=act.now,",
        ("tests/stories/test_reservations.py::test_m14_putting_one_on_the_table_is_looked_at_confirmed_and_leaves_after_thirty_seconds",),
    ),
    # Colleagues, mirrors and phones on tables
    Leak(
        "a colleague finds what is only mine",
        VISIBILITY,
        "rows.filter(side_id=seat.side_id, author_id=seat.person_id)",
        "rows.filter(side_id=seat.side_id)",
        (COLLEAGUE + EARLY,),
    ),
    Leak(
        "a colleague may unseal what is only mine",
        VISIBILITY,
        "return not seat.mirror and seat.side_id == self.side_id and seat.person_id == self.author_id",
        "return not seat.mirror and seat.side_id == self.side_id",
        (LOCKS + "test_sealed_text_opens_for_those_its_lock_names_and_nobody_else",),
    ),
    Leak(
        "the precious ten of a colleague",
        RESERVATIONS + "queries.py",
        'rounds = list(PreciousRound.objects.visible_to(seat).order_by("-created_at", "-id")[:2])',
        'rounds = list(PreciousRound._base_manager.filter(side_id=seat.side_id).order_by("-created_at", "-id")[:2])',
        (COLLEAGUE_PAGES + EARLY,),
    ),
    Leak(
        "what they see, drawn from my own seat",
        "goodword/desk/views.py",
        "mirror = seat.held_up()",
        "mirror = seat",
        (MIRROR + EARLY,),
    ),
    Leak(
        "a mirror that opens the other side's drawers",
        VISIBILITY,
        '"""Return the rows of this seat\'s side."""\n        rows = self._rows(seat)\n'
        "        return rows.none() if seat.mirror else rows.filter(side_id=seat.side_id)",
        '"""Return the rows of this seat\'s side."""\n        rows = self._rows(seat)\n        return rows.filter(side_id=seat.side_id)',
        ("tests/reservations/test_pages.py::test_what_they_see_is_the_same_whatever_lies_in_my_drawers",),
    ),
    Leak(
        "a phone on the table that opens every page",
        "goodword/relationships/doorway.py",
        "            if lies_on_the_table(request):\n",
        "            if False:\n",
        ("tests/desk/test_at_the_table.py::test_a_phone_on_the_table_opens_no_page_but_the_table",),
    ),
    Leak(
        "a phone on the table that any code picks up",
        "goodword/desk/table.py",
        'if signing_in.redeem_code(down.get("asked", ""), form.cleaned_data["code"]):',
        'if "asked" in down:',
        ("tests/desk/test_at_the_table.py::test_a_code_by_mail_picks_it_up_again_once_and_five_wrong_ones_spend_it",),
    ),
    Leak(
        "a way back whose letter says its code in the subject",
        "goodword/people/mailing.py",
        "subject=_subject_of_way_back,",
        "subject=_subject,",
        ("tests/desk/test_at_the_table.py::test_a_code_by_mail_picks_it_up_again_once_and_five_wrong_ones_spend_it",),
    ),
    Leak(
        "private pages kept by the browser",
        "goodword/ui/shield.py",
        'answer.headers.setdefault("Cache-Control", "no-store")',
        'answer.headers.setdefault("Cache-Control", "private")',
        ("tests/desk/test_at_the_table.py::test_no_page_is_kept_by_the_browser",),
    ),
    # Doors, locks and seals
    Leak(
        "a route without a door",
        "goodword/desk/views.py",
        '@seated("GET")\ndef what_they_see(',
        "def what_they_see(",
        ("tests/house/test_doors.py::test_every_route_declares_its_door_and_stands_in_the_table",),
    ),
    Leak(
        "what is hidden is refused, what never was is not found",
        "goodword/relationships/doorway.py",
        "    if row is None:\n        raise Http404",
        "    if row is None and rows.model._base_manager.filter(key=key).exists():\n"
        '        raise __import__("django.core.exceptions", fromlist=["x"]).PermissionDenied\n'
        "    if row is None:\n        raise Http404",
        (HIDDEN + EARLY,),
    ),
    Leak(
        "somebody who gave up their seat still gets in",
        "goodword/relationships/doorway.py",
        ".filter(person=person, relationship_key=key, left_at=None)",
        ".filter(person=person, relationship_key=key)",
        ("tests/relationships/test_pages.py::test_somebody_who_gave_up_their_seat_finds_none_of_it",),
    ),
    Leak(
        "a sealed value that shows itself when printed",
        "goodword/ground/sealing.py",
        "    __str__ = __repr__ = __format__ = __html__ = __eq__",
        "    def __str__(self) -> str:\n        return self._read()\n\n    __repr__ = __format__ = __html__ = __eq__",
        (LOCKS + "test_a_sealed_value_cannot_be_shown_compared_or_counted",),
    ),
    Leak(
        "a sealed value that asks nobody who they are",
        "goodword/ground/sealing.py",
        "        if not self._may(seat):\n",
        "        if False:\n",
        (LOCKS + "test_a_sealed_value_opens_for_nobody_its_lock_does_not_name",),
    ),
    Leak(
        "a drawer that is on the table",
        RESERVATIONS + "models/drawers.py",
        "class OwnWorry(Ours):",
        'class OwnWorry(__import__("goodword.relationships.visibility", fromlist=["Shared"]).Shared):',
        (LOCKS + "test_sealed_text_lies_only_in_drawers",),
    ),
    Leak(
        "a model of a relationship without a lock",
        RESERVATIONS + "models/drawers.py",
        "class PromiseRead(Mine):",
        'class PromiseRead(__import__("goodword.relationships.visibility", fromlist=["Locked"]).Locked):',
        (LOCKS + "test_a_model_of_a_relationship_takes_exactly_one_lock",),
    ),
    Leak(
        "a drawer whose text is not sealed",
        RESERVATIONS + "models/drawers.py",
        "    text = SealedText()\n    saved_at",
        "    text = models.TextField()\n    saved_at",
        (LOCKS + "test_free_text_in_a_drawer_is_sealed",),
    ),
    # At rest
    Leak(
        "session keys in clear",
        "goodword/people/sessions.py",
        'return hashlib.sha256((session_key or "").encode()).hexdigest()[:40]',
        'return (session_key or "")[:40]',
        ("tests/people/test_signing_in.py::test_a_stolen_database_opens_no_session",),
    ),
    Leak(
        "letters in clear while they wait",
        "goodword/post/outbox.py",
        "letter.content = settings.KEY_RING.seal(json.dumps(values), _place(letter))",
        "letter.content = json.dumps(values).encode()",
        ("tests/house/test_at_rest.py",),
    ),
    Leak(
        "private text in clear beside its seal",
        RESERVATIONS + "actions/sharing.py",
        "            source=row.key,\n            leaves_at",
        "            source=row.text.unseal(seat)[:22],\n            leaves_at",
        ("tests/house/test_at_rest.py",),
    ),
    Leak(
        "a secret link in the log",
        "goodword/ui/scrubbing.py",
        "|person|calendar|",
        "|calendar|",
        ("tests/ops/test_scrubbing.py::test_a_link_that_opens_something_is_hidden",),
    ),
]
