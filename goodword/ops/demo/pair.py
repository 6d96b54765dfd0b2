"""A relationship of the demo world, lived day by day: the chapters of `Story`, each on a day of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from goodword.agreements import actions as agreements
from goodword.encounters.actions import plans as encounters
from goodword.encounters.rules import EncounterKind
from goodword.followups import actions as followups
from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead
from goodword.ops.demo.days import Diary, ahead, moment
from goodword.ops.demo.people import Somebody
from goodword.ops.story import PathWalk, begin, join
from goodword.people import actions as people
from goodword.people.models import Person
from goodword.profiles import actions as profiles
from goodword.profiles import queries as profile_queries
from goodword.profiles import rules as profile_rules
from goodword.relationships import starting, waiting
from goodword.relationships.models import Seat
from goodword.relationships.news import forget_kind
from goodword.relationships.steps import Role, Step, speaker
from goodword.relationships.waiting import WaitingRow
from goodword.relationships.waits import Kind as News
from goodword.reservations.actions import keeping, sharing, table
from goodword.reservations.models import TableReservation
from goodword.reservations.rules import TalkTurn


@dataclass(frozen=True, slots=True)
class Report:
    """What was said about a lead, so many days ago."""

    days: int
    outcome: str
    line: str
    thanks: bool = False


@dataclass(frozen=True, slots=True)
class DemoLead:
    """A lead, who gave it, and what became of it. Without a name they were to be asked first, until the day `named`."""

    days: int
    by: Role
    why: str
    name: str = ""
    reach: str = ""
    route: str = "now"
    taken: int | None = None
    reports: tuple[Report, ...] = ()
    back: tuple[str, str] | None = None


class Pair(PathWalk):
    """Two people of the demo world, and the days of what they have together."""

    def __init__(self, key: str, a: tuple[Somebody, Person], b: tuple[Somebody, Person]) -> None:
        super().__init__(key, a[1], b[1], a[0].voice, b[0].voice)
        self.who = {Role.PROPOSER: a[0], Role.INVITED: b[0]}
        self.diary = Diary()

    def walk_over(self, meetings: Sequence[int]) -> None:
        """Go through one step for each of these days, on which the two met, gates included."""
        for days in meetings:
            if self.a.at is Step.EXPLORE:
                self.get_to_know(days)
            elif self.a.at in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING):
                self.brief_on(days)
            else:
                self.agree_from(days)
            with self.diary.on(days - 2, 18):
                self.pass_gate()

    def pass_gate(self) -> None:
        """Both sides say go on, and each reads what came of it."""
        super().pass_gate()
        forget_kind(self.a.relationship_id, News.READ_RESULT)

    def get_to_know(self, days: int) -> None:
        """Meet for the first time, and show each other one's work."""
        with self.diary.on(days + 3, 20):
            for role in Role:
                self.show_profile(role)
        with self.diary.on(days, 9):
            self.meet(place="The Lantern Café")

    def show_profile(self, role: Role) -> None:
        """Show the other side what one's work is, as one has written it."""
        seat = self.on(role)
        profile, files = profile_queries.profile_for(seat)
        if profile.says_something:
            profiles.show(seat, profile, [file.key for file in files])

    def brief_on(self, days: int) -> None:
        """Ask beforehand, listen at their place, say it back, weigh it at home."""
        teller = speaker(self.a.at, Role(self.a.relationship.first_speaker))
        assert teller is not None  # noqa: S101 - only called in a briefing step
        with self.diary.on(days + 3, 17):
            self.prepare(teller)
        with self.diary.on(days, 14):
            self.meet(EncounterKind.VISIT, self.voices[teller].place)
        with self.diary.on(days - 1, 8):
            self.play_back(teller)
            self.weigh(self.on(teller.other))
            self.check()

    def agree_from(self, days: int) -> None:
        """Word it, accept it, teach each other."""
        with self.diary.on(days + 4, 16):
            self.meet(EncounterKind.VIDEO)
            self.word_agreement()
        with self.diary.on(days + 2, 12):
            agreements.accept(self.b, self.newest_hash())
        with self.diary.on(days, 11):
            self.teach()
            self.check()

    def talk(self, *days: int, kind: EncounterKind = EncounterKind.PHONE) -> None:
        """Follow up on each of these days."""
        for each in days:
            with self.diary.on(each, 8):
                self.meet(kind)

    def give(self, given: DemoLead) -> Lead:
        """Give a lead on its day, and let become of it what became of it."""
        receiver = given.by.other
        with self.diary.on(given.days, 11) as day:
            lead = self.give_today(given, day)
        if given.back:
            with self.diary.on(given.days - 1, 15):
                receiving.send_back(self.on(receiver), lead, reason=given.back[0], line=given.back[1])
        elif given.taken is not None:
            with self.diary.on(given.taken, 9):
                receiving.accept(self.on(receiver), lead)
        for said in given.reports:
            with self.diary.on(said.days, 17):
                receiving.report(self.on(receiver), lead, outcome=said.outcome, line=said.line, thanks=said.thanks)
        return lead

    def give_today(self, given: DemoLead, day: dt.date) -> Lead:
        """Give a lead by its route: with a name where they have agreed."""
        agreed = Consent(agreed_on=day) if given.route == "now" else None
        return giving.give(
            self.on(given.by),
            why=given.why,
            route=given.route,
            name=given.name,
            reach=given.reach,
            consent=agreed,
        )

    def table(self, role: Role, text: str) -> TableReservation:
        """Put a reservation on the table, at once."""
        seat = self.on(role)
        kept = keeping.keep(seat, text=text, drawer="mine")
        leaving = sharing.put_on_table(seat, kept, sharing.words_print(seat, kept))
        sharing.release_leaving(leaving.leaves_at)
        found: TableReservation = TableReservation.objects.owned_by(seat).latest("created_at")
        return found

    def settle(self, role: Role, row: TableReservation, how: str, reopens_if: str = "") -> None:
        """Say that it is settled, and how."""
        table.settle(
            self.on(role), row, turn=TalkTurn.SETTLE, ways=["agreed"], how=how, reopens_if=reopens_if, promised_for=None
        )

    def talk_monthly(self, since: int, next_in: int, kind: EncounterKind = EncounterKind.PHONE) -> None:
        """Agree on a rhythm so many days ago, and have the next date in both calendars."""
        at = ahead(next_in)
        place = self.voices[Role.INVITED].place if kind.has_place else ""
        with self.diary.on(since):
            followups.set_rhythm(self.a, kind="monthly", starts_on=at, wall=dt.time(8, 30))
            followups.confirm_next(self.b, planned_at=moment(at, 8, 30), minutes=45, place=place, kind=kind)

    def plan(self, kind: EncounterKind, at: dt.datetime, place: str, *, minutes: int = 60) -> None:
        """Have the invited side put an encounter into both calendars, on the last working day."""
        with self.diary.on(1, 16):
            encounters.plan(self.b, kind=kind, planned_at=at, minutes=minutes, place=place)

    def still_glad(self, days: int) -> None:
        """Ask each other whether it is still right, and say yes (M6)."""
        with self.diary.on(days, 19):
            self.check()
            self.pass_gate()

    def seat_beside(self, role: Role, colleague: Somebody, days: int) -> None:
        """Have a colleague take the seat that was kept for them."""
        with self.diary.on(days, 9):
            offer = starting.offer_seat(self.on(role), name=colleague.name, email=colleague.address)
            starting.take_offer(account_of(colleague), offer)

    def read_everything(self) -> None:
        """Have both read what is news to them."""
        for seat in (self.a, self.b):
            read_all(seat)


