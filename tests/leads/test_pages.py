"""The room's pages, through the front door."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goodword.leads.actions import giving, receiving
from goodword.leads.lines import LeadLine
from goodword.leads.models import Lead, LeadContact, LeadPerson, LeadReport
from goodword.ops import seeding
from goodword.post.models import OutboxLetter
from goodword.relationships import holding, waiting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute, signed_in
from tests.leads import secrets
from tests.leads.secrets import WHY


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast with the relationship where leads may be given."""
    return Cast(at=Step.ADVOCATE)


def there(seat: Seat, name: str, *args: str) -> str:
    """Return the address of a page of this relationship."""
    return reverse(name, args=[seat.key, *args])


def give(client: Client, seat: Seat, **fields: str) -> str:
    """Give a lead by the form and return where it leads."""
    answer = client.post(there(seat, "lead-give"), {"why": WHY, "route": "ask", **fields})
    assert answer.status_code == 302, answer.content.decode()
    half_a_minute()
    lead = Lead.objects.visible_to(seat).filter(side_id=seat.side_id).latest("created_at")
    return there(seat, "lead", lead.key)


def press(client: Client, address: str) -> None:
    """Confirm what a page shows, with the print of what was looked at, and let half a minute go by."""
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(address).content.decode())
    assert seen and client.post(address, {"seen": seen[1]}).status_code == 302
    half_a_minute()


def test_a_lead_is_given_in_four_fields_and_the_name_waits(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, name="Mrs Sorrell", reach="0161 496 0111")
    assert "Mrs Sorrell" in cast.ben_browser.get(page).content.decode()
    theirs = cast.ada_browser.get(page).content.decode()
    assert "house still in one name" in theirs
    assert "Sorrell" not in theirs and "496" not in theirs


def test_with_their_agreement_name_and_reach_cross_at_once(cast: Cast) -> None:
    today = timezone.localdate().isoformat()
    page = give(
        cast.ben_browser,
        cast.ben,
        route="now",
        name="Mrs Sorrell",
        reach="0161 496 0111",
        agreed_on=today,
        how="phone",
        purpose="contact",
    )
    theirs = cast.ada_browser.get(page).content.decode()
    assert "Mrs Sorrell" in theirs and "0161 496 0111" in theirs and "on the telephone" in theirs
    assert "Noted by Ben Moor" in theirs, "who recorded the agreement, when, how and for what"


def test_introducing_now_without_a_name_is_said_beside_the_field(cast: Cast) -> None:
    answer = cast.ben_browser.post(there(cast.ben, "lead-give"), {"why": WHY, "route": "now"})
    assert answer.status_code == 422
    assert "Write their name, or choose to ask them first" in answer.content.decode()


def test_a_name_in_the_words_that_cross_is_held_back(cast: Cast) -> None:
    answer = cast.ben_browser.post(
        there(cast.ben, "lead-give"), {"why": "Mrs sorrell has a new kitchen.", "route": "ask", "name": "Ann Sorrell"}
    )
    assert answer.status_code == 422
    assert "Leave their name out of this" in answer.content.decode()
    assert not Lead.objects.visible_to(cast.ben).exists()


def test_the_form_tells_before_typing_who_sees_what(cast: Cast) -> None:
    text = cast.ben_browser.get(there(cast.ben, "lead-give")).content.decode()
    assert text.index("Ada reads the name once they have agreed") < text.index('name="name"')
    assert "How do they meet?" in text and text.count('name="route"') == 5
    assert "checked" not in text


def test_agreeing_later_puts_the_name_on_the_table(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, name="Mrs Sorrell", reach="0161 496 0111")
    form = cast.ben_browser.get(page + "/agreement").content.decode()
    assert "Mrs Sorrell" in form and "Ada sees this half a minute after you press the button" in form
    said = {
        "name": "Mrs Sorrell",
        "reach": "0161 496 0111",
        "agreed_on": timezone.localdate().isoformat(),
        "how": "in_person",
        "purpose": "introduce",
    }
    assert cast.ben_browser.post(page + "/agreement", said).status_code == 302
    half_a_minute()
    assert "Mrs Sorrell" in cast.ada_browser.get(page).content.decode()
    assert not LeadContact.objects.visible_to(cast.ben).exists()
    assert cast.ada_browser.post(page + "/agreement", said).status_code == 422


