"""The words on the pages: nothing that frightens, nothing that shouts, one name for each thing; and who may call the house."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from goodword.playbook.shelf import texts
from tests.house.world import Address, World

ROOT = Path(__file__).parents[2]
CODE = ROOT / "goodword"

# What frightens or shouts. Word parts, as people form words of them: "rejected", "failing".
BANNED = (
    r"\bproblem",
    r"\bcomplain",
    r"\bobjection",
    r"\brisk scor",
    r"\breject",
    r"\bfail",
    r"\boverdue",
    r"\bsuspicio",
    r"\bblacklist",
    r"\byou must\b",
    r"(?<!aria-)\binvalid\b",
    r"\bsuccessful",
    r"\boops",
    r"\bplease correct",
    r"!(?=\s|$)",
    r"\brooms\b",
    r"\bwho sits where\b",
    r"\bcheck your reservations\b",
    r"\bweigh(ed|ing)?\b",
    r"\bothers hold to these\b",
    r"\bkeep it no longer\b",
)

# docs/glossary.md: the thing is called what stands on the right, and nothing else.
SYNONYMS = {
    r"\bpartnership": "relationship",
    r"\bphase": "step",
    r"\bmilestone": "gate",
    r"\bvot(e|ed|ing)\b": "decision",
    r"\bappointment": "encounter",
    r"\bconcerns?\b": "reservation",
    r"\brating": "assessment",
    r"\bcontract\b(?!s)": "agreement",
    r"\breferrals?\b": "lead",
    r"\bprospect": "lead",
    r"\bpipeline": "leads",
    r"\bnewsletter": "update",
    r"\bdashboard": "today",
    r"\bnotification": "letter",
    r"\bcounterpart": "the other side",
}

# Sentences that are about the word itself, or where it is not the product's own noun.
MEANT = ("It is not meant as a contract, and", "would be sent my newsletters")


def wrong_words(text: str) -> list[str]:
    """Return what in a text is banned, or has another name here."""
    for sentence in MEANT:
        text = text.replace(sentence, "")
    text = text.replace("’", "'")
    return [
        f"“{found.group()}” in …{text[max(0, found.start() - 50) : found.end() + 50]}…"
        for pattern in (*BANNED, *SYNONYMS)
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


def shown(page: str) -> str:
    """Return the words of a page that somebody reads or hears, without what people themselves wrote into boxes."""
    page = re.sub(r"(?s)<(script|style|textarea)\b.*?</\1>", " ", page)
    spoken = " . ".join(re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', page))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page) + " . " + spoken))


@pytest.mark.parametrize("who", ["ada", "ben", "cleo", "guest", "nobody"])
def test_no_page_of_the_world_says_a_banned_word(world: World, doors: list[Address], who: str) -> None:
    wrong = []
    for address in doors:
        if "GET" in address.methods:
            answer = world.browsers[who].get(address.path)
            if "text/html" in answer.headers.get("Content-Type", ""):
                wrong += [f"{address.route}: {word}" for word in wrong_words(shown(answer.content.decode()))]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_no_template_says_a_banned_word() -> None:
    wrong = []
    for path in [*CODE.rglob("*.html"), *CODE.glob("*/letters/*.txt")]:
        text = re.sub(r"(?s)\{#.*?#\}", "", path.read_text())
        said = " . ".join([*re.findall(r'_\(\s*"([^"]*)"', text), shown(re.sub(r"(?s)\{[{%].*?[%}]\}", " ", text))])
        wrong += [f"{path.relative_to(CODE)}: {word}" for word in wrong_words(said)]
    assert not wrong, "\n".join(wrong)


GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "N_"}


def sentences(path: Path) -> Iterator[str]:
    """Yield the strings of a module that are said to people: those that go through gettext."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def test_no_sentence_in_the_code_says_a_banned_word() -> None:
    wrong = [
        f"{path.relative_to(CODE)}: {word}"
        for path in CODE.rglob("*.py")
        for said in sentences(path)
        for word in wrong_words(said)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_text_of_the_playbook_says_a_banned_word() -> None:
    wrong = [f"{file}:{line}: {word}" for file, line, text in texts() for word in wrong_words(text)]
    assert not wrong, "\n".join(wrong)


# Who may read both sides' rows, and why. All of them decide or carry out; none of them shows what it read.
HOUSE = {
    "account/actions/closing.py": "whoever closes their account takes with them what lies in their own drawers",
    "account/actions/merging.py": "what an account wrote goes to its owner's other account, unread",
    "ops/epoch.py": "what its author could still take back leaves no restored copy, unread",
    "encounters/actions/reminders.py": "a worker reminds both sides of a joint date",
    "reservations/actions/sharing.py": "a worker lays on the table what its author confirmed; one leaves once, whoever tries",
    "reservations/actions/together.py": "envelopes of both sides open in one moment, or are burnt unread",
    "relationships/drawers.py": "what only a side could see is erased, unread, when nobody sits there any more",
    "relationships/holding.py": "a worker does what its author has confirmed; what is on its way waits for nothing meanwhile",
    "gates/actions.py": "a gate is resolved from both sides' decisions",
    "gates/readiness.py": "whether both have decided; never what",
    "leads/actions/forgetting.py": "somebody named asks to be forgotten: on both sides, and in both drawers",
    "leads/lines.py": "the list's line of a shared lead is written for everybody on both sides",
    "leads/links.py": "the person named holds a link and no seat",
}


def test_only_the_house_itself_reads_both_sides() -> None:
    callers = {str(path.relative_to(CODE)) for path in CODE.rglob("*.py") if ".unscoped()" in path.read_text()}
    assert callers == set(HOUSE), f"new: {callers - set(HOUSE)}, gone: {set(HOUSE) - callers}"
    assert not [caller for caller in callers if "view" in caller or "queries" in caller or "mailing" in caller]


# Files that are longer than the rest may be, how long they may get, and why.
LONGER = {
    "relationships/wording.py": (340, "the one table of words for what waits"),
    "relationships/waiting.py": (340, "how what waits is kept, told and settled"),
    "ui/strands.py": (440, "one drawing and its geometry"),
    "ui/parts/form.html": (170, "every field of every form"),
    "ui/parts/strands.html": (90, "one drawing"),
}
OF_OLD = {
    "encounters/forms.py": 350,
    "reservations/queries.py": 370,
}


def test_no_file_is_longer_than_one_reads_at_a_time() -> None:
    """Modules have 300 lines at most, templates 60. Those of old only get shorter, and go from the list when they are."""
    lengths = {
        str(path.relative_to(CODE)): len(path.read_text().splitlines())
        for path in [*CODE.rglob("*.py"), *CODE.rglob("*.html")]
        if "migrations" not in path.parts
    }
    long = {name: lines for name, lines in lengths.items() if lines > (60 if name.endswith(".html") else 300)}
    most = {name: lines for name, (lines, _why) in LONGER.items()} | OF_OLD
    assert not {name: lines for name, lines in long.items() if lines > most.get(name, 0)}
    assert long.keys() >= LONGER.keys(), "no longer long: take it off the list"


def test_hardly_a_line_is_kept_from_the_formatter() -> None:
    kept = [path for path in CODE.rglob("*.py") for line in path.read_text().splitlines() if "# fmt: " in line]
    assert len(kept) <= 20, kept
