"""Walking the path by the real actions of every room: what the demo world is built with, and the tests' short way to a step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from goodword.agreements import actions as agreements
from goodword.agreements import queries as agreement_queries
from goodword.agreements import wording
from goodword.briefings.actions import conversation as briefings
from goodword.briefings.actions import playback, weighing
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.encounters.rules import EncounterKind
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.people.models import Person
from goodword.playbook.shelf import playbook
from goodword.relationships import invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step, speaker
from goodword.reservations.actions import checking
from goodword.reservations.rules import CheckAnswer
from goodword.teaching import actions as teaching
from goodword.teaching import own as own_teaching
from goodword.teaching import wording as teaching_wording
from goodword.teaching.queries import ours as teaching_ours
from goodword.teaching.rules import content as teaching_rules
from goodword.teaching.rules.content import Feel


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody says about their work, in the words the story needs."""

    does: str = "Plain advice for people who are buying or selling a house."
    whom: str = "Families who move within ten miles."
    why: str = "They ring back the same day, and the price does not move."
    when: str = "Somebody says they have had an offer accepted."
    place: str = "Lantern Café"
    words: tuple[str, ...] = field(default=("I know somebody who rings back the same day.",))
    question: str = ""
    reach: str = ""
    ways: str = ""  # the playbook's routes that are welcome, by id
    purpose: str = "To be of use to them, and to know somebody I can send people to."


def begin(
    proposer: Person, name: str, address: str, words: str, met: tuple[dt.date, str] | None = None, **side: str
) -> Seat:
    """Start a relationship, write its letter and show its link; return the proposer's seat. `met` is when and where they had."""
    seat = starting.start(proposer, name=name, **side)
    met_on, met_where = met or (None, "")
    invitations.write(seat, words=words, address=address, met_on=met_on, met_where=met_where)
    invitations.offer(seat, by_mail=False)
    return seat


def join(seat: Seat, invited: Person) -> Seat:
    """Have the invited person say yes and take their seat; return it."""
    letter = invitations.of(seat)
    assert letter is not None  # noqa: S101 - `begin` has written it
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    invitations.join(invited, letter)
    return seat_of(invited, seat.key)


