"""What has to hold between entries, once every file is read and the installation's own are laid over them."""

from collections.abc import Iterable, Iterator, Mapping

from goodword.playbook.entries import PLACEHOLDER, AgendaEntry, Clause, Question
from goodword.playbook.reading import DATA, PlacedEntry, Read

HALVES: Mapping[str, tuple[str, ...]] = {
    "explore": ("proposer", "invited", "both"),
    "first_briefing": ("speaker", "listener", "both"),
    "second_briefing": ("speaker", "listener", "both"),
    "agree": ("proposer", "invited", "both"),
    "advocate": ("both",),
}


def check(shelf: Mapping[str, Read]) -> None:
    """Raises PlaybookError at the first thing that does not hold: M7's equal halves, groups, placeholders."""
    _check_halves(shelf["agendas.toml"]["item"].values())
    _check_groups(shelf["questions.toml"])
    _check_fields(shelf["clauses.toml"])


def _check_halves(placed: Iterable[PlacedEntry]) -> None:
    """Each item in a half its step has, and the two sides' halves of equal length (M7)."""
    items = [(each, each.entry) for each in placed if isinstance(each.entry, AgendaEntry)]
    for each, item in items:
        if item.half not in HALVES[item.step]:
            raise each.error(f'"half" cannot be "{item.half}" in "{item.step}".', "half")
    for step in HALVES:
        halves = [(each, item) for each, item in items if item.step == step and item.half in ("proposer", "invited")]
        proposer = sum(item.minutes for _, item in halves if item.half == "proposer")
        invited = sum(item.minutes for _, item in halves if item.half == "invited")
        if proposer != invited:
            where = _likeliest([each for each, _ in halves])
            raise where.error(
                f'the halves of "{step}" differ: proposer {proposer}, invited {invited} minutes.', "minutes"
            )


def _likeliest(placed: list[PlacedEntry]) -> PlacedEntry:
    """Where a sum most likely went astray: the last entry that an installation laid over, else the last of all."""
    own = [each for each in placed if each.source.path.parent != DATA]
    return (own or placed)[-1]


def _check_groups(questions: Read) -> None:
    """Each question in a group that has a heading."""
    for each in questions["question"].values():
        if isinstance(each.entry, Question) and each.entry.group not in questions["group"]:
            raise each.error(f'there is no group "{each.entry.group}".', "group")


def _check_fields(clauses: Read) -> None:
    """Each clause declares exactly the placeholders in its text, and each of them is described (M27)."""
    for each in clauses["clause"].values():
        if isinstance(each.entry, Clause):
            for reason in _fields_amiss(each.entry, clauses["field"]):
                raise each.error(reason, "text")


def _fields_amiss(clause: Clause, described: Mapping[str, PlacedEntry]) -> Iterator[str]:
    """What is amiss with a clause's placeholders, in sentences."""
    used = PLACEHOLDER.findall(clause.text)
    if any(brace in PLACEHOLDER.sub("", clause.text) for brace in "{}"):
        yield "a brace in the text does not belong to a {placeholder}."
    for name in sorted({*used} ^ {*clause.fields}):
        yield f'"{name}" stands either in the text or in "fields"; it should stand in both.'
    for name in clause.fields:
        if name not in described:
            yield f'there is no [[field]] with the id "{name}".'
