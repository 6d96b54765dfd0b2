"""One careful person keeps the whole method by themselves, from paper and talk, and opens it on the day the other joins (M4)."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone
from pypdf import PdfReader

from goodword.agreements import queries as agreements
from goodword.agreements.models import AgreementVersion
from goodword.alone import paper
from goodword.alone.actions import opening, records
from goodword.alone.models import Opening, Record
from goodword.alone.queries import pages
from goodword.alone.rules import Direction
from goodword.alone.waiting import waiting as alone_waiting
from goodword.briefings.actions import weighing
from goodword.briefings.rules import PeopleRange
from goodword.ground.refusals import Refusal
from goodword.leads.actions import giving
from goodword.leads.models import Lead
from goodword.leads.queries import listing, offering
from goodword.people.models import Person
from goodword.playbook.shelf import playbook
from goodword.relationships import holding, invitations, starting
from goodword.relationships import waiting as rows
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Relationship, Seat, Side
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Shared
from goodword.ui.doors import routes
from tests.agreements.reading import filled
from tests.cast import Cast, colleague, person, signed_in
from tests.house.small import work
from tests.house.test_bad_input import Fields
from tests.house.world import known_keys, masked, read, read_letter
from tests.leads.address_books import card

NAME = "Tom Hale"


class Alone:
    """Ruth, who keeps her relationship with Tom by herself."""

    def __init__(self) -> None:
        self.ruth = person("Ruth Adeyemi", "ruth@adeyemi.example", "Adeyemi Law")
        self.browser: Client = signed_in(self.ruth)
        self.browser.post(reverse("start"), {"name": NAME, "how": "alone"})
        self.key = Relationship.objects.get().key

    @property
    def seat(self) -> Seat:
        """Her seat, as it is now."""
        return seat_of(self.ruth, self.key)

    def url(self, route: str, *more: object) -> str:
        """Return an address in the relationship."""
        return reverse(route, args=[self.key, *more])

    def page(self, route: str = "relationship", *more: object) -> str:
        """Return a page as she reads it."""
        return self.browser.get(self.url(route, *more)).content.decode()

    def meet(self) -> None:
        """Say that they met, and that nothing stands in the way."""
        self.browser.post(
            self.url("encounter-record"), {"happened_on": timezone.localdate().isoformat(), "kind": "meeting"}
        )

    def on(self) -> None:
        """Say for both that they go on."""
        gate = {1: "g1", 2: "g2a", 3: "g2b", 4: "g3"}[self.seat.relationship.step]
        answer = self.browser.post(self.url("alone-word"), {"choice": "go_on", "gate": gate})
        assert answer.status_code == 302, answer.content.decode()

    def to(self, step: Step) -> None:
        """Walk alone to a step by the real pages."""
        while self.seat.at < step:
            self.meet()
            self.see_to_what_is_needed()
            self.on()

    def see_to_what_is_needed(self) -> None:
        """Do, by the pages that wait, what this step needs of her alone."""
        at = self.seat.at
        if at > Step.EXPLORE:
            self.browser.post(self.url("reservation-check"), {"answer": "nothing"})
        if at is Step.FIRST_BRIEFING:
            self.browser.post(self.url("people-known"), {"said": PeopleRange.SOME.value})
            weighing.find_all_met(self.seat)
        if at is Step.SECOND_BRIEFING:
            self.browser.post(self.url("purpose"), {"text": "To be of use to him."})
        if at is Step.AGREE:
            page = self.url("kept-alone", "agreement")
            self.browser.post(page, filled(self.browser, page))


@pytest.fixture
def alone(db: None) -> Alone:
    """Return Ruth, who has begun without an invitation."""
    return Alone()


def seen_on(answer: Any) -> str:
    """Return the print of the words a page shows."""
    return str(answer.content.decode()).split('name="seen" value="')[1].split('"')[0]


def join(alone: Alone) -> tuple[Person, Client]:
    """Have Tom invited, answer, and take his seat."""
    letter = invitations.write(alone.seat, words="Have a look.", address="tom@hale.example")
    invitations.offer(alone.seat, by_mail=False)
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    tom = person("Tom Hale", "tom@hale.example", "Hale Kitchens")
    invitations.join(tom, letter)
    return tom, signed_in(tom)


def test_begun_without_an_invitation_nothing_is_sent_and_nothing_asks_for_a_letter(alone: Alone) -> None:
    page = alone.page()
    assert "isn’t in Goodword" in page and "We met" in page
    assert mail.outbox == []
    waits = rows.as_it_is(alone.seat, timezone.now())
    assert [wait.kind for wait in waits] == ["plan"]


def test_it_can_be_kept_alone_at_any_time_before_they_join(db: None) -> None:
    ruth = person("Ruth Adeyemi", "ruth@adeyemi.example", "Adeyemi Law")
    seat = starting.start(ruth, name=NAME)
    browser = signed_in(ruth)
    assert "Without an invitation for now" in browser.get(reverse("relationship", args=[seat.key])).content.decode()
    browser.post(reverse("keep-alone", args=[seat.key]))
    assert "isn’t in Goodword" in browser.get(reverse("relationship", args=[seat.key])).content.decode()


def test_the_whole_path_is_walked_alone_from_a_first_coffee_to_leads_both_ways(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    for number, way in enumerate(("given", "received") * 3):
        alone.browser.post(alone.url("slip-new"), {"whom": f"Person {number}", "way": way, "why": "Moving house"})
    page = alone.page()
    assert page.count("What came of it?") == 6
    slip = pages.slips(alone.seat)[0]
    alone.browser.post(alone.url("slip", slip.key), {"outcome": "client"})
    assert "They became a client" in alone.page()
    assert mail.outbox == []


def test_a_gate_asks_first_for_what_one_can_do_alone(alone: Alone) -> None:
    answer = alone.browser.post(alone.url("alone-word"), {"choice": "go_on", "gate": "g1"})
    assert answer.status_code == 200 or answer.status_code == 422
    assert alone.seat.at is Step.EXPLORE
    alone.meet()
    alone.on()
    assert alone.seat.at is Step.FIRST_BRIEFING
    assert "reservation" in alone.page().lower()


def test_a_word_can_be_taken_back(alone: Alone) -> None:
    alone.to(Step.FIRST_BRIEFING)
    alone.browser.post(alone.url("alone-word-back"))
    assert alone.seat.at is Step.EXPLORE


def test_the_gate_names_the_day_one_met_and_not_the_day_it_was_written_down(alone: Alone) -> None:
    met = timezone.localdate() - timedelta(days=2)
    alone.browser.post(alone.url("encounter-record"), {"happened_on": met.isoformat(), "kind": "meeting"})
    assert f'You met on <time datetime="{met.isoformat()}">' in alone.page()


def test_no_page_kept_alone_says_that_the_other_side_sees_something_or_leads_to_one_for_two(alone: Alone) -> None:
    alone.to(Step.FIRST_BRIEFING)
    check = alone.browser.post(alone.url("reservation-check"), {"answer": "nothing"}, follow=True).content.decode()
    for page in (check, alone.page("reservation-check")):
        assert "sees that you have answered" not in page
    for route in ("people-known", "criteria", "purpose"):
        page = alone.page(route)
        assert "Both sides." not in page and alone.url("briefing") not in page
    answer = alone.browser.post(alone.url("people-known"), {"said": PeopleRange.SOME.value})
    assert answer.headers["Location"] == alone.url("relationship")


def test_what_is_folded_says_what_is_in_it(alone: Alone) -> None:
    alone.to(Step.FIRST_BRIEFING)
    assert "The agreement, what to say, and the rest" not in alone.page() and "What else you keep" in alone.page()


def test_not_yet_rests_for_two_weeks(alone: Alone) -> None:
    alone.meet()
    alone.browser.post(alone.url("alone-word"), {"choice": "not_yet", "gate": "g1"})
    assert [wait.kind for wait in rows.as_it_is(alone.seat, timezone.now())] == []


def test_who_joins_finds_nothing_of_the_time_before(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    alone.browser.post(alone.url("kept-alone", "talk"), {"text": "He wants weddings."})
    alone.browser.post(alone.url("slip-new"), {"whom": "Mrs Sorrell", "way": "given", "why": "Moving house"})
    _, toms = join(alone)
    for route in ("relationship", "story", "encounters", "agreement", "relationship-leads", "opened", "reservations"):
        page = toms.get(alone.url(route)).content.decode()
        assert "weddings" not in page and "Sorrell" not in page and "go on, on" not in page
    assert seat_of(alone.ruth, alone.key).at is Step.EXPLORE


def test_what_is_opened_is_confirmed_corrected_or_taken_away_and_both_go_on_from_there(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    alone.browser.post(alone.url("kept-alone", "for-them"), {"text": "Kitchens in old houses."})
    alone.browser.post(alone.url("kept-alone", "talk"), {"text": "He likes hills."})
    alone.browser.post(alone.url("kept-alone", "reservation"), {"text": "We are dear."})
    tom, toms = join(alone)
    shown = alone.browser.get(alone.url("opening"))
    assert "We are dear" not in shown.content.decode(), "their reservations are theirs to write"
    chosen = re.findall(r'name="chosen" value="([^"]+)"', shown.content.decode())
    alone.browser.post(alone.url("opening"), {"seen": seen_on(shown), "chosen": chosen})
    assert not Opening.objects.unscoped().exists(), "half a minute to take it back"
    holding.release_due(timezone.now() + holding.WINDOW)
    mine = {one.sort: one for one in Opening.objects.unscoped()}
    assert set(mine) == {"step", "agreement", "for-them", "talk"}
    assert "is_it_so" in [wait.kind for wait in rows.as_it_is(seat_of(tom, alone.key), timezone.now())]
    for sort in ("step", "agreement"):
        toms.post(alone.url("opened-item", mine[sort].key), {"said": "yes"})
    toms.post(alone.url("opened-item", mine["talk"].key), {"said": "no"})
    toms.post(alone.url("opened-item", mine["for-them"].key), {"text": "Kitchens, in houses of any age."})
    assert seat_of(tom, alone.key).at is Step.ADVOCATE
    assert agreements.in_force(seat_of(tom, alone.key)) is not None
    assert "He likes hills" not in alone.page("opened")
    corrected = Opening.objects.unscoped().get(replaces=mine["for-them"])
    alone.browser.post(alone.url("opened-item", corrected.key), {"said": "yes"})
    page = toms.get(alone.url("opened")).content.decode()
    assert "houses of any age" in page and "You have both confirmed" in page
    assert "Give a lead" in toms.get(alone.url("relationship")).content.decode()


def test_words_changed_since_they_were_looked_at_do_not_cross(alone: Alone) -> None:
    alone.browser.post(alone.url("kept-alone", "talk"), {"text": "He likes hills."})
    record = Record.objects.unscoped().get()
    join(alone)
    seen = seen_on(alone.browser.get(alone.url("opening")))
    record.text = "He likes quarrels."
    record.save(update_fields=["text"])
    answer = alone.browser.post(alone.url("opening"), {"seen": seen, "chosen": [record.key]})
    assert "changed since you looked" in answer.content.decode()
    assert not holding.PendingAct.objects.unscoped().exists()


def test_several_are_begun_from_a_contact_file_of_which_only_who_they_are_is_kept(alone: Alone) -> None:
    book = card("N:Oak;Ann", "FN:Ann Oak", "ORG:Oak & Sons", "TEL:+441614960111", "NOTE:secret") + card("FN:Bob Elm")
    file = SimpleUploadedFile("people.vcf", book)
    alone.browser.post(reverse("start-several"), {"names": "Cy Ash\nBob Elm", "card": file})
    sides = set(Side.objects.filter(role="invited").values_list("person_name", "business_name"))
    assert sides == {(NAME, ""), ("Ann Oak", "Oak & Sons"), ("Bob Elm", ""), ("Cy Ash", "")}
    assert mail.outbox == []
    for wrong in (b"no card at all", b"".join(card(f"FN:Contact {n}") for n in range(60))):
        answer = alone.browser.post(reverse("start-several"), {"names": "", "card": SimpleUploadedFile("x.vcf", wrong)})
        assert answer.status_code in (200, 422) and "contact" in answer.content.decode()
    assert "Write a name" in alone.browser.post(reverse("start-several"), {"names": " "}).content.decode()
    assert Side.objects.filter(role="invited").count() == 4


def test_several_are_begun_at_once_and_none_is_written_to(alone: Alone) -> None:
    alone.browser.post(reverse("start-several"), {"names": "Ann Oak\n\nBob Elm\nAnn Oak\n"})
    assert Seat.objects.filter(person=alone.ruth).count() == 3
    assert mail.outbox == []


@pytest.mark.parametrize("sheet", paper.SHEETS, ids=lambda sheet: sheet.name)
def test_each_sheet_is_one_or_two_pages_and_has_nothing_private(alone: Alone, sheet: paper.Sheet) -> None:
    alone.to(sheet.first)
    alone.browser.post(alone.url("kept-alone", "reservation"), {"text": "Canary of a doubt."})
    answer = alone.browser.get(alone.url("paper", sheet.name))
    assert answer.status_code == 200
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) in (1, 2)
    assert "Canary" not in text and len(text) > 60


READ = (
    "relationship",
    "story",
    "encounters",
    "agreement",
    "relationship-leads",
    "opened",
    "opening",
    "reservations",
    "gate",
)
READ_TOO = ("criteria", "purpose", "colleagues", "teaching", "follow-up", "what-they-see", "their-profile", "briefing")


def test_the_sheet_for_a_follow_up_has_a_follow_ups_own_agenda(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    sheet = alone.browser.get(alone.url("paper", "agenda")).content
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages).split())
    own = [item.text for item in playbook().agenda("advocate").items if item.id.startswith("follow_")]
    assert len(own) > 10 and [item for item in own if item not in text] == []


# What ends it, calls the other in, keeps a seat for somebody, or leaves the telephone on the table.
NOT_PRESSED = {
    "let-go",
    "letter-words",
    "letter-sent",
    "letter-code",
    "letter-back",
    "letter",
    "colleagues",
    "alone-word-back",
    "show-them",
}


def press_everything(alone: Alone, line: str = "A line of words.") -> int:
    """Press every form on every page of the relationship, each button once with a line in every box; return how many."""
    pressed = 0
    for path, pattern in routes():
        view: Any = pattern.callback
        if view.door != "seated" or path.count("<") > 1 or pattern.name in NOT_PRESSED:
            continue
        own = alone.url(str(pattern.name))
        page = alone.browser.get(own, follow=True)
        body = b"".join(page).decode(errors="replace") if page.status_code == 200 else ""
        sent = dict[str, dict[str, str | None]](Fields(body, own).forms)
        if "POST" in view.methods:
            sent.setdefault(own, {"text": None, "words": None, "why": None})
        for address, fields in sent.items():
            name = resolve(address).url_name if address.startswith(f"/r/{alone.key}") else ""
            if not name or name in NOT_PRESSED:
                continue
            today = timezone.localdate().isoformat()
            typed = {field: today if field.endswith("_on") else line for field in fields}
            filled_in = typed | {field: value for field, value in fields.items() if value is not None}
            answer = alone.browser.post(address, filled_in)
            assert answer.status_code in (200, 302, 400, 404, 405, 409, 422), (address, answer.status_code)
            pressed += 1
    return pressed


def test_no_form_pressed_while_one_keeps_it_alone_lays_a_row_on_the_table(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    assert press_everything(alone) > 40
    models: list[Any] = [one for one in apps.get_models() if issubclass(one, Shared)]
    laid = {one.__name__ for one in models if one.objects.unscoped().exists()}
    assert laid == {one.__name__ for one in models if one.also_alone} & laid
    with pytest.raises(Refusal):
        AgreementVersion.objects.write(alone.seat, number=1)


def test_what_takes_two_leads_to_where_one_keeps_it_alone(alone: Alone, cast: Cast) -> None:
    alone.to(Step.ADVOCATE)
    for route in ("agreement", "teaching-mine", "relationship-leads", "follow-up", "gate", "playback", "pause"):
        assert alone.browser.get(alone.url(route))["Location"] == alone.url("relationship"), route
        assert cast.ada_browser.get(reverse(route, args=[cast.key])).headers.get("Location") != f"/r/{cast.key}"


def as_tom_reads(rich: bool, press: bool = False) -> dict[str, str]:
    """Return all that Tom reads once he has joined, where Ruth kept much alone before (or pressed all there was to press), or
    nothing; undone afterwards.
    """
    with transaction.atomic(), time_machine.travel(datetime(2026, 5, 22, 9, tzinfo=UTC), tick=False) as clock:
        alone = Alone()
        if rich:
            alone.to(Step.ADVOCATE)
            for sort in ("talk", "reservation", "understood", "for-me", "follow-up"):
                alone.browser.post(alone.url("kept-alone", sort), {"text": f"Said of {sort}"})
            alone.browser.post(alone.url("slip-new"), {"whom": "Mrs Sorrell", "way": "received", "why": "Moving"})
            if press:
                press_everything(alone)
        clock.shift(timedelta(days=1))
        tom, browser = join(alone)
        clock.shift(timedelta(hours=1))
        work(timezone.now())
        keys, found = known_keys(), dict[str, str]()
        for route in (*READ, *READ_TOO):
            found[route] = masked(read(browser.get(alone.url(route))), keys)
        for route in ("today", "relationships", "leads", "slipping"):
            found[route] = masked(read(browser.get(reverse(route))), keys)
        his: list[Any] = [one for one in mail.outbox if tom.email in one.to]
        found["letters"] = "\n".join(masked(read_letter(one), keys) for one in his)
        transaction.set_rollback(True)
    mail.outbox.clear()
    return found


def test_whether_and_what_was_kept_alone_makes_no_difference_to_a_byte_of_what_the_other_reads(db: None) -> None:
    nothing, much = as_tom_reads(rich=False), as_tom_reads(rich=True)
    assert {route for route in nothing if nothing[route] != much[route]} == set()


def test_nor_does_any_form_that_was_pressed_before_they_joined(db: None) -> None:
    nothing, pressed = as_tom_reads(rich=False), as_tom_reads(rich=True, press=True)
    assert {route for route in nothing if nothing[route] != pressed[route]} == set()


def test_what_is_opened_does_make_a_difference(alone: Alone) -> None:
    """A comparison that never finds anything would prove nothing."""
    alone.browser.post(alone.url("kept-alone", "talk"), {"text": "He likes hills."})
    _, toms = join(alone)
    before = toms.get(alone.url("opened")).content.decode()
    opening.put_down(alone.seat, pages.items(alone.seat))
    assert "He likes hills" in toms.get(alone.url("opened")).content.decode().replace(before, "")


def test_a_lead_to_who_is_not_here_goes_on_a_slip_and_is_never_offered_as_one_on_the_table(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    assert offering.to_give_to(alone.ruth) == []
    today = alone.browser.get(reverse("today")).content.decode()
    [led] = re.findall(r'<ul class="people"><li><a href="([^"?]+)', today)
    assert alone.browser.get(led)["Location"] == alone.url("slip-new")
    with pytest.raises(Refusal):
        giving.give(alone.seat, why="Somebody with a roof.", route="card")
    assert not Lead.objects.unscoped().exists()


def test_slips_stand_on_the_page_of_all_leads_and_are_told_of_from_there(alone: Alone) -> None:
    assert "No leads yet" in alone.browser.get(reverse("leads")).content.decode()
    alone.to(Step.ADVOCATE)
    alone.browser.post(alone.url("slip-new"), {"whom": "Mrs Sorrell", "way": "given", "why": "Moving house"})
    page = alone.browser.get(reverse("leads")).content.decode()
    assert "Mrs Sorrell" in page and "To Tom" in page and "Only on your side" in page and "No leads yet" not in page
    [led] = re.findall(r'href="([^"]+[?]back=leads)"', page)
    shown = filled(alone.browser, led)
    answer = alone.browser.post(led, {**shown, "outcome": "client"})
    assert answer["Location"] == reverse("leads")
    assert "They became a client" in alone.browser.get(reverse("leads")).content.decode()
    colleague_of_nobody = signed_in(person("Ann Oak", "ann@oak.example", "Oak"))
    assert "Sorrell" not in colleague_of_nobody.get(reverse("leads")).content.decode()
    join(alone)
    assert "Sorrell" not in alone.browser.get(reverse("leads")).content.decode()


def test_a_colleague_who_comes_later_reads_the_slips_of_their_side_on_the_page_of_all_leads(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    records.write_slip(alone.seat, Direction.GIVEN, whom="Mrs Sorrell", why="Moving house")
    later = colleague(alone.seat, "Abe Oak", "abe@oak.example")
    assert "Mrs Sorrell" in signed_in(later.person).get(reverse("leads")).content.decode()


def test_slips_with_many_are_read_in_as_many_questions_as_with_one(alone: Alone) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            listing.context(alone.ruth, listing.LeadFilter())
        return len(seen)

    none = asked()
    alone.to(Step.ADVOCATE)
    assert asked() == none
    records.write_slip(alone.seat, Direction.GIVEN, whom="Mrs Lyle", why="A roof.")
    one = asked()
    alone.browser.post(reverse("start-several"), {"names": "\n".join(f"Ann Oak {n}" for n in range(60))})
    Relationship.objects.update(step=Step.ADVOCATE)
    Seat.objects.update(step=Step.ADVOCATE)
    for seat in Seat.objects.filter(person=alone.ruth)[:20]:
        records.write_slip(seat_of(alone.ruth, seat.key), Direction.RECEIVED, whom="Mr Tern", why="A wall.")
    assert asked() == one == none + 1


def test_where_nobody_kept_anything_alone_nothing_is_asked_of_the_database(cast: Cast) -> None:
    seat = cast.ada
    with CaptureQueriesContext(connection) as seen:
        assert list(alone_waiting(seat, timezone.now())) == []
        assert pages.from_before(seat) == ""
    assert len(seen) == 0


def test_the_front_page_leads_the_keeper_to_what_may_be_opened_and_the_other_to_what_was(alone: Alone) -> None:
    alone.browser.post(alone.url("kept-alone", "talk"), {"text": "He likes hills."})
    _, toms = join(alone)
    choosing, opened = alone.url("opening"), alone.url("opened")
    assert choosing in alone.page() and opened not in alone.page("opening")
    assert opened not in toms.get(alone.url("relationship")).content.decode()
    opening.put_down(alone.seat, pages.items(alone.seat))
    assert opened in alone.page("opening")
    assert opened in toms.get(alone.url("relationship")).content.decode()


def test_the_front_page_counts_what_is_kept_in_one_question(alone: Alone) -> None:
    for text in ("He likes hills.", "He has a dog."):
        alone.browser.post(alone.url("kept-alone", "talk"), {"text": text})
    with CaptureQueriesContext(connection) as seen:
        assert pages.counts(alone.seat) == {"talk": 2}
    assert sum("goodword_record" in query["sql"] for query in seen) == 1
    assert "2 so far" in alone.page()


def test_what_makes_paper_is_loaded_only_when_a_sheet_is_made() -> None:
    looked = (
        "import sys, os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings'); django.setup();"
        "import config.urls; print('typst' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True, env=os.environ)
    assert said.stdout.strip() == "False"


def test_alone_the_criteria_one_is_offered_first_are_weighed_in_one_tap(alone: Alone) -> None:
    alone.to(Step.FIRST_BRIEFING)
    assert "of both of you" not in alone.page("reservation-check")
    page = alone.page("criteria")
    assert "Yes, all of it" in page and page.count('class="trio"') == 6
    nothing = alone.browser.post(alone.url("criteria"), {"answer": "each"})
    assert nothing.status_code == 422 and "Choose one of the answers." in nothing.content.decode()
    alone.browser.post(alone.url("criteria"), {"answer": "all"})
    page = alone.page("criteria")
    assert page.count(">Met<") == 6 and "Yes, all of it" not in page, "one tap more would unsay what was said since"
