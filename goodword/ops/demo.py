"""A small living world, built by the real actions of every room: the people of the mock-ups, over all steps.

Building it twice does no harm: a relationship that is there already is left as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from goodword.encounters import actions as encounters
from goodword.encounters.rules import Kind
from goodword.followups import actions as followups
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.leads import giving, receiving
from goodword.leads.giving import Consent
from goodword.ops.story import Story, Voice, begin, join
from goodword.people import actions as people
from goodword.people.models import Person
from goodword.post.models import OutboxLetter
from goodword.relationships import starting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations.actions import checking, keeping, releasing, sharing
from goodword.reservations.rules import Answer

DOMAIN = "demo.goodword.example"


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the demo world."""

    name: str
    business: str
    trade: str
    town: str
    voice: Voice = field(default_factory=Voice)

    @property
    def address(self) -> str:
        """Their address, under a domain that belongs to nobody."""
        return f"{self.name.split(' ')[0].lower()}@{DOMAIN}"


RUTH = Somebody(
    "Ruth Adeyemi", "Adeyemi & Lowe", "Solicitors", "Stockport",
    Voice("Wills, houses and family businesses, in plain words.", "Families who have just bought, and owners over fifty.",
          "We ring first and write second.", "Somebody says the house is still in one name.", "Lantern Café",
          ("I know somebody who rings you before she writes to you.",)),
)  # fmt: skip
TOM = Somebody(
    "Tom Hale", "Hale Kitchens", "Kitchens", "Marple",
    Voice("Kitchens fitted from start to finish by the same two people.", "Couples and families who own their house.",
          "One price that doesn’t move, and we stay until the kettle has boiled.", "They have exchanged contracts.",
          "Workshop, 4 Brabyns Brow, Marple", ("I know somebody who doesn’t leave until you’ve made a pot of tea in it.",)),
)  # fmt: skip
MEI_LIN = Somebody("Mei-Lin Carter", "Carter Financial Planning", "Financial planning", "Bramhall")
DANIEL = Somebody("Daniel Brandt", "Brandt Lettings", "Lettings", "Stockport")
PRIYA = Somebody("Priya Nair", "Nair & Co", "Accountants", "Cheadle")
HUW = Somebody("Huw Parry", "Parry Surveyors", "Surveyors", "Romiley")
AMARA = Somebody("Amara Okoye", "Okoye Courses", "Courses", "Manchester")
COLLEAGUES = {RUTH: Somebody("Lewis Lowe", "Adeyemi & Lowe", "Solicitors", "Stockport"),
              TOM: Somebody("Jess Hale", "Hale Kitchens", "Kitchens", "Marple")}  # fmt: skip
OTHERS = [
    Somebody("Ingrid Solheim", "Solheim Interiors", "Interiors", "Hazel Grove"),
    Somebody("Oliver Stanton", "Stanton Removals", "Removals", "Stockport"),
    Somebody("Karen Dodd", "Dodd Gardens", "Gardens", "Marple"),
    Somebody("Celia Marchetti", "Marchetti Tiles", "Tiles", "Bredbury"),
    Somebody("Marcus Bell", "Bell Electrical", "Electricians", "Offerton"),
    Somebody("Zofia Nowak", "Nowak Translations", "Translation", "Manchester"),
    Somebody("Helen Garside", "Garside Estates", "Estate agency", "Romiley"),
    Somebody("Patrick Nolan", "Nolan Roofing", "Roofing", "Stockport"),
]
INGRID, OLIVER, KAREN, CELIA, MARCUS, ZOFIA, HELEN, PATRICK = OTHERS


def build() -> Iterator[str]:
    """Build the world; yield a line as each relationship stands. At the end, everybody's address is in `everybody()`."""
    for one in everybody():
        person(one)
    for a, b, live in plot():
        if not _there(a, b):
            live(_together(a, b))
            yield f"{a.name} and {b.name}"
    if not _there(RUTH, Somebody("Joanna Pike", "", "", "")):
        begin(
            person(RUTH),
            "Joanna Pike",
            f"joanna@{DOMAIN}",
            "You asked the only good question on Tuesday.",
            business="Pike Joinery",
            town="Hyde",
        )
        yield "Ruth Adeyemi and Joanna Pike, who has the invitation"
    for one, colleague in COLLEAGUES.items():
        _seat_beside(one, colleague)
    releasing.release_due(timezone.now() + dt.timedelta(minutes=1))
    # The addresses belong to nobody: what was written to them on the way is not sent.
    OutboxLetter.objects.filter(address__endswith=DOMAIN, sent_at=None).update(dropped_at=timezone.now(), content=b"")


def everybody() -> list[Somebody]:
    """Return everybody who can sign in."""
    return [RUTH, TOM, MEI_LIN, DANIEL, PRIYA, HUW, AMARA, *COLLEAGUES.values(), *OTHERS]


def person(one: Somebody) -> Person:
    """Return somebody's account, described on first use."""
    found = Person.objects.at(one.address)
    if not found.name:
        people.describe(found, name=one.name, business=one.business, trade=one.trade, town=one.town)
    return found


