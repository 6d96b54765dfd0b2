"""The paper kit: sheets for somebody who is not in Goodword, from the step one is in (M4). Nothing from a drawer is on them.

What one kept for both (`Record`) may stand on a sheet: it belongs to both in talk. What the other is said to hesitate about, one's
own reservations, criteria, notes and the names on slips never do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from goodword.agreements.paper import drawable, typeset
from goodword.alone.models import Record
from goodword.alone.rules import Sort
from goodword.alone.wording import clauses
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step

TEMPLATE = Path(__file__).parent / "paper.typ"
QUESTIONS = 10
SLIPS = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a sheet: a heading, text, and how many ruled lines to write on."""

    heading: str = ""
    text: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a sheet: a sentence below the title, its parts, and who signs."""

    lead: str
    blocks: list[Block]
    sign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the kit: its name in addresses, its title and use, from which step to which it is offered."""

    name: str
    title: str | Promise
    use: str | Promise
    first: Step
    last: Step
    made: Callable[[Seat], Page]


def _record_text(seat: Seat, sort: Sort) -> str:
    row = Record.objects.owned_by(seat).filter(sort=sort).first()
    return row.text.unseal(seat) if row else ""


def _name(seat: Seat) -> dict[str, str]:
    return {"name": seat.other.first_name, "me": seat.side.first_name}


def _how_it_works(seat: Seat) -> Page:
    steps = [
        (
            _("1. A first talk"),
            _("About an hour, half each: the work, and the person. Then each says whether to go on."),
        ),
        (
            _("2. Two briefings"),
            _("Once you tell and the other asks, once the other way round; what was understood is said back."),
        ),
        (
            _("3. Agreeing and teaching"),
            _("How it is going to work, on one page; and what each can say for the other, to whom."),
        ),
        (
            _("4. Leads both ways"),
            _(
                "Each puts in a word for the other when the moment comes, and hears what came of it. You meet now and then."
            ),
        ),
        (
            _("What makes one hesitate"),
            _(
                "Before any of it starts, each says what makes them hesitate, and it is dealt with. "
                "Most people leave this out; it is what makes the rest hold."
            ),
        ),
        (
            _("Stopping"),
            _(
                "Either of you can stop at any time, kindly and without giving reasons. Nothing goes on unless you both say so."
            ),
        ),
    ]
    return Page(
        _("How two businesses come to recommend each other, in four steps. Keep this page."),
        [Block(heading, text) for heading, text in steps],
    )


def _agenda(seat: Seat) -> Page:
    agenda = playbook().agenda(seat.at.slug)
    whose = {"proposer": seat.side.first_name, "invited": seat.other.first_name}
    speaks, listens = (seat.side, seat.other) if seat.speaks else (seat.other, seat.side)
    whose |= {"speaker": speaks.first_name, "listener": listens.first_name, "both": _("Both")}
    lines = [
        f"{_(item.text)}" + (f" ({_('%(minutes)s minutes') % {'minutes': item.minutes}})" if item.minutes else "")
        for item in agenda.items
    ]
    blocks = [Block(whose.get(item.half, ""), line) for item, line in zip(agenda.items, lines, strict=True)]
    return Page(_(agenda.text), blocks)


def _questions(seat: Seat) -> Page:
    lead = _("Ten questions, for %(name)s to choose from. Nothing has to be answered.")
    every = playbook().questions()
    step = max(1, len(every) // QUESTIONS)
    return Page(lead % _name(seat), [Block("", _(each.text), 2) for each in every[::step][:QUESTIONS]])


def _playback_page(seat: Seat) -> Page:
    lead = _("This is what %(me)s understood. Put right with a pen what is not.")
    text = _record_text(seat, Sort.UNDERSTOOD)
    return Page(lead % _name(seat), [Block("", text, 4 if text else 12)])


def _agreement(seat: Seat) -> Page:
    text = _record_text(seat, Sort.AGREEMENT) or clauses()
    return Page("", [Block("", text)], sign=(seat.side.person_name, seat.other.person_name))


def _say_for_me(seat: Seat) -> Page:
    text = _record_text(seat, Sort.FOR_ME)
    lead = _("A card for %(name)s’s wallet: to whom, at which moment, in which words.")
    return Page(lead % _name(seat), [Block(seat.side.person_name, text, 2 if text else 8)])


def _slips(seat: Seat) -> Page:
    each = [
        Block(_("Whom, and the moment"), "", 1),
        Block(_("Why they fit"), "", 2),
        Block(_("How to reach them, if they agree"), "", 1),
    ]
    return Page(_("One slip for each. A name is written down only once they have agreed."), each * SLIPS)


def _reports(seat: Seat) -> Page:
    outcomes = "   ".join(f"▢ {_(each.label)}" for each in playbook().outcomes)
    return Page(_("Whatever came of it, the other would rather know."), [Block(_("Which lead"), outcomes, 2)] * SLIPS)


SHEETS = (
    Sheet(
        "how-it-works",
        gettext_lazy("How it works"),
        gettext_lazy("For them to keep"),
        Step.EXPLORE,
        Step.ADVOCATE,
        _how_it_works,
    ),
    Sheet(
        "agenda",
        gettext_lazy("What we talk about"),
        gettext_lazy("With the halves marked"),
        Step.EXPLORE,
        Step.ADVOCATE,
        _agenda,
    ),
    Sheet(
        "questions",
        gettext_lazy("What I might ask you"),
        gettext_lazy("Ten questions, to choose from"),
        Step.FIRST_BRIEFING,
        Step.SECOND_BRIEFING,
        _questions,
    ),
    Sheet(
        "understood",
        gettext_lazy("What I understood"),
        gettext_lazy("To put right with a pen"),
        Step.FIRST_BRIEFING,
        Step.AGREE,
        _playback_page,
    ),
    Sheet(
        "agreement",
        gettext_lazy("How we do it"),
        gettext_lazy("With room for two names"),
        Step.AGREE,
        Step.ADVOCATE,
        _agreement,
    ),
    Sheet(
        "say-for-me",
        gettext_lazy("What to say for me"),
        gettext_lazy("A card for the wallet"),
        Step.AGREE,
        Step.ADVOCATE,
        _say_for_me,
    ),
    Sheet(
        "lead-slips",
        gettext_lazy("Lead slips"),
        gettext_lazy("One for each lead"),
        Step.ADVOCATE,
        Step.ADVOCATE,
        _slips,
    ),
    Sheet(
        "report-slips",
        gettext_lazy("Report slips"),
        gettext_lazy("What came of it"),
        Step.ADVOCATE,
        Step.ADVOCATE,
        _reports,
    ),
)


def sheet_of(name: str) -> Sheet | None:
    """Return the sheet of that name, if there is one."""
    return next((sheet for sheet in SHEETS if sheet.name == name), None)


def pdf_of(seat: Seat, sheet: Sheet) -> bytes:
    """Return a sheet as a PDF, for this seat's relationship."""
    shown = sheet.made(seat)
    words = {"title": str(sheet.title), "lead": shown.lead, "sign": list(shown.sign), "note": "", "foot": "Goodword"}
    data = drawable({**words, "lang": (get_language() or "en").split("-")[0], "blocks": []})
    blocks = [{**asdict(each), "heading": drawable(each.heading), "text": drawable(each.text)} for each in shown.blocks]
    return typeset(TEMPLATE, {**data, "blocks": blocks})
