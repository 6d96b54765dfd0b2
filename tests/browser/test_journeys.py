"""The journeys of UX.md with their taps and fields counted, by thumb and at a desk, with JavaScript and without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from goodword.leads.mailing import reminding
from goodword.leads.models import Lead, LeadReport
from goodword.ops.story import PathWalk
from goodword.relationships.steps import Step
from tests.browser.hands import DESK, PHONE, Visit, code_in, letter_to, path_in, within
from tests.browser.pairs import give_lead, keep_one, pair
from tests.cast import half_a_minute, person

EVERYWHERE = pytest.mark.parametrize(
    ("size", "script"),
    [(PHONE, True), (PHONE, False), (DESK, True), (DESK, False)],
    ids=["phone", "phone without script", "desk", "desk without script"],
)
ENDS = pytest.mark.parametrize(("size", "script"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"])
Size = tuple[int, int]


@pytest.fixture(scope="module")
def advocates(world: object) -> Iterator[PathWalk]:
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
    expect(hands.page.locator(".panel.sees-you .said").first).to_have_text("Would they ring back?")
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
        hands.tap("Go on")
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


SHARED = """(text) => {
  const form = document.createElement("form"), field = document.createElement("textarea");
  form.method = "post"; form.action = "/leads/contact/shared"; field.name = "text"; field.value = text;
  form.append(field); document.body.append(form); form.submit();
}"""
CONTACT = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Ek\r\nTEL;TYPE=CELL:08-123 456 78\r\nEND:VCARD\r\n"


def arrives(story: PathWalk, why: str) -> bool:
    """Whether a lead exists for the other side, once its half minute is over."""
    half_a_minute()
    return Lead.objects.visible_to(story.a).filter(why__contains=why).exists()


@ENDS
def test_j9_a_lead_from_today_in_four_fields_at_most(visit: Visit, size: Size, script: bool) -> None:
    story = pair(Step.ADVOCATE)
    hands = visit.by(story.b.person, size, script)
    hands.start("/today")
    with within(hands.page, 15, "giving a lead, by hands that don’t think") if script else nullcontext():
        hands.tap(hands.page.locator(".people a"))
        hands.type("Who is it?", "Mrs Sorrell")
        hands.type("Why would they be glad of Ann?", f"New kitchen in Romiley, house still in one name ({size[0]}).")
        hands.tap(hands.page.get_by_text("I’ll ask them first, then introduce them"))
        hands.tap("Give Ann this lead")
        expect(hands.page.get_by_text("Ann has it in half a minute")).to_be_visible()
    assert (hands.fields, hands.taps) == (2, 3)
    assert arrives(story, f"({size[0]})"), "it exists for the other side"


@ENDS
def test_j9_a_lead_from_a_telephone_s_contact_in_three_taps_and_why(visit: Visit, size: Size, script: bool) -> None:
    story = pair(Step.ADVOCATE)
    hands = visit.by(story.b.person, size, script)
    hands.start(f"/r/{story.key}/leads/give")
    hands.tap("Paste or file")
    hands.taps += 1  # the telephone's own way to choose
    hands.page.get_by_label("A contact from your telephone").set_input_files(
        {"name": "c.vcf", "mimeType": "text/vcard", "buffer": CONTACT}
    )
    hands.type("Why would they be glad of each other?", "Restores chairs; the lease is up in May.")
    hands.tap("Give this lead")
    expect(hands.page.get_by_text("Ann has it in half a minute")).to_be_visible()
    assert (hands.fields, hands.taps) == (1, 3)
    assert arrives(story, "Restores chairs")


def test_j9_a_lead_from_the_share_sheet_in_three_taps_and_why(visit: Visit) -> None:
    story = pair(Step.ADVOCATE)
    hands = visit.by(story.b.person, PHONE)
    hands.start("/today")
    hands.taps += 1  # Goodword, in the telephone's share sheet: what it sends is this form
    hands.page.evaluate(SHARED, "Anne Whitlock\n0161 496 0111")
    expect(hands.page.locator("h1")).to_have_text("Anne Whitlock, for whom?")
    hands.tap(hands.page.locator("label", has_text="Ann").first)
    hands.type("Why would they be glad of each other?", "Has bought a house from 1931.")
    hands.tap("Give this lead")
    expect(hands.page.get_by_text("Ann has it in half a minute")).to_be_visible()
    assert (hands.fields, hands.taps) == (1, 3)
    assert arrives(story, "house from 1931")


@ENDS
def test_what_to_say_for_me_reaches_the_partner_in_three_taps_and_nothing_is_typed(
    visit: Visit, size: Size, script: bool
) -> None:
    from goodword.teaching import own
    from goodword.teaching.queries import pages

    story = pair(Step.AGREE)
    own.keep(story.a.person, {"sector": "Couples", "services": "Wills", "short_words": "She does wills kindly."})
    hands = visit.by(story.a.person, size, script)
    hands.start(f"/r/{story.key}/teaching/mine")
    hands.tap("Keep it, and read it through…")
    hands.tap("Put it before Bob")
    expect(hands.page.locator("h1")).to_have_text("What you would like Bob to say")
    assert (hands.fields, hands.taps) == (0, 2)
    said = pages.theirs(story.b)
    assert said and said.text_of("sector") == "Couples", "it exists for the other side"
    answer = visit.by(story.b.person, size, script)
    answer.start(f"/r/{story.key}/teaching")
    answer.tap("I can say that")
    assert (answer.fields, answer.taps) == (0, 1)
    assert pages.standing(story.b).heard[0]


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
        hands.tap("Tell Bob: We spoke")
        expect(hands.page.get_by_text("Bob has it in half a minute")).to_be_visible()
    assert (hands.taps, hands.fields) == (2, 0)
    half_a_minute()
    assert LeadReport.objects.visible_to(story.b).get().outcome == "spoke", "it exists for the other side"


@ENDS
def test_j10_telling_how_it_went_from_today(visit: Visit, advocates: PathWalk, size: Size, script: bool) -> None:
    give_lead(advocates, f"Mrs Sorrell of {size[0]}")
    hands = visit.by(advocates.a.person, size, script)
    hands.start("/today")
    hands.tap("Report")
    hands.tap("We spoke")
    expect(hands.page.get_by_text("Bob has it in half a minute")).to_be_visible()
    assert (hands.taps, hands.fields) == (2, 0)
    half_a_minute()
    assert LeadReport.objects.visible_to(advocates.b).exists(), "it exists for the other side"


@ENDS
def test_j12_the_briefing_sheet_on_paper(visit: Visit, advocates: PathWalk, size: Size, script: bool) -> None:
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


def test_a_message_to_whom_a_lead_names_begins_in_the_sheet_of_a_telephone_that_has_one(
    visit: Visit, advocates: PathWalk
) -> None:
    lead = give_lead(advocates, "Mrs Sheet")
    plain, phone = visit.by(advocates.a.person), visit.by(advocates.a.person)
    words = "Write another way…"
    plain.page.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined });")
    plain.start(f"/r/{advocates.key}/leads/{lead.key}")
    expect(plain.page.get_by_role("link", name="Text them")).to_be_visible()
    expect(plain.page.get_by_text(words)).to_be_hidden()
    stub = "{ value: (words) => { window.shared = words; return Promise.reject(new Error('put away')); } }"
    phone.page.add_init_script(f"Object.defineProperty(navigator, 'share', {stub});")
    phone.start(f"/r/{advocates.key}/leads/{lead.key}")
    phone.tap(words)
    shared = phone.page.evaluate("window.shared")
    assert set(shared) == {"text"} and "thought that you and I should speak" in shared["text"]
    assert phone.taps == 1
