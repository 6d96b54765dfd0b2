"""The shelf from which the other rooms take the playbook: `playbook()` for reading, `load()` for checking a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from goodword.playbook.checks import check
from goodword.playbook.entries import (
    ABOUTS,
    PARTS,
    STEPS,
    AboutLabel,
    Agenda,
    AgendaEntry,
    AgendaHead,
    Clause,
    ClauseField,
    CriterionEntry,
    Entry,
    GateEntry,
    LabelledChoice,
    Line,
    Outcome,
    ProfessionRule,
    Prompt,
    Question,
    Settlement,
    TeachingField,
    TitledEntry,
    Warmth,
)
from goodword.playbook.reading import DATA, Kinds, PlaybookError, Read, read

__all__ = ["Playbook", "PlaybookError", "load", "playbook", "texts"]

ROOT = Path(__file__).parents[2]

FILES: dict[str, Kinds] = {
    "agendas.toml": {"agenda": AgendaHead, "item": AgendaEntry},
    "questions.toml": {"group": Line, "question": Question, "aid": Line},
    "reservation_prompts.toml": {
        "about": AboutLabel,
        "prompt": Prompt,
        "premortem": Line,
        "naming": Line,
        "precious": Line,
        "settled": Settlement,
    },
    "criteria.toml": {"criterion": CriterionEntry},
    "clauses.toml": {"field": ClauseField, "clause": Clause, "profession": ProfessionRule},
    "teaching.toml": {"field": TeachingField, "listen_for": Line, "route": TitledEntry, "approach": TitledEntry},
    "help.toml": {
        "topic": TitledEntry,
        "pitfall": TitledEntry,
        "gate": GateEntry,
        "warmth": Warmth,
        "outcome": Outcome,
        "send_back": LabelledChoice,
        "update_kind": LabelledChoice,
    },
}

SHELVES: dict[str, tuple[str, str]] = {
    "question_groups": ("questions.toml", "group"),
    "all_questions": ("questions.toml", "question"),
    "listening": ("questions.toml", "aid"),
    "abouts": ("reservation_prompts.toml", "about"),
    "all_prompts": ("reservation_prompts.toml", "prompt"),
    "premortem": ("reservation_prompts.toml", "premortem"),
    "naming_questions": ("reservation_prompts.toml", "naming"),
    "precious_questions": ("reservation_prompts.toml", "precious"),
    "ways_settled": ("reservation_prompts.toml", "settled"),
    "criteria": ("criteria.toml", "criterion"),
    "clauses": ("clauses.toml", "clause"),
    "clause_fields": ("clauses.toml", "field"),
    "profession_rules": ("clauses.toml", "profession"),
    "teaching_fields": ("teaching.toml", "field"),
    "listen_for": ("teaching.toml", "listen_for"),
    "routes": ("teaching.toml", "route"),
    "approaches": ("teaching.toml", "approach"),
    "topics": ("help.toml", "topic"),
    "pitfalls": ("help.toml", "pitfall"),
    "gates": ("help.toml", "gate"),
    "warmth": ("help.toml", "warmth"),
    "outcomes": ("help.toml", "outcome"),
    "reasons_back": ("help.toml", "send_back"),
    "update_kinds": ("help.toml", "update_kind"),
}

E = TypeVar("E", bound=Entry)
Shelf = dict[str, Read]


@dataclass(frozen=True, slots=True)
class Playbook:
    """Every entry, in order. Texts are English msgids: pass them through gettext where they are shown."""

    agendas: tuple[Agenda, ...]
    question_groups: tuple[Line, ...]
    all_questions: tuple[Question, ...]
    listening: tuple[Line, ...]
    abouts: tuple[AboutLabel, ...]
    all_prompts: tuple[Prompt, ...]
    premortem: tuple[Line, ...]
    naming_questions: tuple[Line, ...]
    precious_questions: tuple[Line, ...]
    ways_settled: tuple[Settlement, ...]
    criteria: tuple[CriterionEntry, ...]
    clauses: tuple[Clause, ...]
    clause_fields: tuple[ClauseField, ...]
    profession_rules: tuple[ProfessionRule, ...]
    teaching_fields: tuple[TeachingField, ...]
    listen_for: tuple[Line, ...]
    routes: tuple[TitledEntry, ...]
    approaches: tuple[TitledEntry, ...]
    topics: tuple[TitledEntry, ...]
    pitfalls: tuple[TitledEntry, ...]
    gates: tuple[GateEntry, ...]
    warmth: tuple[Warmth, ...]
    outcomes: tuple[Outcome, ...]
    reasons_back: tuple[LabelledChoice, ...]
    update_kinds: tuple[LabelledChoice, ...]

    def agenda(self, step: str) -> Agenda:
        """The agenda of a step (M7, M34). Raises KeyError for a step there is none of."""
        _require(step, STEPS, "step")
        return next(agenda for agenda in self.agendas if agenda.step == step)

    def questions(self, group: str | None = None) -> tuple[Question, ...]:
        """Coaching questions (M16), of one group or of all. Raises KeyError for an unknown group."""
        if group is None:
            return self.all_questions
        _require(group, tuple(each.id for each in self.question_groups), "group of questions")
        return tuple(each for each in self.all_questions if each.group == group)

    def prompts(self, step: str | None = None, about: str | None = None) -> tuple[Prompt, ...]:
        """Prompts for reservations (M13, M19), those apt at a step, about one thing, or both. Raises KeyError."""
        if step is not None:
            _require(step, STEPS, "step")
        if about is not None:
            _require(about, ABOUTS, "thing to have a prompt about")
        return tuple(each for each in self.all_prompts if step in (None, *each.steps) and about in (None, each.about))

    def clause(self, id: str) -> Clause:
        """A clause template (M27). Raises KeyError if there is none of that id."""
        return _pick(self.clauses, id, "clause")

    def default_clauses(self) -> tuple[Clause, ...]:
        """The clauses a new agreement starts with (M27)."""
        return tuple(each for each in self.clauses if each.default)

    def teaching(self, part: str) -> tuple[TeachingField, ...]:
        """The fields for "whom", "what" or "words" (M30, M31, M32). Raises KeyError for any other part."""
        _require(part, PARTS, "part of the teaching")
        return tuple(each for each in self.teaching_fields if each.part == part)

    def help(self, id: str) -> TitledEntry:
        """A short help text (M4). Raises KeyError if there is none of that id."""
        return _pick(self.topics, id, "help text")

    def gate(self, id: str) -> GateEntry:
        """What a gate asks: "g1", "g2a", "g2b", "g3" or "still_glad". Raises KeyError for any other."""
        return _pick(self.gates, id, "gate")

    def outcome(self, id: str) -> Outcome:
        """What came of a lead, in words (M35). Raises KeyError for an unknown outcome."""
        return _pick(self.outcomes, id, "outcome")


def _pick(entries: tuple[E, ...], id: str, what: str) -> E:
    """The entry of that id. Raises KeyError in words."""
    for entry in entries:
        if entry.id == id:
            return entry
    raise KeyError(f'the playbook has no {what} "{id}"')


def _require(name: str, names: tuple[str, ...], what: str) -> None:
    """Raises KeyError unless `name` is one of `names`, so that a slip of the pen is not an empty page."""
    if name not in names:
        raise KeyError(f'the playbook has no {what} "{name}"')


@cache
def playbook(folder: Path | None = None) -> Playbook:
    """The playbook, read once for each folder. Raises PlaybookError as `load` does."""
    return load(folder)


def load(folder: Path | None = None) -> Playbook:
    """Reads the playbook, with the entries of same-named files in `folder` replacing or joining ours by id.

    Raises PlaybookError, naming file, line, entry and reason, if anything is not as it should be.
    """
    return _playbook_of(_shelf(folder))


def texts(folder: Path | None = None) -> Iterator[tuple[str, int, str]]:
    """Every text a reader may see, as (file, line, msgid), for the message catalogue. Raises PlaybookError."""
    for found in _shelf(folder).values():
        for entries in found.values():
            for placed in entries.values():
                path = placed.source.path
                name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
                yield from ((name.as_posix(), line, text) for line, text in placed.msgids())


def _shelf(folder: Path | None) -> Shelf:
    """Return our own files with the folder's laid over them, everything checked. Raises PlaybookError."""
    shelf = {name: read(DATA / name, kinds) for name, kinds in FILES.items()}
    if folder is not None:
        _lay_over(shelf, folder)
    check(shelf)
    return shelf


