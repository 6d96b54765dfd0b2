"""Giving, receiving, reminding and forgetting, as actions."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from goodword.agreements import actions as accepting
from goodword.agreements import queries as agreements
from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.leads import links
from goodword.leads.actions import forgetting, giving, keeping, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.lines import LeadLine
from goodword.leads.mailing import reminding
from goodword.leads.models import Lead, LeadPerson
from goodword.leads.queries import pages
from goodword.post.delivery import deliver_due, message
from goodword.post.models import OutboxLetter
from goodword.relationships import starting
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from tests.agreements import secrets as agreement
from tests.cast import Cast
from tests.leads import secrets
from tests.leads.secrets import WHY
from tests.leads.words import no_word_yet, waiting_for_my_word

MONDAY = dt.datetime(2030, 3, 4, 10, tzinfo=dt.UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast with the relationship where leads may be given, the letters of before all gone."""
    made = Cast(at=Step.ADVOCATE)
    OutboxLetter.objects.all().delete()
    return made


def named(cast: Cast) -> Lead:
    """Return a lead from Ben to Ada whose name is on the table."""
    return giving.give(
        cast.ben, why=WHY, route="now", name="Mrs Sorrell", reach="0161 496 0111", consent=Consent(timezone.localdate())
    )


def sent(later: dt.timedelta = dt.timedelta(minutes=2)) -> list[str]:
    """Let the letters go and return their subjects, oldest first."""
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + later, tick=True):
        deliver_due()
    return [str(one.subject) for one in mail.outbox]


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.ADVOCATE])
def test_no_lead_is_given_before_the_last_step(db: None, step: Step) -> None:
    cast = Cast(at=step)
    with pytest.raises(Refusal, match="once you have both confirmed"):
        giving.give(cast.ben, why=WHY, route="card")


def test_only_the_receiver_answers_and_reports_and_only_the_giver_names(cast: Cast) -> None:
    lead = named(cast)
    for act in (
        lambda: receiving.accept(cast.ben, lead),
        lambda: receiving.report(cast.ben, lead, outcome="spoke"),
        lambda: receiving.send_back(cast.ben, lead, reason="no_room"),
        lambda: giving.withdraw(cast.ada, lead),
        lambda: giving.record_agreement(cast.ada, lead, name="x", reach="", consent=Consent(timezone.localdate())),
    ):
        with pytest.raises(Refusal):
            act()


def test_a_withdrawn_lead_takes_its_name_and_its_letter_with_it(cast: Cast) -> None:
    lead = named(cast)
    giving.withdraw(cast.ben, lead)
    assert not LeadPerson.objects.visible_to(cast.ada).exists()
    assert sent() == []
    assert LeadLine.objects.get(person=cast.ada_person).shown != "Mrs Sorrell"
    assert named(cast).is_open, "given anew at once, it is a new lead and not the one taken back"


def test_the_giver_is_told_without_asking_and_no_subject_names_anybody(cast: Cast) -> None:
    lead = named(cast)
    assert sent() == ["Ben has a lead for you"]
    receiving.accept(cast.ada, lead)
    receiving.report(cast.ada, lead, outcome="spoke", line="She would like a will.", thanks=True)
    subjects = sent()
    assert subjects == ["Ada has answered about a lead you gave", "News of a lead you gave Ada"]
    news = mail.outbox[-1]
    assert news.to == ["ben@moor.example"]
    assert "Ada has spoken to Mrs Sorrell" in news.body and "She would like a will." in news.body
    assert "0161" not in "".join(one.message().as_string() for one in mail.outbox)


def test_before_they_agreed_no_letter_and_no_list_holds_their_name(cast: Cast) -> None:
    lead = secrets.plant_name(cast.ben, "Zinnober")
    receiving.accept(cast.ada, lead)
    letters = [message(letter) for letter in OutboxLetter.objects.filter(sent_at=None, dropped_at=None)]
    said = [f"{one.subject} {one.body} {[part.content for part in one.alternatives]}" for one in letters]  # type: ignore[attr-defined]
    assert [one for one in said if "A dentist who is moving house" in one]
    assert not [one for one in said if "zinnober" in one.casefold()]
    assert "zinnober" not in repr(list(LeadLine.objects.values_list())).casefold()


