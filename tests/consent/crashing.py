"""Real processes that are killed in the middle, on a data folder of their own. Run as a program by `test_crashes.py`.

Each round forks a process that acts and says after each act that it has been done; it is killed with SIGKILL at some moment.
Then the house is looked at: what was said to be done is there, nothing is half done, and what was taken back was never seen.
One more process writes without a pause throughout, and is killed at the end.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import django

django.setup()  # this is a program: what follows needs it

# ruff: noqa: E402
from django.db import connections
from django.utils import timezone

from goodword.gates import actions as gates
from goodword.gates.models import Decision, Round
from goodword.gates.rules import Choice
from goodword.ops.story import PathWalk, begin, join
from goodword.post.models import OutboxLetter
from goodword.profiles.models import ShownProfile
from goodword.relationships import holding
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.reservations.actions import keeping, sharing, together
from goodword.reservations.actions.releasing import release_due
from goodword.reservations.models import (
    PendingReservation,
    PrivateReservation,
    Reveal,
    RevealEntry,
    SideReservation,
    TableReservation,
)
from tests.cast import person
from tests.reservations.secrets import WINDOW

Say = Callable[..., None]
PATIENCE = 20.0
SLOWEST = 5.0  # seconds until the house takes a write again


@dataclass
class Found:
    """What the rounds showed."""

    rounds: int = 0
    killed: int = 0
    told: int = 0
    slowest: float = 0.0
    reached: dict[str, int] = field(default_factory=dict)

    def count(self, said: list[list[Any]]) -> None:
        """Add what the processes of one round had done when they were killed."""
        self.rounds += 1
        self.told += len(said)
        for what, *_ in said:
            self.reached[what] = self.reached.get(what, 0) + 1


@contextlib.contextmanager
def forked(act: Callable[[Say], None]) -> Iterator[tuple[int, int]]:
    """Run an act in a process of its own; yield its id and the end of the pipe on which it says what it has done."""
    connections.close_all()
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 1 << 20)  # room for all that one says who is only heard at the end
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            act(lambda *words: say(writing, *words))
            time.sleep(60)
        except BaseException as wrong:
            say(writing, "wrong", repr(wrong))
        finally:
            os._exit(1)
    os.close(writing)
    yield child, reading
    os.close(reading)


def say(writing: int, *words: object) -> None:
    """Say something on a pipe, in one piece."""
    os.write(writing, f"{json.dumps(words)}\n".encode())


def lines(heard: bytes) -> list[list[Any]]:
    """Return what was said, of which a last half line was not."""
    return [json.loads(line) for line in heard.decode().split("\n")[:-1]]


def told(reading: int) -> bytes:
    """Return all that a process said before it died."""
    parts = []
    while part := os.read(reading, 65536):
        parts.append(part)
    return b"".join(parts)


def hear(pipes: list[int], acts: int) -> dict[int, bytes]:
    """Listen until so many acts are said to be done, and return what each pipe said: a slow machine is waited for."""
    heard, until = dict.fromkeys(pipes, b""), time.monotonic() + PATIENCE
    while sum(said.count(b"\n") for said in heard.values()) < acts and time.monotonic() < until:
        for pipe in select.select(pipes, [], [], 1)[0]:
            heard[pipe] += os.read(pipe, 65536)
    return heard


def kill(child: int) -> None:
    """End a process in the middle of whatever it does."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def killed(found: Found, story: PathWalk, most: int, *acts: Callable[[Say], None]) -> list[list[Any]]:
    """Run acts side by side, kill them all shortly after the n-th act (n drawn by lot up to `most`), return what they said."""
    with contextlib.ExitStack() as stack:
        children = [stack.enter_context(forked(act)) for act in acts]
        heard = hear([reading for _child, reading in children], random.randint(0, most))
        time.sleep(random.uniform(0.0, 0.03))
        for child, _reading in children:
            kill(child)
        said = [line for _child, reading in children for line in lines(heard[reading] + told(reading))]
    wrong = [line for line in said if line[0] == "wrong" and "Refusal" not in line[1]]
    assert not wrong, wrong
    found.killed += len(acts)
    began = time.monotonic()
    keeping.keep_draft(story.a, "side", f"round {found.rounds}")
    found.slowest = max(found.slowest, time.monotonic() - began)
    return said


