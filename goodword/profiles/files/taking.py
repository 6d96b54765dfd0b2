"""How a part of a PDF is taken over into a new one: once, by the keys its place calls for, and never what holds words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from goodword.profiles.files import UnusableFile
from goodword.profiles.files.drawing import Drawing
from goodword.profiles.files.layers import Layers

DEEPEST = 30  # parts within parts
MOST_DRAWN = 40_000_000  # bytes of operators, of all pages and parts together


def plain(thing: Any) -> Any:
    """Return a number, a name or a row of such; None for anything that could hold words."""
    if isinstance(thing, Array):
        row = [plain(each) for each in thing]
        return None if None in row else Array(row)
    if isinstance(thing, Name):
        return Object.parse(thing.unparse())  # one that is an object of the other document would stay its own
    return thing if isinstance(thing, bool | int | Decimal) else None


def table(part: Any, keys: str) -> Dictionary:
    """Return what a part has under the keys given, as far as it is numbers and names."""
    found = {f"/{key}": plain(part.get(f"/{key}")) for key in keys.split()}
    return Dictionary({key: value for key, value in found.items() if value is not None})


def join(new: Dictionary, **parts: Any) -> Dictionary:
    """Return a table with what there is of some parts."""
    for key, part in parts.items():
        if part is not None:
            new[f"/{key}"] = part
    return new


class Taking:
    """Two documents: one that is read, and one into which goes what draws."""

    def __init__(self, source: Pdf, new: Pdf, layers: Layers) -> None:
        self._source, self._new, self._layers = source, new, layers
        self._known: dict[tuple[str, int, int], Any] = {}
        self._depth = self._drawn = 0

    def once(self, take: Callable[[Any], Any], part: Any) -> Any:
        """Take a part over once, however often it is used; nothing of one that is part of itself."""
        number = part.objgen if isinstance(part, Array | Dictionary | Stream) else (0, 0)
        if number == (0, 0):
            return self._deeper(take, part)
        key = (take.__name__, *number)
        if key not in self._known:
            self._known[key] = None
            taken = self._deeper(take, part)
            self._known[key] = self._new.make_indirect(taken) if isinstance(taken, Array | Dictionary) else taken
        return self._known[key]

    def _deeper(self, take: Callable[[Any], Any], part: Any) -> Any:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnusableFile("broken")
        try:
            return take(part)
        finally:
            self._depth -= 1

    def stream(self, content: bytes, head: Dictionary | None = None) -> Stream:
        """Return a new stream; it is packed when the document is written."""
        return self._new.make_stream(content, head or Dictionary())

    def draw(self, drawing: Drawing, source: Any, length: int) -> bytes:
        """Return operators written anew. Raises UnusableFile where all of them together are too many."""
        self._drawn += length
        if self._drawn > MOST_DRAWN:
            raise UnusableFile("packed")
        return drawing.redraw(source)

    def drawing(self, resources: Any) -> Drawing:
        """Return a drawing to be made with these resources."""
        raise NotImplementedError

    def resources(self, found: Any, drawing: Drawing) -> Dictionary:
        """Return the resources a drawing has used."""
        raise NotImplementedError
