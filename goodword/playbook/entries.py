"""What lies on the shelf: one small frozen class for each kind of entry.

The classes are also the schema. A field without a default is a key that must be there; `Msgid` marks plain English
that readers see, to be passed through gettext when it is shown; a `Literal` lists the only values allowed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

Msgid = Annotated[str, "msgid"]

Step = Literal["explore", "first_briefing", "second_briefing", "agree", "advocate"]
Half = Literal["proposer", "invited", "speaker", "listener", "both"]
About = Literal["quality", "fit", "behaviour", "fairness", "rules", "oneself"]
Part = Literal["whom", "what", "words"]
FieldKind = Literal["words", "number", "date"]
GateId = Literal["g1", "g2a", "g2b", "g3", "still_glad"]
OutcomeId = Literal["spoke", "meeting", "proposal", "client", "not_now", "not_a_fit", "no_answer"]

STEPS: tuple[str, ...] = get_args(Step)
ABOUTS: tuple[str, ...] = get_args(About)
PARTS: tuple[str, ...] = get_args(Part)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """Anything with a stable id, unique among the entries of its kind."""

    id: str


@dataclass(frozen=True, slots=True)
class Line(Entry):
    """One sentence and nothing else: a group, a listening aid, a naming question, words to listen for."""

    text: Msgid


@dataclass(frozen=True, slots=True)
class TitledEntry(Entry):
    """A title and what it means: a help topic, a pitfall, a route, an approach."""

    title: Msgid
    text: Msgid


@dataclass(frozen=True, slots=True)
class ProfessionRule(TitledEntry):
    """What a profession's rules ask of whoever recommends or is recommended, in one country, as known at a month ("2026-11")."""

    country: Msgid
    as_of: str


@dataclass(frozen=True, slots=True)
class LabelledChoice(Entry):
    """A choice on a form, with a sentence of help: a reason for sending a lead back, a kind of update (M38)."""

    label: Msgid
    text: Msgid


@dataclass(frozen=True, slots=True)
class Outcome(LabelledChoice):
    """What came of a lead, as its report says it (M35, M36); the code knows these seven, so none can be added."""

    id: OutcomeId


@dataclass(frozen=True, slots=True)
class AgendaHead(Entry):
    """The heading of a step's agenda; its id is the step."""

    id: Step
    title: Msgid
    text: Msgid


@dataclass(frozen=True, slots=True)
class AgendaEntry(Entry):
    """One item of an agenda: whose it is and how many minutes it is given (M7)."""

    step: Step
    half: Half
    minutes: int
    text: Msgid
    hint: Msgid = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """A step's agenda, put together from its heading and its items, in order (M7, M8, M11, M13, M19, M25)."""

    step: str
    title: str
    text: str
    items: tuple[AgendaEntry, ...]

    @property
    def minutes(self) -> int:
        """The length of the whole encounter."""
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True, slots=True)
class Question(Entry):
    """An open coaching question for a briefing (M16, M18)."""

    group: str
    text: Msgid


@dataclass(frozen=True, slots=True)
class Prompt(Entry):
    """A worry, for oneself and as help for the other to speak (M13, M19). `trades` says where it is likeliest."""

    about: About
    steps: tuple[Step, ...]
    text: Msgid
    for_them: Msgid
    trades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutLabel(Line):
    """The heading over the prompts about one thing."""

    id: About


@dataclass(frozen=True, slots=True)
class Settlement(Entry):
    """A way in which a reservation is dealt with (M2)."""

    text: Msgid
    hint: Msgid


@dataclass(frozen=True, slots=True)
class CriterionEntry(Entry):
    """A criterion for a good advocate, and why one might hold to it (M17)."""

    text: Msgid
    why: Msgid


@dataclass(frozen=True, slots=True)
class ClauseField(Entry):
    """Something to fill in within a clause; `initial` is a sensible start, or empty."""

    label: Msgid
    kind: FieldKind
    initial: Msgid = ""


@dataclass(frozen=True, slots=True)
class Clause(Entry):
    """A clause template for the agreement (M27); `fields` names every {placeholder} in its text."""

    title: Msgid
    default: bool
    text: Msgid
    fields: tuple[str, ...] = ()

    def fill_in(self, values: Mapping[str, str], translate: Callable[[str], str] = str) -> str:
        """The translated wording with its fields filled in; a field missing from `values`, or empty, shows as "…"."""
        return PLACEHOLDER.sub(lambda found: values.get(found[1]) or "…", translate(self.text))


@dataclass(frozen=True, slots=True)
class TeachingField(Entry):
    """One thing to teach the other side: whom, what, or in which words (M30, M31, M32)."""

    part: Part
    label: Msgid
    hint: Msgid
    example: Msgid


@dataclass(frozen=True, slots=True)
class GateEntry(Entry):
    """What a gate asks at the end of its step, and what each decision means (M5, M12, M20, M25, M28)."""

    id: GateId
    step: Step
    title: Msgid
    question: Msgid
    go_on: Msgid
    not_yet: Msgid
    let_go: Msgid


@dataclass(frozen=True, slots=True)
class Warmth(Entry):
    """A rung of the ladder from a bare name to an introduction in person; 1 is the coolest."""

    rung: int
    title: Msgid
    text: Msgid