def everything(model: Any, seat: Seat) -> Any:
    """Return all rows of a model in this relationship."""
    return model.objects.unscoped().filter(relationship_id=seat.relationship_id)


def letters(once: str) -> int:
    """Return how many letters to Ben there are for an occasion."""
    return OutboxLetter.objects.filter(once__startswith=once, address="ben@moor.example").count()


# ── The share window ──


def sharing_all_the_time(story: PathWalk, number: int) -> Callable[[Say], None]:
    """Keep, confirm, take some back, let the others leave; say so after each act."""

    def act(say: Say) -> None:
        for each in range(1000):
            text = f"share {number} {each}"
            row = keeping.keep(story.a, text=text, drawer="mine")
            say("kept", text)
            leaving = sharing.put_on_table(story.a, row, sharing.words_print(story.a, row))
            say("confirmed", text)
            if each % 3 == 0:
                assert sharing.take_back(story.a, leaving)
                say("taken back", text)
            else:
                release_due(timezone.now() + WINDOW)
                say("left", text)

    return act


def look_at_shares(story: PathWalk, said: list[list[Any]]) -> None:
    """Nothing acknowledged is lost, nothing is half there, nothing taken back was seen."""
    acts = {what: {text for name, text in said if name == what} for what in ("kept", "confirmed", "taken back", "left")}
    a = story.a
    kept = {row.text.unseal(a): row for row in PrivateReservation.objects.owned_by(a)}
    waiting = {row.text.unseal(a) for row in PendingReservation.objects.owned_by(a)}
    seen = list(TableReservation.objects.visible_to(story.b).values_list("text", "key"))
    on_table = dict(seen)
    assert len(seen) == len(on_table), "the same words lie there twice"
    assert acts["kept"] <= kept.keys()
    assert acts["confirmed"] - acts["taken back"] <= waiting | on_table.keys() | maybe_taken_back(acts["confirmed"])
    assert acts["left"] <= on_table.keys()
    assert not acts["taken back"] & (waiting | on_table.keys())
    for text, key in seen:
        assert text not in waiting
        assert kept[text].to_table_at is not None
        assert everything(Event, a).filter(verb="put_on_the_table", subject=key).count() == 1
        assert letters(f"tabled:{key}") == 1
    assert everything(Event, a).filter(verb="put_on_the_table").count() == len(seen) == letters("tabled:")
    assert all(kept[text].to_table_at is None for text in kept.keys() - on_table.keys())


def maybe_taken_back(texts: set[str]) -> set[str]:
    """Return those that may have been taken back just before their process could say so: it takes back every third."""
    return {text for text in texts if int(text.split()[-1]) % 3 == 0}


def rounds_of_sharing(found: Found, story: PathWalk, many: int) -> None:
    """Kill a process that shares; look; let what waits leave, and look again."""
    for number in range(many):
        said = killed(found, story, 9, sharing_all_the_time(story, number))
        found.count(said)
        look_at_shares(story, said)
        release_due(timezone.now() + WINDOW)
        look_at_shares(story, said)
        TableReservation.objects.owned_by(story.a).delete()
        everything(Event, story.a).filter(verb="put_on_the_table").delete()
        OutboxLetter.objects.filter(once__startswith="tabled:").delete()
        PrivateReservation.objects.owned_by(story.a).delete()


# ── Whatever else is held back for half a minute ──


def holding_all_the_time(story: PathWalk, number: int) -> Callable[[Say], None]:
    """Confirm one thing after another, take some back, let the others leave; say so after each act."""

    def act(say: Say) -> None:
        for each in range(1000):
            text = f"held {number} {each}"
            row = holding.hold(story.a, "profile", words=text, profile={"does": text}, files=[])
            say("held", text)
            if each % 3 == 0:
                assert holding.take_back(story.a, row.key)
                say("had back", text)
            else:
                holding.release_due(timezone.now() + holding.WINDOW)
                say("went", text)

    return act