def _lay_over(shelf: Shelf, folder: Path) -> None:
    """Replaces and adds entries from `folder`, in place. Raises PlaybookError, also for a file we would not read."""
    if not folder.is_dir():
        raise PlaybookError(f"{folder}: there is no such folder to read a playbook from.")
    for path in sorted(folder.glob("*.toml")):
        if path.name not in FILES:
            raise PlaybookError(f"{path}: a playbook has no file of this name; it has {', '.join(FILES)}.")
        for kind, entries in read(path, FILES[path.name]).items():
            shelf[path.name][kind].update(entries)


def _playbook_of(shelf: Shelf) -> Playbook:
    """The playbook from a checked shelf."""
    kept: dict[str, Any] = {name: _entries(shelf, file, kind) for name, (file, kind) in SHELVES.items()}
    return Playbook(agendas=tuple(_agendas(shelf)), **kept)


def _entries(shelf: Shelf, file: str, kind: str) -> tuple[Entry, ...]:
    """The entries of one kind, in order."""
    return tuple(placed.entry for placed in shelf[file][kind].values())


def _agendas(shelf: Shelf) -> Iterator[Agenda]:
    """Each step's heading and items, put together."""
    items = [item for item in _entries(shelf, "agendas.toml", "item") if isinstance(item, AgendaEntry)]
    for head in _entries(shelf, "agendas.toml", "agenda"):
        if isinstance(head, AgendaHead):
            own = tuple(item for item in items if item.step == head.id)
            yield Agenda(step=head.id, title=head.title, text=head.text, items=own)
