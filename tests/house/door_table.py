"""The door table: every route of the site, with real arguments and who may go through.

A row is a function of the world that returns (label, arguments, holders) for each concrete address of the route. Holders are
those of the four seated people who may see that very thing; all others get 404. A route without a row fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable

from goodword.relationships import invitations
from tests.house.world import OURS, SEATED, THEIRS, World

Rows = list[tuple[str, tuple[object, ...], tuple[str, ...]]]
Row = Callable[[World], Rows]


def plain(world: World) -> Rows:
    """A route without arguments."""
    return [("", (), SEATED)]


def relationship(world: World) -> Rows:
    """A page of the relationship, for the four who sit in it."""
    return [("", (world.key,), SEATED)]


def token(world: World) -> Rows:
    """The invitation's link, and one that was never made."""
    return [("live", (invitations.token_of(world.invitation),), SEATED), ("never made", ("x" * 43,), SEATED)]


def shared(find: Callable[[World], object]) -> Row:
    """A thing on the table."""
    return lambda world: [("shared", (world.key, find(world).key), SEATED)]  # type: ignore[attr-defined]


def ours(find: Callable[[World], object]) -> Row:
    """A thing in the drawer of Ada's side."""
    return lambda world: [("ours", (world.key, find(world).key), OURS)]  # type: ignore[attr-defined]


def theirs(find: Callable[[World], object]) -> Row:
    """A thing in the drawer of Ben's side."""
    return lambda world: [("theirs", (world.key, find(world).key), THEIRS)]  # type: ignore[attr-defined]


def mine(find: Callable[[World], object]) -> Row:
    """A thing in Ada's own drawer."""
    return lambda world: [("mine", (world.key, find(world).key), ("ada",))]  # type: ignore[attr-defined]


DOORS: dict[str, Row] = {
    # people
    "sign-in": plain,
    "sign-in-code": plain,
    "sign-in-link": lambda world: [("never made", ("x" * 43,), SEATED)],
    "sign-out": plain,
    "settings": plain,
    "details": plain,
    "end-session": lambda world: [],  # numbered by another package; its own tests hold it to the session's owner
    # relationships
    "start": plain,
    "invitation": token,
    "not-me": lambda world: token(world)[:1],
    "answered": plain,
    "join": plain,
    "letter": relationship,
    "letter-words": relationship,
    "letter-sent": relationship,
    "letter-code": relationship,
    "letter-back": relationship,
    "colleagues": relationship,
    # post
    "stop-letters": lambda world: [],  # a signed address; tests/post holds it to its signature
    # desk
    "welcome": plain,
    "how-it-works": plain,
    "who-sees-what": plain,
    "today": plain,
    "relationships": plain,
    "more": plain,
    "relationship": relationship,
    "what-they-see": relationship,
    "show-them": relationship,
    "at-the-table": plain,
    "leave-the-table": plain,
    # gates
    "gate": relationship,
    "gate-result": lambda world: [("g1", (world.key, "g1", 1), SEATED)],
    "let-go": relationship,
    "ending": relationship,
}