def plot() -> list[tuple[Somebody, Somebody, Callable[[Story], None]]]:
    """Return who knows whom, and what happens between them."""
    return [
        (RUTH, TOM, first_briefing_ahead),
        (RUTH, MEI_LIN, leads_both_ways),
        (RUTH, DANIEL, something_without_a_name),
        (RUTH, PRIYA, waiting_for_one_decision),
        (RUTH, HUW, leads_both_ways),
        (RUTH, INGRID, lambda story: story.meet()),
        (RUTH, OLIVER, lambda story: to(story, Step.FIRST_BRIEFING)),
        (RUTH, CELIA, lambda story: to(story, Step.SECOND_BRIEFING)),
        (RUTH, MARCUS, an_agreement_to_answer),
        (RUTH, HELEN, lambda story: to(story, Step.ADVOCATE)),
        (RUTH, PATRICK, ended_kindly),
        (TOM, KAREN, lambda story: None),
        (TOM, MARCUS, leads_both_ways),
        (TOM, INGRID, lambda story: to(story, Step.SECOND_BRIEFING)),
        (AMARA, ZOFIA, lambda story: to(story, Step.AGREE)),
    ]


def _there(a: Somebody, b: Somebody) -> bool:
    return Seat.objects.filter(person__email=a.address, other_name=b.name).exists()


def _together(a: Somebody, b: Somebody) -> Story:
    first = b.name.split(" ")[0]
    words = f"On Tuesday you told me how you work, {first}, and I have repeated it twice since.\n\nCould we start with a coffee?"
    seat = begin(person(a), b.name, b.address, words, business=b.business, town=b.town)
    join(seat, person(b))
    return Story(seat.key, person(a), person(b), a.voice, b.voice)


def _seat_beside(one: Somebody, colleague: Somebody) -> None:
    """Seat a colleague in the first relationship this person proposed."""
    seat = (
        Seat.objects.select_related("relationship", "side", "other", "person")
        .filter(person__email=one.address)
        .order_by("joined_at")
        .first()
    )
    if seat and not Seat.objects.filter(relationship=seat.relationship, person__email=colleague.address).exists():
        starting.take_offered(
            person(colleague), starting.offer_seat(seat, name=colleague.name, email=colleague.address)
        )


def to(story: Story, step: Step) -> None:
    """Walk to a step and stay there."""
    story.walk(step)


def first_briefing_ahead(story: Story) -> None:
    """Ruth and Tom: a reservation kept, one on the table, a briefing planned."""
    story.walk(Step.FIRST_BRIEFING)
    keeping.keep(
        story.a,
        text="I haven’t seen anything he has built. If a kitchen went wrong I would hear about it at every school gate.",
        drawer="side",
    )
    kept = keeping.keep(
        story.a,
        text="We aren’t the cheapest in town. Might your customers feel we’re too grand for them?",
        drawer="mine",
    )
    sharing.put_on_table(story.a, kept, sharing.words_print(story.a, kept))
    at = (timezone.now() + dt.timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
    encounters.plan(story.b, kind=Kind.VISIT, planned_at=at, minutes=90, place=TOM.voice.place)


def something_without_a_name(story: Story) -> None:
    """Ruth and Daniel: something bothers her that she cannot name (M24)."""
    story.walk(Step.SECOND_BRIEFING)
    checking.record_check(story.a, Answer.CANNOT_NAME)


def waiting_for_one_decision(story: Story) -> None:
    """Ruth and Priya: Priya has decided, sealed; Ruth has not."""
    story.walk(Step.SECOND_BRIEFING)
    story.brief()
    gates.decide(story.b, Choice.GO_ON)


def an_agreement_to_answer(story: Story) -> None:
    """Ruth and Marcus: the agreement is worded by one side and waits for the other."""
    story.walk(Step.AGREE)
    story.meet()
    story.word_agreement()


def leads_both_ways(story: Story) -> None:
    """Leads given, accepted, reported; news; a rhythm."""
    story.walk(Step.ADVOCATE)
    agreed = Consent(agreed_on=timezone.localdate())
    first = giving.give(
        story.a,
        why="New house, and nobody has looked at it yet.",
        route="now",
        name="Mr Farrar",
        reach="0161 496 0100",
        consent=agreed,
    )
    receiving.accept(story.b, first)
    receiving.report(story.b, first, outcome="meeting", line="We meet on Thursday.", thanks=True)
    second = giving.give(
        story.b,
        why="She said she’d been meaning to ask somebody for years.",
        route="now",
        name="Mrs Sorrell",
        reach="0161 496 0177",
        consent=agreed,
    )
    receiving.accept(story.a, second)
    giving.give(story.b, why="Moving in with her mother; would rather be asked first.", route="ask")
    followups.set_rhythm(
        story.a, kind="monthly", starts_on=timezone.localdate() + dt.timedelta(days=20), wall=dt.time(8, 30)
    )
    followups.send_update(story.b, kind="products", text="We have stopped taking on pension transfers.")


def ended_kindly(story: Story) -> None:
    """Ruth and Patrick: it ended after the exploring, with a line."""
    story.explore()
    gates.let_go(story.b)
    gates.leave_a_line(story.b, "Thank you for the hour. I’ll wave from the roof.")