def test_every_kind_of_letter_can_be_written(cast: Cast) -> None:
    for outcome in ("spoke", "meeting", "proposal", "client", "not_now", "not_a_fit", "no_answer"):
        lead = giving.give(cast.ben, why=f"Somebody for {outcome}.", route="together")
        receiving.report(cast.ada, lead, outcome=outcome, line="A line")
    back = giving.give(cast.ben, why="Somebody else entirely.", route="together")
    receiving.send_back(cast.ada, back, reason="conflict", line="Sorry.")
    asked = giving.give(cast.ben, why="A dentist.", route="ask", name="Dr Banerjee")
    giving.record_agreement(cast.ben, asked, name="Dr Banerjee", reach="", consent=Consent(timezone.localdate()))
    forgetting.stop_me(asked)
    OutboxLetter.objects.update(due_at=timezone.now())
    mail.outbox.clear()
    deliver_due(200)
    assert len(mail.outbox) >= 10
    assert not OutboxLetter.objects.filter(sent_at=None, dropped_at=None).exists()
    assert not any("Banerjee" in str(one.subject) for one in mail.outbox)


def test_a_report_taken_back_within_half_a_minute_never_leaves(cast: Cast) -> None:
    lead = named(cast)
    sent()
    said = receiving.report(cast.ada, lead, outcome="client")
    receiving.take_back_report(cast.ada, lead, said)
    assert "News of a lead you gave Ada" not in sent()


def test_leads_already_given_are_reported_on_after_an_end_and_nothing_else(cast: Cast) -> None:
    lead = named(cast)
    receiving.accept(cast.ada, lead)
    gates.let_go(cast.ben)
    receiving.report(cast.ada, lead, outcome="client")
    for act in (
        lambda: receiving.accept(cast.ada, lead),
        lambda: named(cast),
        lambda: keeping.note(cast.ada, lead, "x"),
    ):
        with pytest.raises(Refusal):
            act()


# ── Promises and reminders ──


def remind(days: float, cast: Cast) -> list[str]:
    """Let a worker come by `days` after Monday at ten, and return who was written to."""
    with time_machine.travel(MONDAY + dt.timedelta(days=days), tick=False):
        reminding.remind_due(timezone.now())
        mail.outbox.clear()
        deliver_due()
        return [one.to[0] for one in mail.outbox if "A word to" in str(one.subject)]