def test_a_report_takes_two_taps_from_a_letter(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, route="together")
    tapped = cast.ada_browser.get(page + "/report?outcome=spoke").content.decode()
    assert re.search(r'value="spoke">Tell Ben: We spoke', tapped)
    assert not LeadReport.objects.visible_to(cast.ada).exists()
    assert (
        cast.ada_browser.post(page + "/report", {"outcome": "spoke", "line": "A will & perhaps <deeds>."}).status_code
        == 302
    )
    half_a_minute()
    theirs = cast.ben_browser.get(page).content.decode()
    assert "We spoke" in theirs and "&lt;deeds&gt;" in theirs


def test_a_report_can_be_put_right_and_taken_back(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, route="together")
    cast.ada_browser.post(page + "/report", {"outcome": "client", "line": "Already."})
    half_a_minute()
    first = LeadReport.objects.visible_to(cast.ada).get()
    cast.ada_browser.post(
        f"{page}/report?instead={first.key}",
        {"outcome": "meeting", "line": "I meant a meeting.", "replaces": first.key},
    )
    half_a_minute()
    theirs = cast.ben_browser.get(page).content.decode()
    assert "I meant a meeting." in theirs and "Already." not in theirs
    second = LeadReport.objects.visible_to(cast.ada).exclude(pk=first.pk).get()
    assert cast.ada_browser.post(f"{page}/report/{second.key}/back").status_code == 302
    assert Lead.objects.visible_to(cast.ada).get().outcome == ""
    assert "Taken up, no word yet" in cast.ben_browser.get(page).content.decode()
    assert cast.ada_browser.post(f"{page}/report/{second.key}/back").status_code == 409


def test_a_lead_goes_back_with_a_reason(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben)
    assert cast.ada_browser.post(page + "/back", {}).status_code == 422
    assert cast.ada_browser.post(page + "/back", {"reason": "too_far", "line": "Try Sam."}).status_code == 302
    theirs = cast.ben_browser.get(page).content.decode()
    assert "Too far away" in theirs and "Try Sam." in theirs
    assert cast.ada_browser.post(page + "/acceptance").status_code == 409


def test_the_page_of_a_relationship_draws_each_way(cast: Cast) -> None:
    secrets.live(cast)
    text = cast.ada_browser.get(there(cast.ada, "relationship-leads")).content.decode()
    assert "You gave Ben" in text and "Ben gave you" in text
    assert "Five leads since" in text
    assert text.count('class="th th-o') == 2
    assert "What could you do for Ben this month?" in text


def test_the_spreadsheet_holds_no_formulas(cast: Cast) -> None:
    giving.give(cast.ben, why='=HYPERLINK("http://x")\n+1', route="card")
    receiving.report(cast.ada, Lead.objects.visible_to(cast.ada).get(), outcome="spoke", line="@cmd")
    answer = cast.ada_browser.get(there(cast.ada, "leads-file"))
    assert answer.headers["Content-Type"].startswith("text/csv")
    cells = answer.content.decode("utf-8-sig")
    assert "'@cmd" in cells and "'=HYPERLINK" in cells
    assert "Ben hands them your card. They ring if they like." in cells and ",card," not in cells, (
        "words, not our names"
    )
    assert not re.search(r'(^|,)"?[=+@-]', cells, re.MULTILINE)


def test_before_the_confirmation_the_page_says_they_come_later(db: None) -> None:
    cast = Cast(at=Step.EXPLORE)
    assert (
        "They come after the agreement" in cast.ada_browser.get(there(cast.ada, "relationship-leads")).content.decode()
    )
    assert "once you have both confirmed" in cast.ada_browser.get(there(cast.ada, "lead-give")).content.decode()
    answer = cast.ada_browser.post(there(cast.ada, "lead-give"), {"why": WHY, "route": "card"})
    assert answer.status_code in (409, 422)
    assert not Lead.objects.visible_to(cast.ada).exists()


