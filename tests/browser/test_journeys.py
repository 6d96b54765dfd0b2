"""The journeys of UX.md with their taps and fields counted, by thumb and at a desk, with JavaScript and without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from goodword.leads import reminding
from goodword.ops.story import Story
from goodword.relationships.steps import Step
from tests.browser.hands import DESK, PHONE, Visit, code_in, letter_to, path_in, within
from tests.browser.pairs import give_lead, keep_one, pair
from tests.cast import person

EVERYWHERE = pytest.mark.parametrize(
    ("size", "script"),
    [(PHONE, True), (PHONE, False), (DESK, True), (DESK, False)],
    ids=["phone", "phone without script", "desk", "desk without script"],
)
ENDS = pytest.mark.parametrize(("size", "script"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"])
Size = tuple[int, int]


@pytest.fixture(scope="module")
def advocates(world: object) -> Iterator[Story]:
    """Two people in step five."""
    yield pair(Step.ADVOCATE)


@EVERYWHERE
def test_j1_from_today_to_the_invitation_as_a_code(visit: Visit, size: Size, script: bool) -> None:
    somebody = person("Ines Ray", f"ines{size[0]}{script}@ray.example", "Ray Roofs")
    hands = visit.by(somebody, size, script)
    hands.start("/today")
    hands.tap("Start ")
    hands.type("Their name", "Tom Hale")
    hands.type("Why them?", "You told me how you work, and I have repeated it twice since.")
    hands.tap("See the letter")
    hands.tap("Show a code to scan")
    expect(hands.page.locator("h1")).to_have_text("Let Tom scan this")
    expect(hands.page.locator("svg.qr, img.qr").first).to_be_visible()
    assert hands.taps <= 3
    assert hands.fields <= 2


@EVERYWHERE
def test_j2_a_guest_answers_and_takes_their_seat(visit: Visit, size: Size, script: bool) -> None:
    from goodword.relationships import invitations, starting

    asker = person("Ines Ray", f"asker{size[0]}{script}@ray.example", "Ray Roofs")
    seat = starting.start(asker, name="Tom Hale", business="", town="")
    guest = f"tom{size[0]}{script}@hale.example".lower()
    letter = invitations.write(seat, words="Could we start with an hour?", address=guest)
    invitations.offer(seat, by_mail=False)
    hands = visit.by(size=size, script=script)
    hands.start(f"/i/{invitations.token_of(letter)}")
    hands.tap("Yes, let’s meet")
    expect(hands.page.locator("h1")).to_have_text("Ines knows that you’d like to meet")
    letter.refresh_from_db()
    assert letter.answer == "yes"
    assert (hands.taps, hands.fields) == (1, 0)
    hands.tap("Send me the code")
    hands.type("The code from the e-mail", code_in(letter_to(guest)))
    hands.tap("Sign in", "button")
    hands.tap("Take my seat")
    hands.page.wait_for_url("**/r/*")
    assert (hands.taps, hands.fields) == (4, 1)
    first_note(hands, script)


def first_note(hands: object, script: bool) -> None:
    """J3, from the page on which a guest arrives."""
    from tests.browser.hands import Hands

    assert isinstance(hands, Hands)
    hands.taps = hands.fields = 0
    hands.tap("Reservations")
    hands.tap("I’ve read it")
    hands.type("As plainly as you like", "Would they ring back?")
    hands.tap("Keep it here")
    expect(hands.page.locator(".panel.sees-side .said").first).to_have_text("Would they ring back?")
    assert hands.taps <= 3, "J3"


@EVERYWHERE
def test_j5_two_decisions_of_two_taps_each_and_the_gate_opens_at_once(
    visit: Visit, world: object, size: Size, script: bool
) -> None:
    story = pair()
    story.explore()
    for who, said in (("a", "Your decision is sealed"), ("b", "You both said go on")):
        hands = visit.by(getattr(story, who).person, size, script)
        hands.start(f"/r/{story.key}/gate")
        hands.tap("Go on", "radio")
        hands.tap("Seal my decision")
        expect(hands.page.locator("h1")).to_have_text(said)
        assert hands.taps <= 2
    # At once: the very answer to the second decision says so, and the first side's page needs no more than to be read again.
    hands = visit.by(story.a.person, size, script)
    hands.start(f"/r/{story.key}/gate/g1/1")
    expect(hands.page.locator("h1")).to_have_text("You both said go on")


@ENDS
def test_j6_one_reservation_onto_the_table_and_back(visit: Visit, size: Size, script: bool) -> None:
    story = pair()
    keep_one(story, "Would they ring back?")
    hands = visit.by(story.a.person, size, script)
    hands.start(f"/r/{story.key}")
    hands.tap("Reservations")
    hands.tap("Put on the table…")
    hands.tap("Put it on the table")
    expect(hands.page.locator("h1")).to_have_text("It hasn’t left yet")
    assert hands.taps <= 3
    hands.tap("Take it back")
    expect(hands.page.get_by_text("Taken back. Nobody saw it.")).to_be_visible()
    expect(hands.page.locator(".panel.sees-both .res .said")).to_have_count(0)


@EVERYWHERE
def test_j7_letting_go(visit: Visit, size: Size, script: bool) -> None:
    story = pair()
    hands = visit.by(story.b.person, size, script)
    hands.start(f"/r/{story.key}")
    hands.tap("Let go kindly")
    hands.tap("Let go", "button")
    expect(hands.page.locator("h1")).to_have_text("This one ends here, and that’s all right")
    assert (hands.taps, hands.fields) == (2, 0)
    assert not story.a.open


@ENDS
def test_j9_a_lead_in_four_fields_and_from_a_telephone_s_contact_in_three_taps(
    visit: Visit, size: Size, script: bool
) -> None:
    story = pair(Step.ADVOCATE)
    hands = visit.by(story.b.person, size, script)
    hands.start(f"/r/{story.key}/leads/give")
    with within(hands.page, 10, "giving a lead, by hands that don’t think") if script else nullcontext():
        hands.type("Who is it?", "Mrs Sorrell")
        hands.type("How can they be reached?", "0161 496 0111")
        hands.type("Why do they fit?", f"New kitchen in Romiley, house still in one name ({size[0]}).")
        hands.fields += 1  # Have they agreed?
        hands.tap(hands.page.get_by_text("I’ll ask them first, then introduce them"))
        hands.tap("Give Ann this lead")
        expect(hands.page.get_by_text("is told of it in half a minute")).to_be_visible()
    assert (hands.fields, hands.taps) == (4, 2)

    hands.start(f"/r/{story.key}/leads/give")
    hands.tap(hands.page.get_by_text("Fill in from a contact on your telephone"))
    hands.taps += 1  # the telephone's own way to choose
    contact = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Ek\r\nTEL;TYPE=CELL:08-123 456 78\r\nEND:VCARD\r\n"
    hands.page.get_by_label("A contact from your telephone").set_input_files({"name": "c.vcf", "mimeType": "text/vcard", "buffer": contact})
    hands.tap("Use this contact")
    expect(hands.page.get_by_label("Who is it?")).to_have_value("Bo Ek")
    expect(hands.page.get_by_label("How can they be reached?")).to_have_value("08-123 456 78")
    assert hands.taps == 3


@ENDS
def test_j10_telling_how_it_went_from_the_letter(visit: Visit, size: Size, script: bool) -> None:
    story = pair(Step.ADVOCATE)
    give_lead(story, "Mrs Sorrell")
    tuesday = timezone.now().replace(hour=11) + dt.timedelta(days=(1 - timezone.now().weekday()) % 7 + 14)
    reminding.remind_due(tuesday)
    hands = visit.by(story.a.person, size, script)
    link = path_in(letter_to(story.a.person.email), "/r/")
    with within(hands.page, 10, "telling how it went") if script else nullcontext():
        hands.start(link)
        hands.taps += 1  # the link in the letter
        if not hands.page.get_by_role("radio", name="We spoke").is_checked():
            hands.tap("We spoke")
        hands.tap("Tell Bob")
        expect(hands.page.get_by_text("hears of it in half a minute")).to_be_visible()
    assert (hands.taps, hands.fields) == (2, 0)


@ENDS
def test_j10_telling_how_it_went_from_today(visit: Visit, advocates: Story, size: Size, script: bool) -> None:
    give_lead(advocates, f"Mrs Sorrell of {size[0]}")
    hands = visit.by(advocates.a.person, size, script)
    hands.start("/today")
    hands.tap("We spoke")
    hands.tap("Tell Bob")
    expect(hands.page.get_by_text("hears of it in half a minute")).to_be_visible()
    assert (hands.taps, hands.fields) == (2, 0)


@ENDS
def test_j12_the_briefing_sheet_on_paper(visit: Visit, advocates: Story, size: Size, script: bool) -> None:
    hands = visit.by(advocates.a.person, size, script)
    hands.page.add_init_script("window.print = () => { window.printed = true; }")
    hands.start(f"/r/{advocates.key}/briefings/first")
    hands.tap("Briefing sheet to print")
    hands.page.wait_for_url("**/sheet**")
    if script:
        hands.tap("Print it")
        assert hands.page.evaluate("window.printed")
    else:  # the browser's own command is the second tap
        expect(hands.page.get_by_role("button", name="Print it")).to_be_hidden()
    assert hands.taps <= 2
    assert pages_of(hands.page.pdf(format="A4")) <= 2


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    from io import BytesIO

    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)