def look_at_held(story: PathWalk, said: list[list[Any]]) -> None:
    """What was confirmed waits or has left, once and with its line in the story; nothing taken back was seen."""
    acts = {what: {text for name, text in said if name == what} for what in ("held", "had back", "went")}
    waiting = {row.words.unseal(story.a) for row in holding.waiting_of(story.a)}
    shown = {row.profile.does: row.key for row in ShownProfile.objects.visible_to(story.b)}
    events = everything(Event, story.a).filter(verb="profile_shown")
    assert sorted(events.values_list("subject", flat=True)) == sorted(shown.values())
    assert ShownProfile.objects.visible_to(story.b).count() == len(shown), "shown twice"
    assert not waiting & shown.keys()
    assert acts["held"] - acts["had back"] <= waiting | shown.keys() | maybe_taken_back(acts["held"])
    assert acts["went"] <= shown.keys() and not acts["had back"] & (waiting | shown.keys())


def rounds_of_holding(found: Found, story: PathWalk, many: int) -> None:
    """Kill a process that confirms; look; let what waits leave, and look again."""
    for number in range(many):
        said = killed(found, story, 6, holding_all_the_time(story, number))
        found.count(said)
        look_at_held(story, said)
        holding.release_due(timezone.now() + holding.WINDOW)
        look_at_held(story, said)
        assert not holding.waiting_of(story.a)
        ShownProfile.objects.owned_by(story.a).delete()
        everything(Event, story.a).filter(verb="profile_shown").delete()


# ── The reveal ──


def revealing(story: PathWalk, number: int) -> Callable[[Say], None]:
    """Propose, both ready, open; say so after each act."""

    def act(say: Say) -> None:
        rows = {
            "a": keeping.keep(story.a, text=f"a{number}", drawer="side"),
            "b": keeping.keep(story.b, text=f"b{number}", drawer="side"),
        }
        reveal = together.propose(story.a, None)
        say("proposed", reveal.key)
        for side in rows:
            seat = getattr(story, side)
            together.say_ready(seat, reveal, [rows[side]], together.choice_print(seat, [rows[side]]))
            say(f"{side} ready", reveal.key)
        release_due(timezone.now() + WINDOW)
        say("opened", reveal.key)

    return act


def look_at_reveal(story: PathWalk, said: list[list[Any]], number: int) -> Reveal | None:
    """Both envelopes are open, or neither; what was said to be done is so. Return the reveal if it waits still."""
    a, b, done = story.a, story.b, {what for what, *_ in said}
    reveal = everything(Reveal, a).order_by("-created_at").first()
    own, theirs = f"a{number}", f"b{number}"
    lying = sorted(TableReservation.objects.visible_to(a).filter(text__in=[own, theirs]).values_list("text", flat=True))
    if reveal is None or reveal.called_off_at:
        assert not done & {"proposed", "a ready", "b ready", "opened"} and not lying
        return None
    entries = list(everything(RevealEntry, a).filter(reveal=reveal))
    opened = reveal.opened_at is not None
    assert lying == ([own, theirs] if opened else [])
    assert {entry.opened_at for entry in entries} <= {reveal.opened_at}
    assert everything(Event, a).filter(verb="reveal_opened", subject=reveal.key).count() == int(opened)
    assert letters(f"opened:{reveal.key}") == int(opened)
    assert opened or "opened" not in done
    sides = {entry.side_id for entry in entries}
    assert ("a ready" not in done or a.side_id in sides) and ("b ready" not in done or b.side_id in sides)
    if not opened:
        assert not {e.side_id for e in RevealEntry.objects.visible_to(b)} - {b.side_id}
        assert not {e.side_id for e in RevealEntry.objects.visible_to(a)} - {a.side_id}
    return None if opened else reveal