class PathWalk:
    """Two people walking the path together. `a` proposed, `b` was invited; each seat is read afresh for each act."""

    def __init__(self, key: str, a: Person, b: Person, voice_a: Voice = Voice(), voice_b: Voice = Voice()) -> None:
        self.key, self.people, self.voices = key, (a, b), {Role.PROPOSER: voice_a, Role.INVITED: voice_b}

    @property
    def a(self) -> Seat:
        """The proposer's seat, as it is now."""
        return seat_of(self.people[0], self.key)

    @property
    def b(self) -> Seat:
        """The invited side's seat, as it is now."""
        return seat_of(self.people[1], self.key)

    def on(self, role: Role) -> Seat:
        """The seat with this role."""
        return self.a if role is Role.PROPOSER else self.b

    def walk(self, to: Step) -> None:
        """Go through every step and gate up to the one named."""
        chapters = {
            Step.EXPLORE: self.explore,
            Step.FIRST_BRIEFING: self.brief,
            Step.SECOND_BRIEFING: self.brief,
            Step.AGREE: self.agree_and_teach,
        }
        while self.a.at < to:
            chapters[self.a.at]()
            self.pass_gate()

    def explore(self) -> None:
        """Meet, and look at one's reservations (M7, M13)."""
        self.meet()
        self.check()

    def meet(self, kind: EncounterKind = EncounterKind.MEETING, place: str = "") -> Encounter:
        """Record an encounter of today, and return it."""
        where = place or (self.voices[Role.INVITED].place if kind.has_place else "")
        return encounters.record(self.a, happened_on=timezone.localdate(), place=where, kind=kind, counts_now=True)

    def check(self, *answers: CheckAnswer) -> None:
        """Do the reservation check on both sides (M6)."""
        ours, theirs = answers or (CheckAnswer.NOTHING, CheckAnswer.NOTHING)
        checking.record_check(self.a, ours)
        checking.record_check(self.b, theirs)

    def brief(self) -> None:
        """One tells, the other asks, plays back and weighs (M15 to M18, M26)."""
        teller = speaker(self.a.at, Role(self.a.relationship.first_speaker))
        assert teller is not None  # noqa: S101 - only called in a briefing step
        self.prepare(teller)
        self.meet()
        self.play_back(teller)
        self.weigh(self.on(teller.other))
        self.check()

    def prepare(self, teller: Role) -> None:
        """Write down why, where it is asked (M21); ask, and answer."""
        if self.a.at is Step.SECOND_BRIEFING:
            weighing.write_purpose(self.a, self.voices[Role.PROPOSER].purpose)
        self.ask_and_answer(teller)

    def ask_and_answer(self, teller: Role, most: int = 3) -> None:
        """The listener prepares questions and asks them; the speaker answers in writing."""
        listener = self.on(teller.other)
        chosen = playbook().questions("business")[:most]
        prepared = [briefings.prepare(listener, text=question.text, entry=question.id) for question in chosen]
        voice = self.voices[teller]
        for asked, said in zip(
            briefings.ask(self.on(teller.other), prepared), (voice.does, voice.whom, voice.why), strict=False
        ):
            briefings.answer(self.on(teller), asked, said)

    def play_back(self, teller: Role) -> None:
        """The listener says back what they understood; the speaker confirms every passage."""
        voice = self.voices[teller]
        said = {Passage.DOES: voice.does, Passage.WHOM: voice.whom, Passage.WHY: voice.why, Passage.WHEN: voice.when}
        shown = playback.say_back(self.on(teller.other), said)
        playback.reply(self.on(teller), shown, dict.fromkeys(Passage, ""))

    def weigh(self, listener: Seat) -> None:
        """The listener weighs the other against their own criteria, privately (M17, M26)."""
        for number, criterion in enumerate(playbook().criteria[:4]):
            held = weighing.hold_to(listener, text=criterion.text, entry=criterion.id)
            if number:
                weighing.weigh(listener, held, Weight.MET)
            else:
                weighing.weigh(listener, held, Weight.HAPPY, "They said so themselves before I asked.")
        weighing.know_people(listener, PeopleRange.FEW)

    def agree_and_teach(self) -> None:
        """Word the agreement and accept it, teach both ways, look at reservations once more (M27 to M33)."""
        self.meet()
        self.word_agreement()
        agreements.accept(self.b, self.newest_hash())
        self.teach()
        self.check()

    def word_agreement(self) -> None:
        """The proposer words the first version from the playbook's usual clauses."""
        choices = wording.Choices(
            review_on=timezone.localdate() + dt.timedelta(days=360), words={"rhythm": "every month"}
        )
        clauses = [wording.from_template(clause.id, choices) for clause in playbook().default_clauses()]
        agreements.write_version(self.a, clauses, choices)

    def newest_hash(self) -> str:
        """Return the content hash of the newest version."""
        newest = agreement_queries.latest(self.b)
        assert newest is not None  # noqa: S101 - `word_agreement` has written it
        return newest.content_hash

    def teach(self) -> None:
        """Each side says what to say for it, and how the other's words sit."""
        for role in Role:
            said, person = self.words_of(role), self.on(role).person
            if not own_teaching.own_words(person):
                own_teaching.keep(person, said)
            teaching.keep_draft(self.on(role), said)
            teaching.put(self.on(role), teaching_ours.preview(self.on(role))["seen"])
        for role in Role:
            teaching.say_comfort(self.on(role), Feel.TODAY)

    def words_of(self, role: Role) -> dict[str, str]:
        """Return what a side has said about itself, by the teaching's fields."""
        voice = self.voices[role]
        said = {
            "sector": voice.whom,
            "moment": voice.when,
            "services": voice.does,
            "short_words": voice.words[0],
            "question_to_ask": voice.question,
            teaching_wording.ROUTES: voice.ways,
            teaching_rules.REACH: voice.reach,
        }
        return {name: text for name, text in said.items() if text}

    def pass_gate(self) -> None:
        """Both sides say go on."""
        for seat in (self.a, self.b):
            gates.decide(seat, Choice.GO_ON, first_leads="two_or_three")
