"""The door table: every route of the site, with real arguments and who may go through.

A row is a function of the world that returns (label, arguments, holders) for each concrete address of the route. Holders are
those of the signed-in people who may see that very thing; all others get 404. A route without a row fails the tests.
`SENT` says what a form has to send to be answered at all; the other routes are sent an empty form.
"""

from __future__ import annotations

from collections.abc import Callable

from goodword.account.models import ImportedRecord
from goodword.alone.models import Opening
from goodword.briefings.models import (
    AskedQuestion,
    BriefingPoint,
    Criterion,
    OrderProposal,
    PlaybackRound,
    PreparedQuestion,
)
from goodword.desk.views.pages import TABLE_PAGES
from goodword.encounters import calendar_entries
from goodword.encounters.mailing import letters
from goodword.encounters.models import AgendaItem, Encounter, OwnNote, Promise
from goodword.followups.models import Update
from goodword.followups.queries import pages as followups
from goodword.leads import links
from goodword.leads.models import Lead, LeadIdea, LeadNote, LeadReport
from goodword.post.stopping import _signer as stopping
from goodword.profiles.models import OwnFile, ShownFile
from goodword.reservations.models import (
    OwnWorry,
    PreciousLine,
    PrivateReservation,
    Reveal,
    SideReservation,
    TableReservation,
)
from goodword.teaching.models import Approach, TeachingVersion
from tests.house.rows import (
    BY_HERSELF,
    NEVER,
    NEVER_WAS,
    Row,
    finding,
    first,
    mine,
    of_encounter,
    of_lead,
    ours,
    plain,
    relationship,
    shared,
    signed,
    token,
    which,
)
from tests.house.world import OURS, SEATED, SIGNED_IN, World

planned = shared(first(Encounter, "ada", held_at=None, called_off_at=None, planned_at__isnull=False))
asking = shared(lambda world: world.asking)
question = ours(first(PreparedQuestion, "ada"))
one_kept = first(PrivateReservation, "ada")
our_kept = first(SideReservation, "ada", ours=True)
our_tabled = ours(first(TableReservation, "ada", ours=True))
a_line = mine(first(PreciousLine, "ada"))
open_reveal = shared(first(Reveal, "ada", opened_at=None, called_off_at=None))
lead = shared(first(Lead, "ada"))
given = shared(first(Lead, "ada", ours=True))
received = shared(first(Lead, "ada", ours=False))


def kept(world: World) -> list[tuple[str, tuple[object, ...], tuple[str, ...]]]:
    """One reservation in each drawer."""
    return [*mine(one_kept)(world), *ours(our_kept)(world)]


def outward(world: World) -> list[tuple[str, tuple[object, ...], tuple[str, ...]]]:
    """What may go from a drawer to the table: a reservation of either drawer, or a worry."""
    return [*kept(world), *ours(first(OwnWorry, "ada"))(world)]


def own_file(world: World) -> list[tuple[str, tuple[object, ...], tuple[str, ...]]]:
    """A file of Ada's own, and one that never was."""
    file = OwnFile.objects.filter(person=world.ada_person).order_by("id").first()
    assert file is not None
    return [("hers", (file.key,), ("ada",)), ("", (NEVER,), ())]


def by_herself(more: Callable[[World], tuple[object, ...]] = lambda world: ()) -> Row:
    """A page of the relationship that Ada keeps alone, where nobody else sits."""
    return lambda world: [(BY_HERSELF, (world.invited_seat.key, *more(world)), ("ada",))]