def test_two_reminders_and_no_more_whoever_comes_by_how_often(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        lead = named(cast)
        receiving.accept(cast.ada, lead)
    assert lead.contact_by == dt.date(2030, 3, 6) and lead.word_by == dt.date(2030, 3, 11)
    got = [who for half in range(120) for who in remind(half / 2, cast)]
    assert got == ["ada@lane.example"] * 2
    with time_machine.travel(MONDAY + dt.timedelta(days=61), tick=False):
        for browser in (cast.ada_browser, cast.ben_browser):
            agenda = browser.get(f"/r/{cast.key}/follow-up").content.decode()
            assert "Mrs Sorrell" in agenda and "no word yet" in agenda.casefold(), (
                "then it is a matter for the next meeting"
            )


def test_nobody_is_reminded_who_has_given_up_their_seat_or_let_go(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        receiving.accept(cast.abe, named(cast))
        starting.leave(cast.ada, "abe@lane.example")
    assert remind(8, cast) == ["ada@lane.example"], "whoever is left looks after it"
    with time_machine.travel(MONDAY + dt.timedelta(days=9), tick=False):
        gates.let_go(cast.ada)
    assert [who for day in range(10, 60) for who in remind(day, cast)] == []


def test_none_after_a_report_and_none_after_an_end(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        lead, other = named(cast), giving.give(cast.ben, why="Another.", route="together")
        receiving.report(cast.ada, lead, outcome="no_answer")
    assert remind(8, cast) == ["ada@lane.example"]
    with time_machine.travel(MONDAY + dt.timedelta(days=9), tick=False):
        receiving.report(cast.ada, other, outcome="spoke")
    assert remind(20, cast) == []
    with time_machine.travel(MONDAY + dt.timedelta(days=20), tick=False):
        receiving.accept(cast.ada, giving.give(cast.ben, why="A third.", route="together"))
        gates.let_go(cast.ben)
    assert remind(40, cast) == []


def test_a_report_between_worker_and_post_stops_the_reminder(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        lead = named(cast)
        deliver_due()
    with time_machine.travel(MONDAY + dt.timedelta(days=8), tick=False):
        assert reminding.remind_due(timezone.now()) == 1
        receiving.report(cast.ada, lead, outcome="spoke")
    assert remind(8.01, cast) == []


def test_reminders_keep_to_the_reader_s_own_day(cast: Cast) -> None:
    cast.ada_person.zone = "Pacific/Auckland"
    cast.ada_person.save()
    with time_machine.travel(MONDAY, tick=False):
        named(cast)
    assert remind(8, cast) == []  # 10:00 in London is night in Auckland
    assert remind(8.5, cast) == ["ada@lane.example"]


def test_in_an_ended_relationship_nothing_waits(cast: Cast) -> None:
    receiving.accept(cast.ada, named(cast))
    assert "One lead is waiting for you" in cast.ada_browser.get("/leads").content.decode()
    gates.let_go(cast.ben)
    text = cast.ada_browser.get("/leads").content.decode()
    assert "waiting for you" not in text and "Waits for" not in text and "Mrs Sorrell" in text
    assert "Mrs Sorrell" not in cast.ada_browser.get("/leads?waiting=1").content.decode()


def test_the_giver_sees_nothing_of_a_reminder(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        lead = named(cast)
    path = f"/r/{cast.key}/leads/{lead.key}"
    with time_machine.travel(MONDAY + dt.timedelta(days=8), tick=False):
        before = LeadLine.objects.filter(person=cast.ben_person).values().get()
        seen = cast.ben_browser.get("/leads").content
        reminding.remind_due(timezone.now())
        assert LeadLine.objects.filter(person=cast.ben_person).values().get() == before
        assert len(cast.ben_browser.get("/leads").content) == len(seen)
        assert b"No word yet" in cast.ben_browser.get(path).content


def test_a_lead_without_a_name_lapses_kindly(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        lead = giving.give(cast.ben, why="A dentist.", route="ask", name="Dr Banerjee", reach="b@else.example")
        page = cast.ben_browser.get(f"/r/{cast.key}/leads/{lead.key}").content.decode()
        assert re.search(r"If nothing comes of it by <[^>]+>Monday 15 April<", page)
    assert forgetting.lapse_due(MONDAY + dt.timedelta(days=20)) == 0
    assert forgetting.lapse_due(MONDAY + dt.timedelta(days=50)) == 1
    lead.refresh_from_db()
    assert lead.state == "lapsed" and pages.drawer(cast.ben, lead)["contact"] is None
    with time_machine.travel(MONDAY, tick=False):
        before = agreements.latest(cast.ada)
        words = agreement.choices().words | {"name_days": "5"}  # type: ignore[operator]
        version = agreement.reworded(cast.ada, {}, words=words) if before else agreement.first(cast.ada, words=words)
        accepting.accept(cast.ben, version.content_hash)
        lead = giving.give(cast.ben, why="A baker.", route="ask")
        assert lead.lapses_on == dt.date(2030, 3, 11), "after the days agreed"
        giving.record_agreement(cast.ben, lead, name="Mr Bun", reach="", consent=Consent(timezone.localdate()))
    assert forgetting.lapse_due(MONDAY + dt.timedelta(days=20)) == 0, "they agreed, so it stays"


# ── The person named ──


def test_the_person_s_page_says_who_holds_what_and_changes_nothing_by_reading(cast: Cast) -> None:
    lead = named(cast)
    path = "/person/" + links.token_of(lead.pk)
    text = Client().get(path).content.decode()
    assert "Mrs Sorrell" in text and "Ben Moor" in text and "Ada Lane" in text
    lead.refresh_from_db()
    assert lead.state == "offered" and lead.erased_at is None
    assert Client().get("/person/" + "x" * 43).status_code == 404


def test_the_person_s_page_is_the_same_whatever_lies_in_a_drawer(cast: Cast) -> None:
    lead = giving.give(cast.ben, why="A dentist.", route="ask")
    with_name = giving.give(cast.ben, why="A dentist!", route="ask", name="Dr Banerjee", reach="b@else.example")
    one, two = (Client().get("/person/" + links.token_of(each.pk)).content.decode() for each in (lead, with_name))
    assert "Banerjee" not in two and len(one) == len(two)


def test_they_can_be_left_alone(cast: Cast) -> None:
    lead = named(cast)
    Client().post("/person/" + links.token_of(lead.pk), {"wish": "stop"})
    lead.refresh_from_db()
    assert lead.state == "stopped"
    with pytest.raises(Refusal):
        receiving.report(cast.ada, lead, outcome="spoke")
    assert sorted(sent()) == ["A lead between you and Ada has closed", "A lead between you and Ben has closed"]
    with pytest.raises(Refusal, match="asked not to be passed on"):
        giving.give(cast.ben, why="Her anew.", route="ask", name="Ann Sorrell", reach="0161 496 0111")


def test_somebody_forgotten_is_not_passed_on_again(cast: Cast) -> None:
    lead = named(cast)
    forgetting.forget_me(lead)
    with pytest.raises(Refusal, match="asked not to be passed on"):
        giving.give(
            cast.ben,
            why="Her again.",
            route="now",
            name="A. Sorrell",
            reach="+44 161 4960111",
            consent=Consent(timezone.localdate()),
        )
    giving.give(cast.ben, why="A builder.", route="ask", name="Mr Lyle", reach="0161 496 0999")


def test_the_clock_forgets_after_a_year_and_says_so_before(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        lead = named(cast)
        deliver_due()
    year = MONDAY + dt.timedelta(days=365)
    with time_machine.travel(year - dt.timedelta(days=10), tick=False):
        assert forgetting.forget_due(timezone.now()) == 0
        mail.outbox.clear()
        forgetting.forget_due(timezone.now())
        deliver_due()
        assert sum("a year on" in str(one.subject) for one in mail.outbox) == 2
        forgetting.keep_longer(cast.ada, lead)
    assert forgetting.forget_due(year + dt.timedelta(days=1)) == 0
    assert forgetting.forget_due(year + dt.timedelta(days=400)) == 1
    assert not LeadPerson.objects.visible_to(cast.ada).exists()


def test_whoever_is_kept_while_the_clock_strikes_is_not_forgotten_and_all_are_warned_once(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        lead = named(cast)
        giving.give(cast.ben, why="A dentist.", route="card")
    year = MONDAY + dt.timedelta(days=365)
    with time_machine.travel(year - dt.timedelta(days=10), tick=False):
        for _hour in range(2):
            forgetting.forget_due(timezone.now(), most=1)
        assert OutboxLetter.objects.filter(kind="lead-keep").count() == 4, (
            "two leads, two people, whatever a run may take"
        )
        forgetting.keep_longer(cast.ada, lead)
    assert forgetting._forget_if_still_due(lead.pk, lead.relationship_id, year + dt.timedelta(days=1)) == 0


# ── What other rooms ask ──


def test_what_other_rooms_ask(cast: Cast) -> None:
    start = timezone.now()
    lead = named(cast)
    asked = giving.give(cast.ben, why="A dentist.", route="ask")
    assert {one.pk for one in waiting_for_my_word(cast.ada)} == {lead.pk, asked.pk}
    receiving.accept(cast.ada, asked)
    assert [one.pk for one in waiting_for_my_word(cast.ada)] == [lead.pk], "nobody to speak to yet"
    assert {one.pk for one in no_word_yet(cast.ben)} == {lead.pk, asked.pk}
    receiving.report(cast.ada, lead, outcome="client", line="Done.")
    assert waiting_for_my_word(cast.ada) == []
    assert pages.counts_of_both(cast.ada) == (0, 2)
    assert [each.what for each in pages.since(cast.ada, start)] == ["given", "given", "reported"]
    assert pages.lead_words_for(lead, cast.ben) == "Mrs Sorrell"
    assert pages.lead_words_for(asked, cast.ada) == "A dentist"


def unsigned(content: bytes) -> bytes:
    """Return a page without its CSRF tokens, which differ each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def test_private_acts_touch_nothing_of_the_other_side(cast: Cast) -> None:
    secrets.live(cast)
    before = (
        list(LeadLine.objects.filter(person=cast.ben_person).values()),
        Event.objects.unscoped().count(),
        OutboxLetter.objects.count(),
    )
    page = unsigned(cast.ben_browser.get(f"/r/{cast.key}/leads").content)
    secrets.plant(cast.ada, "canaryword")
    after = (
        list(LeadLine.objects.filter(person=cast.ben_person).values()),
        Event.objects.unscoped().count(),
        OutboxLetter.objects.count(),
    )
    assert before == after
    assert unsigned(cast.ben_browser.get(f"/r/{cast.key}/leads").content) == page