def rounds_of_revealing(found: Found, story: PathWalk, many: int) -> None:
    """Kill a process that reveals; look; take back and call off, or let it open, and look again."""
    for number in range(many):
        said = killed(found, story, 4, revealing(story, number))
        found.count(said)
        waiting = look_at_reveal(story, said, number)
        if waiting is not None and number % 2:
            together.take_back(story.a, waiting)
            together.take_back(story.b, waiting)
            release_due(timezone.now() + WINDOW)
            assert (
                not TableReservation.objects.visible_to(story.b).filter(text__in=[f"a{number}", f"b{number}"]).exists()
            )
            together.call_off(story.a, waiting)
        elif waiting is not None:
            release_due(timezone.now() + WINDOW)
            if still := look_at_reveal(story, said, number):
                together.call_off(story.b, still)
        everything(Reveal, story.a).delete()
        TableReservation.objects.owned_by(story.a).delete()
        TableReservation.objects.owned_by(story.b).delete()


# ── The gate ──


def deciding(story: PathWalk, side: str) -> Callable[[Say], None]:
    """Seal one side's decision; say so."""

    def act(say: Say) -> None:
        gates.decide(getattr(story, side), Choice.NOT_YET)
        say("decided", side)

    return act


def look_at_gate(story: PathWalk, said: list[list[Any]], before: int) -> None:
    """Both decisions are open and the round has its one row, or neither: nothing in between."""
    a, number = story.a, before + 1
    rows = list(everything(Decision, a).filter(gate="g1", round=number))
    rounds = everything(Round, a).filter(gate="g1")
    sides = {story.a.side_id: "a", story.b.side_id: "b"}
    assert {side for _what, side in said} <= {sides[row.side_id] for row in rows}
    both = len(rows) == 2
    assert all((row.opened_at is not None) is both for row in rows)
    assert rounds.count() == before + both
    assert everything(Event, a).filter(verb="another_round").count() == rounds.count()
    assert everything(Event, a).filter(verb="decided").count() == everything(Decision, a).count()


def rounds_of_deciding(found: Found, story: PathWalk, many: int) -> None:
    """Kill two processes that decide at the same time; look; decide what is left to decide, and look again."""
    for _ in range(many):
        story.explore()
        before = everything(Round, story.a).count()
        said = killed(found, story, 1, deciding(story, "a"), deciding(story, "b"))
        found.count(said)
        look_at_gate(story, said, before)
        for side in ("a", "b"):
            if everything(Round, story.a).count() == before:
                gates.decide(getattr(story, side), Choice.NOT_YET)
        look_at_gate(story, said, before)
        assert everything(Round, story.a).count() == before + 1


# ── All of it, under load ──


def writing_without_a_pause(story: PathWalk) -> Callable[[Say], None]:
    """Keep one private thing after another, as the other side of a relationship of its own."""

    def act(say: Say) -> None:
        for number in range(1_000_000):
            keeping.keep(story.b, text=f"load {number}", drawer="side")
            say("kept", number)
            time.sleep(0.02)

    return act


def new_story(number: int) -> PathWalk:
    """Return two people before their first gate."""
    ada, ben = (
        person(f"Ada{number} Lane", f"ada{number}@lane.example", "Lane Law"),
        person("Ben Moor", "ben@moor.example", "Moor Kitchens"),
    )
    seat = begin(ada, "Ben Moor", ben.email, "Hello")
    join(seat, ben)
    return PathWalk(seat.key, ada, ben)


def main(shares: int, held: int, reveals: int, decisions: int) -> Found:
    """Run all rounds beside the load, then kill the load and count what it wrote."""
    found = Found()
    loaded = new_story(9)
    with forked(writing_without_a_pause(loaded)) as (child, reading):
        rounds_of_sharing(found, new_story(1), shares)
        rounds_of_holding(found, new_story(4), held)
        rounds_of_revealing(found, new_story(2), reveals)
        rounds_of_deciding(found, new_story(3), decisions)
        kill(child)
        said = lines(told(reading))
    written = everything(SideReservation, loaded.b).count()
    assert len(said) <= written <= len(said) + 1, (len(said), written)
    assert found.slowest < SLOWEST, found.slowest
    with connections["default"].cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    found.reached["load"] = len(said)
    return found


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:])).__dict__))