def test_a_lead_out_of_a_lead_keeps_where_it_came_from_for_both(cast: Cast) -> None:
    first = give(cast.ben_browser, cast.ben, why="A dentist who moves.")
    key = first.rsplit("/", 1)[1]
    door = there(cast.ada, "lead-give") + f"?from={key}"
    assert f'href="{door}"' in cast.ada_browser.get(first).content.decode()
    assert f'value="{key}" selected' in cast.ada_browser.get(door).content.decode()
    second = give(cast.ada_browser, cast.ada, why="Her landlord.", origin=key)
    third = give(cast.ben_browser, cast.ben, why="His tenant.", origin=second.rsplit("/", 1)[1])
    for browser in (cast.ada_browser, cast.ben_browser):
        text = browser.get(second).content.decode()
        assert re.search(rf'It came out of\s*<a href="{first}">A dentist who moves</a>', text)
        assert re.search(rf'It led to\s*<a href="{third}">His tenant</a>', text)
    cast.ben_browser.post(first + "/forgetting")
    assert "It came out of" in cast.ada_browser.get(second).content.decode()
    elsewhere = {"why": WHY, "route": "ask", "origin": "A" * 22}
    assert cast.ben_browser.post(there(cast.ben, "lead-give"), elsewhere).status_code == 422


def test_strangers_and_unknown_keys_find_nothing(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben)
    for path in (
        page,
        page + "/report",
        page + "/forgetting",
        there(cast.ben, "relationship-leads"),
        there(cast.ben, "leads-file"),
    ):
        assert cast.cleo_browser.get(path).status_code == 404
        assert Client().get(path).status_code == 302
    assert cast.ada_browser.get(there(cast.ada, "lead", "A" * 22)).status_code == 404
    assert cast.ada_browser.get(page + "/acceptance").status_code == 405


@pytest.mark.parametrize("text", ["x" * 10_001, "\u202egnirts", "🙂" * 4000, "a\x00b", " "])
def test_strange_input_gets_a_sentence(cast: Cast, text: str) -> None:
    page = give(cast.ben_browser, cast.ben, route="together")
    for path, fields in {
        there(cast.ben, "lead-give"): {"why": text, "route": text, "name": text, "agreed_on": text, "origin": text},
        page + "/note": {"text": text},
        page + "/worth": {"amount": text, "currency": text, "words": text},
        page + "/contact": {"name": text, "reach": text},
        page + "/agreement": {"name": text, "agreed_on": text, "how": text},
        there(cast.ben, "lead-ideas"): {"words": text},
    }.items():
        assert cast.ben_browser.post(path, fields).status_code in (302, 422), path
    assert cast.ada_browser.post(page + "/report", {"outcome": text, "line": text}).status_code == 422
    assert cast.ada_browser.post(page + "/report", {"outcome": "spoke", "replaces": "B" * 22}).status_code == 404


def test_the_list_shows_all_leads_and_finds_them(cast: Cast) -> None:
    secrets.live(cast)
    text = cast.ada_browser.get("/leads").content.decode()
    assert "Mrs Sorrell" in text and "Mr Lyle" in text
    assert "Mrs Sorrell" in cast.ada_browser.get("/leads?q=sorr").content.decode()
    assert "None called “zzz”" in cast.ada_browser.get("/leads?q=zzz").content.decode()
    assert "Mrs Sorrell" not in cast.ada_browser.get("/leads?way=gave").content.decode()
    assert "Mrs Sorrell" in cast.ada_browser.get(f"/leads?with={cast.key}&state=talking").content.decode()
    assert cast.ada_browser.get("/leads?way=x&state=y&page=999999999&with=' OR 1&order=z").status_code == 200
    assert "No leads yet" in cast.cleo_browser.get("/leads").content.decode()


