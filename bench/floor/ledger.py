"""The floor's database: ten thousand partners of one owner, fifty thousand entries about them."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

OWNER_TOKEN = "floor"  # noqa: S105 - no secret: it opens made-up rows on this machine
TODAY = 1_790_000_000
PHASES = {1: "Getting to know", 2: "Briefing", 3: "Agreeing", 4: "Recommending"}

TABLES = """
CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL, mail TEXT NOT NULL);
CREATE TABLE visit (token TEXT PRIMARY KEY, owner_id INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE somebody (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, firm TEXT NOT NULL, town TEXT NOT NULL,
    mail TEXT NOT NULL, phone TEXT NOT NULL
);
CREATE TABLE partner (
    id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, somebody_id INTEGER NOT NULL, phase INTEGER NOT NULL,
    next_step TEXT NOT NULL, next_on INTEGER NOT NULL, touched_on INTEGER NOT NULL, leads INTEGER NOT NULL
);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, partner_id INTEGER NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL,
    made_on INTEGER NOT NULL
);
"""
INDEXES = """
CREATE INDEX partner_by_phase ON partner (owner_id, phase, next_on);
CREATE INDEX partner_by_date ON partner (owner_id, next_on);
CREATE INDEX partner_of_somebody ON partner (somebody_id);
CREATE INDEX entry_by_date ON entry (partner_id, made_on);
ANALYZE;
"""
FIRST = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gwen", "Hal", "Iris", "Jo"]
LAST = ["Archer", "Baines", "Carver", "Drake", "Ellery", "Foster", "Gough", "Hanley", "Innes", "Jessop"]
TRADE = ["Joinery", "Kitchens", "Gardens", "Lettings", "Accounts", "Roofing", "Bakery", "Prints"]
TOWN = ["Marple", "Leek", "Buxton", "Disley", "Glossop", "Hebden", "Bakewell", "Hayfield"]
WORD = (  # noqa: SIM905 - easier to read so
    "coffee letter referral boiler budget opening family hiring"
    " supplier contract quarter workshop visit offer board tender"
).split()
KINDS = ("note", "encounter", "lead", "reservation", "agreement")


def lay_down(path: Path, partners: int, entries: int, settings: str) -> None:
    """Write a new database with that many rows, the same ones every time."""
    chance = random.Random(11)  # noqa: S311 - made-up rows
    db = sqlite3.connect(path)
    db.executescript(settings + TABLES)
    db.execute("INSERT INTO owner VALUES (1, 'Olive Owner', 'olive@floor.example')")
    db.execute("INSERT INTO visit VALUES (?, 1, ?)", (OWNER_TOKEN, TODAY * 2))
    db.executemany("INSERT INTO somebody VALUES (?,?,?,?,?,?)", (_somebody(n, chance) for n in range(1, partners + 1)))
    db.executemany(
        "INSERT INTO partner VALUES (?,1,?,?,?,?,?,?)", (_partner(n, chance) for n in range(1, partners + 1))
    )
    db.executemany(
        "INSERT INTO entry VALUES (?,?,?,?,?)",
        (
            (n, chance.randrange(1, partners + 1), chance.choice(KINDS), _words(chance, 14), TODAY - n * 240)
            for n in range(1, entries + 1)
        ),
    )
    db.executescript(INDEXES)
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORD, k=count))


def _somebody(number: int, chance: random.Random) -> tuple[object, ...]:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    firm = f"{chance.choice(LAST)} {chance.choice(TRADE)} {number // 4}"
    return (
        number,
        f"{first} {last}",
        firm,
        chance.choice(TOWN),
        f"{first}.{last}.{number}@floor.example".lower(),
        f"0161 {number:07d}",
    )


def _partner(number: int, chance: random.Random) -> tuple[object, ...]:
    phase = chance.choices((1, 2, 3, 4), (4, 3, 2, 1))[0]
    return (
        number,
        number,
        phase,
        _words(chance, 3),
        TODAY - 150_000 + number * 300,
        TODAY - chance.randrange(9_000_000),
        chance.randrange(6),
    )
