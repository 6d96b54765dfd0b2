"""What pages are made of, taken over: drawings within drawings, and what they are drawn with.

A part is known by what its place calls for, never by what it says it is. What no table here names is not taken over, nor
what nothing drawn leads to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from goodword.profiles.files.drawing import Drawing
from goodword.profiles.files.fonts import Fonts
from goodword.profiles.files.shots import Shots
from goodword.profiles.files.taking import join, plain, table

_STATE = "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK"
_FORM = "Type Subtype FormType BBox Matrix"
_PATTERN = "Type PatternType PaintType TilingType BBox XStep YStep Matrix"
_DEFAULTS = {"/ColorSpace": {"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"}}  # used without being named


class Parts(Fonts, Shots):
    """The parts of one document, taken over into a new one as far as they draw."""

    def drawing(self, resources: Any) -> Drawing:
        """Return a drawing to be made with these resources."""
        return Drawing(self._layers, resources, self.inline)

    def resources(self, found: Any, drawing: Drawing) -> Dictionary:
        """Return the resources a drawing has used."""

        def thing(part: Any) -> Any:
            return self._thing(part, found)

        kinds: dict[str, Callable[[Any], Any]] = {
            "/ExtGState": self._state,
            "/ColorSpace": self._colour,
            "/Pattern": self._pattern,
            "/Shading": self._shading,
            "/XObject": thing,
            "/Font": self._font,
        }
        new = Dictionary()
        for kind, take in kinds.items():
            named = found.get(kind) if isinstance(found, Dictionary) else None
            parts = self._copies_of(named, sorted(drawing.used[kind] | _DEFAULTS.get(kind, set())), take)
            if kind == "/XObject":
                parts.update(drawing.pictures)
            if parts:
                new[kind] = Dictionary(parts)
        return new

    def _copies_of(self, named: Any, names: list[str], take: Callable[[Any], Any]) -> dict[str, Any]:
        if not isinstance(named, Dictionary):
            return {}
        taken = {name: self.once(take, named[name]) for name in names if name in named}
        return {name: part for name, part in taken.items() if part is not None}

    def copy_drawing(self, part: Stream, new: Dictionary, resources: Any) -> Stream:
        """Return a drawing used as one thing, written anew."""
        drawing = self.drawing(resources)
        operators = self.draw(drawing, part, len(part.read_bytes()))
        new.Resources = self.resources(resources, drawing)
        return self.stream(operators, new)

    def _thing(self, part: Any, resources: Any) -> Any:
        kind = part.get("/Subtype") if isinstance(part, Stream) else None
        if kind == Name.Image:
            return self.once(self.picture, part)
        return self._form(part, resources) if kind == Name.Form else None

    def _form(self, part: Any, resources: Any = None) -> Any:
        """Return a drawing within a drawing; one without resources of its own uses those of where it is used."""
        if not isinstance(part, Stream):
            return None
        new = join(table(part, _FORM), Group=self.group(part.get("/Group")))
        return self.copy_drawing(part, new, part.get("/Resources", resources))

    def group(self, group: Any) -> Dictionary | None:
        """Return how a drawing mixes with what is under it."""
        if not isinstance(group, Dictionary):
            return None
        return join(table(group, "Type S I K"), CS=self.colour(group.get("/CS")))

    def _pattern(self, part: Any) -> Any:
        if isinstance(part, Stream):
            return self.copy_drawing(part, table(part, _PATTERN), part.get("/Resources"))
        if not isinstance(part, Dictionary):
            return None
        shading, state = self.once(self._shading, part.get("/Shading")), self.once(self._state, part.get("/ExtGState"))
        return join(table(part, _PATTERN), Shading=shading, ExtGState=state)

    def _state(self, part: Any) -> Dictionary | None:
        """Return how things are drawn from a point on: lines, mixing, what covers what."""
        if not isinstance(part, Dictionary):
            return None
        new, font, mask = table(part, _STATE), part.get("/Font"), part.get("/SMask")
        if isinstance(font, Array) and len(font) == 2:
            new.Font = Array([self.once(self._font, font[0]), plain(font[1])])
        if isinstance(mask, Dictionary):
            cover = self.once(self._form, mask.get("/G"))
            mask = join(table(mask, "Type S BC"), G=cover, TR=self.function(mask.get("/TR")))
        else:
            mask = plain(mask)
        return join(new, SMask=mask, TR=self.function(part.get("/TR")), TR2=self.function(part.get("/TR2")))