def test_a_newcomer_has_the_list_and_a_leaver_loses_it(cast: Cast) -> None:
    secrets.live(cast)
    bea = cast.bea
    assert "Mrs Sorrell" in signed_in(bea.person).get("/leads").content.decode()
    from goodword.leads.lines import LeadLine
    from goodword.relationships import starting

    starting.leave(cast.ben, "bea@moor.example")
    assert not LeadLine.objects.filter(person=bea.person).exists()
    assert "Mrs Sorrell" not in signed_in(bea.person).get("/leads").content.decode()


def test_notes_and_figures_are_for_one_person_only(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, route="together")
    assert cast.ada_browser.post(page + "/note", {"text": "canaryword"}).status_code == 302
    for amount, currency in (("1250.50", "JPY"), ("1250.505", "EUR"), ("1250", "Pounds")):
        assert cast.ada_browser.post(page + "/worth", {"amount": amount, "currency": currency}).status_code == 422
    assert cast.ada_browser.post(page + "/worth", {"amount": "1250.50", "currency": "EUR"}).status_code == 302
    assert "canaryword" in cast.ada_browser.get(page).content.decode()
    for browser in (cast.ben_browser,):
        text = browser.get(page).content.decode()
        assert "canaryword" not in text and "1250" not in text
    assert "1250.50 EUR" in cast.ada_browser.get(page + "/worth/sharing").content.decode()
    press(cast.ada_browser, page + "/worth/sharing")
    assert "1250.50 EUR" in cast.ben_browser.get(page).content.decode()


def test_an_idea_is_noted_for_our_side_and_given_from_there(cast: Cast) -> None:
    assert (
        cast.ada_browser.post(there(cast.ada, "lead-ideas"), {"words": "Ann Sorrell, when she is back"}).status_code
        == 302
    )
    text = cast.ada_browser.get(there(cast.ada, "relationship-leads")).content.decode()
    assert "Ann Sorrell" in text
    assert "Ann Sorrell" not in cast.ben_browser.get(there(cast.ben, "relationship-leads")).content.decode()
    link = re.search(r'href="([^"]+\?idea=[^"]+)"', text)
    assert link
    assert "Ann Sorrell" in cast.ada_browser.get(link[1]).content.decode()
    assert cast.ben_browser.get(link[1]).status_code == 404


def test_what_the_mirror_shows_has_no_forms_and_nothing_private(cast: Cast) -> None:
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from goodword.leads.forms import IdeaForm
    from goodword.leads.queries import pages

    secrets.live(cast)
    secrets.plant(cast.ben, "canaryword")
    request = RequestFactory().get("/")
    request.user = cast.ada_person
    request.session = cast.ada_browser.session
    request._messages = []  # type: ignore[attr-defined]
    shown = pages.context(cast.ada.as_other_side())
    text = render_to_string("leads/pages/between.html", {**shown, "idea_form": IdeaForm()}, request)
    assert "canaryword" not in text and "Give a lead" not in text
    assert "You gave Ada" in text