def account_of(one: Somebody) -> Person:
    """Return somebody's account, described on first use."""
    found = Person.objects.at(one.address)
    if not found.name:
        people.describe(
            found, name=one.name, business=one.business, trade=one.trade, town=one.town, zone="Europe/London"
        )
        if one.hopes:
            said = {"kind": "business", "does": one.voice.does, "whom": one.voice.whom, "why": one.voice.why}
            profiles.keep(found, {**said, "hopes": one.hopes})
        if one.story[0]:
            profiles.keep_story(found, 0, profile_rules.Story(title=one.story[0], short=one.story[1]))
    return found


def read_all(seat: Seat) -> None:
    """Have a person see every piece of news of one relationship."""
    news = WaitingRow.objects.filter(person_id=seat.person_id, relationship_id=seat.relationship_id, news=True)
    for key in list(news.values_list("key", flat=True)):
        waiting.see(seat.person, key)


def together(a: tuple[Somebody, Person], b: tuple[Somebody, Person], began: int, words: str) -> Pair:
    """Have two people begin on a day: one writes, the other says yes two days later."""
    diary = Diary()
    with diary.on(began, 19):
        seat = begin(a[1], b[0].name, b[0].address, words, business=b[0].business, trade=b[0].trade, town=b[0].town)
    pair = Pair(seat.key, a, b)
    pair.diary = diary
    with diary.on(began - 2, 8):
        join(seat, b[1])
    return pair