DOORS: dict[str, Row] = {
    # people
    "sign-in": plain,
    "sign-in-code": plain,
    "sign-in-link": signed(lambda world: "x" * 43),
    "sign-out": plain,
    "settings": plain,
    "details": plain,
    "zone": plain,
    "which-letters": plain,
    "own-address": plain,
    "is-it-you": plain,
    "sign-in-passkey": plain,
    "by-provider": plain,
    "provider-answer": plain,
    "mfa_authenticate": plain,
    "ways-in": plain,
    "passkey-new": plain,
    "passkey": lambda world: [("hers", (world.passkey,), ("cleo",)), ("", (NEVER,), ())],
    "app": plain,
    "recovery-codes": plain,
    "elsewhere": plain,
    "end-session": lambda world: [("hers", (world.session.key,), ("ada",)), ("", (NEVER,), ())],
    # account
    "addresses": plain,
    "address-new": plain,
    "merge": plain,
    "address-main": lambda world: [("hers", (world.address,), ("cleo",)), ("", (NEVER,), ())],
    "address-away": lambda world: [("hers", (world.address,), ("cleo",)), ("", (NEVER,), ())],
    "stop-or-leave": plain,
    "close-account": plain,
    "letter-times": plain,
    "operator-acts": plain,
    "take-along": plain,
    "how-far": plain,
    "bring-along": plain,
    "brought-along": mine(first(ImportedRecord, "ada")),
    "account-closed": plain,
    # relationships
    "start": plain,
    "invitation": token,
    "not-me": lambda world: token(world)[:1],
    "answered": plain,
    "seat-for-whom": plain,
    "join": plain,
    "letter": relationship,
    "letter-words": relationship,
    "letter-sent": relationship,
    "letter-code": relationship,
    "letter-back": relationship,
    "colleagues": relationship,
    # ops and post
    "livez": plain,
    "offline": plain,
    "service-worker": plain,
    "manifest": plain,
    "readyz": plain,
    "metrics": plain,
    "stop-letters": signed(lambda world: stopping.sign_object(["ben@moor.example", "lead"])),
    # encounters
    "encounters": relationship,
    "encounter-new": relationship,
    "encounter-record": relationship,
    "encounter-first": relationship,
    "encounter-offer": relationship,
    "encounter": lambda world: [
        *planned(world),
        *asking(world),
        *shared(first(Encounter, "ada", held_at__isnull=False))(world),
    ],
    "encounter-change": planned,
    "encounter-off": planned,
    "encounter-attendance": planned,
    "encounter-held": planned,
    "encounter-tabling": planned,
    "encounter-times": asking,
    "encounter-pick": asking,
    "encounter-agenda": planned,
    "agenda-new": planned,
    "agenda-item": of_encounter(first(AgendaItem, "ada", position=0)),
    "agenda-place": of_encounter(first(AgendaItem, "ada", position=0)),
    "encounter-conclusion": shared(first(Encounter, "ada", held_at__isnull=False)),
    "conclusion-confirmation": shared(first(Encounter, "ada", held_at__isnull=False)),
    "encounter-own": planned,
    # Throwing away a note that is not there is no mistake, and says nothing about whether it was.
    "own-note-away": of_encounter(first(OwnNote, "ada")),
    "encounter-rapport": planned,
    "encounter-promises": planned,
    "encounter-thanks": planned,
    "encounter-prepare": planned,
    "promise": shared(first(Promise, "ada")),
    "table": planned,
    "table-state": planned,
    "table-mark": planned,
    "table-note": planned,
    "table-finish": planned,
    "encounter-file": planned,
    "own-calendar": plain,
    "calendar-feed": lambda world: [
        ("hers", (calendar_entries.token_of(world.feed),), ()),
        ("made up", ("x" * 43,), ()),
    ],
    "pick-by-link": signed(lambda world: letters.times_link(world.ada, world.asking).rsplit("times:", 1)[1]),
    # reservations
    "reservations": relationship,
    "reservations-promise": relationship,
    "reservation-words": kept,
    "reservation-settlement": kept,
    "reservation-breaker": kept,
    "reservation-deletion": outward,
    "draft": relationship,
    "reservation-sharing": outward,
    "reservation-to-side": mine(one_kept),
    "leaving": relationship,
    # "It had left already" and "it never was" are one answer.
    "leaving-back": lambda world: [("", (world.key, NEVER), SEATED)],
    # "It has left" and "it never was" are one answer here too.
    "held": lambda world: [("", (world.key, NEVER), SEATED)],
    "tabled": shared(first(TableReservation, "ada")),
    "tabled-settlement": our_tabled,
    "tabled-reopening": our_tabled,
    "tabled-breaker": our_tabled,
    "reservation-check": relationship,
    "unease": relationship,
    "naming": relationship,
    "queasiness": relationship,
    "asking": relationship,
    "finding-words": relationship,
    "finding-question": finding,
    "worries": relationship,
    "ten": relationship,
    "ten-names": relationship,
    "ten-burning": relationship,
    "ten-line": a_line,
    "ten-reason": a_line,
    "together": relationship,
    "together-envelope": open_reveal,
    "together-back": open_reveal,
    "together-calling-off": open_reveal,
    # briefings
    "briefing": relationship,
    "briefing-sheet": relationship,
    "briefing-questions": relationship,
    "briefing-question": question,
    "briefing-question-heard": question,
    "briefing-question-note": question,
    "briefing-asking": relationship,
    "briefing-answers": relationship,
    "briefing-answer": ours(first(AskedQuestion, "ada", ours=False)),
    "briefing-asked-mark": ours(first(AskedQuestion, "ada", ours=True)),
    "briefing-telling": relationship,
    "briefing-telling-note": ours(first(BriefingPoint, "ada")),
    "briefing-order": relationship,
    "briefing-order-answer": shared(first(OrderProposal, "ada")),
    "playback": relationship,
    "saying-back": relationship,
    "playback-reply": ours(first(PlaybackRound, "ada", ours=False)),
    "briefing-of": which,
    "briefing-sheet-of": which,
    "briefing-answers-of": which,
    "playback-of": which,
    "criteria": relationship,
    "criterion": ours(first(Criterion, "ada")),
    "criterion-away": ours(first(Criterion, "ada")),
    "people-known": relationship,
    "purpose": relationship,
    "purpose-showing": relationship,
    "purpose-request": relationship,
    # agreements
    "agreement": relationship,
    "agreement-words": relationship,
    "agreement-acceptance": relationship,
    "agreement-text": relationship,
    "agreement-pdf": relationship,
    # teaching
    "teaching": relationship,
    "own-teaching": plain,
    "teaching-mine": relationship,
    "teaching-reason": relationship,
    "teaching-back": relationship,
    "teaching-approach": relationship,
    "teaching-ours-approach": relationship,
    "teaching-approach-agreement": shared(first(Approach, "ada")),
    "teaching-ours": relationship,
    "teaching-draft": relationship,
    "teaching-preview": relationship,
    "teaching-version": shared(first(TeachingVersion, "ada")),
    "teaching-card": relationship,
    "teaching-card-file": relationship,
    # profiles
    "profile": plain,
    "profile-story": lambda world: [("first", (1,), SIGNED_IN), ("never", (9,), ())],
    "profile-proof": lambda world: [("first", (1,), SIGNED_IN), ("never", (9,), ())],
    "profile-files": plain,
    "profile-file": own_file,
    "profile-file-away": own_file,
    "their-profile": relationship,
    "our-profile": relationship,
    "profile-words": relationship,
    "profile-preview": relationship,
    "shown-file": shared(first(ShownFile, "ada")),
    "teaching-practice": relationship,
    "teaching-practice-answer": relationship,
    "teaching-practice-end": relationship,
    # leads
    "leads": plain,
    "lead-news": plain,
    "person-named": lambda world: [
        ("real", (links.token_of(first(Lead, "ada")(world).pk),), ()),
        ("", ("x" * 43,), ()),
    ],
    "relationship-leads": relationship,
    "leads-file": relationship,
    "lead-give": relationship,
    "lead-from-contact": plain,
    "lead-shared": plain,
    "lead-ideas": relationship,
    "lead-idea-gone": ours(first(LeadIdea, "ada")),
    "lead": lambda world: [*given(world), *received(world)],
    "lead-accept": received,
    "lead-back": received,
    "lead-report": received,
    "lead-report-back": of_lead(first(LeadReport, "ada", ours=True), *OURS),
    "lead-agreement": given,
    "lead-withdraw": given,
    "lead-introduction": given,
    "lead-introduction-send": given,
    "lead-contact": given,
    "lead-note": lead,
    "lead-note-gone": of_lead(first(LeadNote, "ada"), "ada"),
    "lead-worth": lead,
    "lead-worth-share": lead,
    "lead-forget": lead,
    "lead-keep": lead,
    # followups
    "follow-up": relationship,
    "agenda-add": relationship,
    "agenda-strike": relationship,
    "rhythm": relationship,
    "updates": relationship,
    "update-read": shared(first(Update, "ada")),
    "review": relationship,
    "updates-new": plain,
    "updates-for": plain,
    "updates-preview": plain,
    "updates-leaving": plain,
    "updates-drop": plain,
    "slipping": plain,
    # alone
    "start-several": plain,
    "keep-alone": relationship,
    "from-here": lambda world: [*relationship(world), (BY_HERSELF, (world.left_seat.key,), ("ada",))],
    "alone-word": by_herself(),
    "alone-word-back": by_herself(),
    "slip-new": by_herself(),
    "slip": by_herself(lambda world: (world.slip.key,)),
    "slip-gone": by_herself(lambda world: (world.slip.key,)),
    "paper": by_herself(lambda world: ("how-it-works",)),
    "kept-alone": by_herself(lambda world: ("talk",)),
    "record-gone": by_herself(lambda world: ("talk", world.record.key)),
    "signed-pages": by_herself(),
    "signed-page": by_herself(lambda world: (world.signed_page.key,)),
    "signed-page-gone": by_herself(lambda world: (world.signed_page.key,)),
    "opening": relationship,
    "opened": relationship,
    "opened-item": shared(first(Opening, "ada")),
    # gates
    "gate": relationship,
    "gate-result": lambda world: [("g1", (world.key, "g1", 1), SEATED), ("never was", (world.key, "g1", 77), ())],
    "let-go": relationship,
    "giving-up": relationship,
    "pause": relationship,
    "ending": relationship,
    # desk
    "welcome": plain,
    "how-it-works": plain,
    "who-sees-what": plain,
    "today": plain,
    "news-seen": plain,
    "relationships": plain,
    "more": plain,
    "relationship": relationship,
    "what-they-see": relationship,
    "story": relationship,
    "came-of-it": planned,
    "what-they-see-in": lambda world: [
        *((room, (world.key, room), SEATED) for room in TABLE_PAGES),
        (NEVER_WAS, (world.key, "the-cellar"), ()),
    ],
    "show-them": relationship,
    "at-the-table": plain,
    "leave-the-table": plain,
}

SENT: dict[str, Callable[[World], dict[str, str]]] = {
    "draft": lambda world: {"place": "side", "text": "half typed"},
    "agenda-strike": lambda world: {"item": followups.agenda(world.ada)[0].id},
}