def test_pages_take_few_queries_however_many_leads(cast: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(40):
        giving.give(cast.ben, why=f"Lead number {number} of many.", route="together")
    cast.ada_browser.get("/more")
    for path, most in (
        ("/leads", 8),
        (there(cast.ada, "relationship-leads"), 12),
        ("/leads?q=number&waiting=1&page=2", 8),
    ):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            assert cast.ada_browser.get(path).status_code == 200
    assert "?page=2" in cast.ada_browser.get("/leads").content.decode()
    last = cast.ada_browser.get("/leads?page=2").content.decode()
    assert last.count("<tr>") == 16 and "Next 25" not in last


QUERIES = ("", "?waiting=1", "?way=gave", "?way=got&state=work&page=2", "?q=a&order=partner", "?order=given")


@pytest.mark.sql
def test_a_thousand_leads_are_found_by_search_and_filters_and_cost_no_more_than_four(db: None) -> None:
    asked: list[int] = []
    for leads in (8, 2000):  # of them half are leads, and half notes
        browser = signed_in(seeding.seed(30, leads, lambda line: None))
        for query in QUERIES:
            browser.get("/leads" + query)
            with CaptureQueriesContext(connection) as questions:
                text = browser.get("/leads" + query).content.decode()
            asked.append(len(questions))
            rows = [row for row in re.findall(r"<tr>.*?</tr>", text, re.DOTALL) if 'scope="row"' in row]
            assert len(rows) <= 25
            assert all({"?waiting=1": "Waits for", "?way=gave": "You gave"}.get(query, "") in row for row in rows)
    assert set(asked) == {4, 5}  # leads on slips are asked for on the plain first page alone
    text = browser.get("/leads").content.decode()
    assert LeadLine.objects.count() > 1000 and "Next 25" in text
    chosen = re.search(r'href="(\?with=[^"]+)">([^<]+)</a>', text)
    assert chosen
    only = browser.get("/leads" + chosen[1]).content.decode()
    assert f"Only those with {chosen[2]}" in only
    assert only.count('scope="row"') == len(re.findall(rf"(You gave {chosen[2]}|{chosen[2]} gave)</span>", only)) > 0


def test_no_name_lies_on_the_table_without_an_agreement(cast: Cast) -> None:
    secrets.live(cast)
    for person in LeadPerson.objects.visible_to(cast.ada):
        assert person.consent_id


def test_what_is_given_is_held_back_whole_for_half_a_minute_and_taken_back_leaves_nothing(cast: Cast) -> None:
    everywhere = [
        "/today",
        "/leads",
        "/relationships",
        *(there(cast.ada, name) for name in ("relationship", "relationship-leads")),
    ]
    before = [cast.ada_browser.get(path).content.decode().split("<main")[1] for path in everywhere]
    posted = {"why": "New kitchen in Romiley.", "route": "together", "name": "Mrs Sorrell"}
    on_its_way = str(cast.ben_browser.post(there(cast.ben, "lead-give"), posted).headers["Location"])
    page = cast.ben_browser.get(on_its_way)
    assert "New kitchen in Romiley" in page.content.decode() and page.headers["Refresh"]
    after = [cast.ada_browser.get(path).content.decode().split("<main")[1] for path in everywhere]
    tidied = [re.sub(r'value="[^"]{60,}"', "", text) for text in (*before, *after)]
    assert tidied[: len(before)] == tidied[len(before) :], "nothing of it is anywhere"
    assert cast.ada_browser.get(on_its_way).status_code == 302 and cast.cleo_browser.get(on_its_way).status_code == 404
    assert not Lead.objects.unscoped().exists() and not OutboxLetter.objects.filter(kind="lead").exists()
    holding.release_due(timezone.now())
    assert not Lead.objects.unscoped().exists(), "the worker does not let it out before its time"
    cast.ben_browser.post(on_its_way)
    half_a_minute()
    assert not Lead.objects.unscoped().exists()


def test_a_report_is_held_back_too_and_meanwhile_nothing_asks_for_it(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, route="together")
    cast.ada_browser.post(page + "/acceptance")
    assert "speak to them" in cast.ada_browser.get("/today").content.decode()
    on_its_way = cast.ada_browser.post(page + "/report", {"outcome": "client", "line": "She signed."}).headers[
        "Location"
    ]
    assert "She signed" not in cast.ben_browser.get(page).content.decode()
    cast.ada_browser.post(on_its_way)
    half_a_minute()
    assert not LeadReport.objects.unscoped().exists()
    cast.ada_browser.post(page + "/report", {"outcome": "client", "line": "She signed."})
    half_a_minute()
    assert "She signed" in cast.ben_browser.get(page).content.decode()
    today = cast.ada_browser.get("/today").content.decode()
    assert "speak to them" not in today and "how did it go?" not in today


def test_how_it_went_is_asked_on_the_day_promised_and_can_be_told_before(cast: Cast) -> None:
    monday = dt.datetime(2030, 3, 4, 10, tzinfo=dt.UTC)
    with time_machine.travel(monday, tick=False):
        page = give(cast.ben_browser, cast.ben, route="together")
        cast.ada_browser.post(page + "/acceptance")
        today = cast.ada_browser.get("/today").content.decode()
        assert f'href="{page}/report?back=today"' in today and "how did it go?" not in today
    for days, asked in ((6, False), (7, True)):
        with time_machine.travel(monday + dt.timedelta(days=days), tick=False):
            waiting.settle_due(timezone.now())
            assert ("how did it go?" in cast.ada_browser.get("/today").content.decode()) is asked, days


def test_a_double_tap_gives_one_lead_and_what_may_not_be_given_is_refused_before_it_waits(cast: Cast) -> None:
    for _tap in range(2):
        cast.ben_browser.post(there(cast.ben, "lead-give"), {"why": WHY, "route": "together"})
    half_a_minute()
    assert Lead.objects.visible_to(cast.ben).count() == 1
    refused = cast.ben_browser.post(
        there(cast.ben, "lead-give"), {"why": "Ann Sorrell asks.", "route": "ask", "name": "Ann Sorrell"}
    )
    assert refused.status_code == 422 and "Leave their name out" in refused.content.decode()


def test_a_figure_changed_in_another_tab_after_it_was_looked_at_does_not_cross(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, route="together")
    cast.ada_browser.post(page + "/worth", {"amount": "1250", "currency": "EUR"})
    share = page + "/worth/sharing"
    seen = re.search(r'name="seen" value="([^"]+)"', cast.ada_browser.get(share).content.decode())
    cast.ada_browser.post(page + "/worth", {"amount": "98.76", "currency": "EUR"})
    assert seen
    refused = cast.ada_browser.post(share, {"seen": seen[1]})
    assert refused.status_code == 422 and "have changed since you looked" in refused.content.decode()
    half_a_minute()
    assert "98.76" not in cast.ben_browser.get(page).content.decode().split("<main")[1].split("</main>")[0]


def buttons(client: Client, address: str, to: str) -> set[str]:
    """Return the words on every way from a page to another; what a screen reader adds is left out."""
    text = client.get(address).content.decode()
    found = re.findall(rf'<a class="btn[^"]*" href="{re.escape(to)}(?:\?back=\w+)?">(.*?)</a>', text, re.DOTALL)
    return {re.sub(r"<span.*", "", words, flags=re.DOTALL) for words in found}


def test_what_waits_of_a_lead_has_one_name_on_today_on_leads_and_in_the_relationship(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, route="together")
    everywhere = ("/today", "/leads", there(cast.ada, "relationship"))
    assert [buttons(cast.ada_browser, address, page) for address in everywhere] == [{"Answer"}] * 3
    assert f'href="{page}?back=relationships">Answer' in cast.ada_browser.get("/relationships").content.decode()
    cast.ada_browser.post(page + "/acceptance")
    assert [buttons(cast.ada_browser, address, page + "/report") for address in everywhere] == [{"Report"}] * 3
    assert f'href="{page}/report?back=relationships">Report' in cast.ada_browser.get("/relationships").content.decode()
    assert not buttons(cast.ben_browser, "/leads", page + "/report"), "whoever gave it is asked for nothing"


LONG = (
    "A solicitor near St. Mary’s in Hyde who moves into rooms of her own in autumn and has nobody yet for the kitchen, the "
    "conservatory and the accounts. She asked me twice."
)


def test_a_lead_whose_name_is_not_known_is_called_by_whole_words_wherever_it_stands(cast: Cast) -> None:
    page = give(cast.ben_browser, cast.ben, why=LONG, route="together")
    lead = Lead.objects.visible_to(cast.ada).get()
    assert lead.description.endswith("the kitchen") and lead.description in LONG
    for address in ("/today", "/leads", page, there(cast.ada, "relationship"), there(cast.ada, "relationship-leads")):
        assert lead.description in cast.ada_browser.get(address).content.decode(), address
    for browser, address in [
        (cast.ada_browser, page + "/back"),
        (cast.ben_browser, page + "/withdrawal"),
        (cast.ben_browser, there(cast.ben, "lead-give")),
    ]:
        text = browser.get(address).content.decode()
        for cut in re.findall(r"A solicitor[^<>]*…", text):
            assert re.match(re.escape(cut.removesuffix("…")) + r"[ ,.]", LONG), (address, cut)
        assert "..." not in text
