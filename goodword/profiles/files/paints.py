"""Colours, functions and shadings of a PDF, taken over."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from goodword.profiles.files import letters
from goodword.profiles.files.colours import without_words
from goodword.profiles.files.taking import Taking, join, plain, table

_SHADING = (
    "ShadingType Background BBox AntiAlias Domain Coords Extend Matrix BitsPerCoordinate BitsPerComponent BitsPerFlag Decode"
    " VerticesPerRow"
)
_FUNCTION = "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds"
_SINGLE = ("/DeviceGray", "/CalGray", "/Separation", "/Indexed", "/I", "/G")
_PROGRAM = 4  # the type of a function that is a small program


def components(space: Any) -> int:
    """Return how many numbers make a colour in a space."""
    head = str(space[0] if isinstance(space, Array) else space)
    if head == "/ICCBased":
        return int(space[1].get("/N", 3))
    if head == "/DeviceN":
        return len(space[1])
    return 1 if head in _SINGLE else 4 if head in ("/DeviceCMYK", "/CMYK") else 3


class Paints(Taking):
    """What things are painted with."""

    def colour(self, space: Any) -> Any:
        """Return a colour space; None for what is none."""
        return self.once(self._colour, space)

    def _colour(self, space: Any) -> Any:
        if isinstance(space, Name):
            return plain(space)
        if not isinstance(space, Array) or not len(space) or not isinstance(space[0], Name):
            return None
        kind, rest = plain(space[0]), list(space)[1:]
        head = str(kind)
        if head in ("/CalGray", "/CalRGB", "/Lab") and rest:
            return Array([kind, table(rest[0], "WhitePoint BlackPoint Gamma Matrix Range")])
        if head == "/ICCBased" and rest:
            return self._profile(rest[0])
        if head in ("/Indexed", "/I") and len(rest) == 3:
            return self._palette(*rest)
        if head in ("/Separation", "/DeviceN") and len(rest) >= 3:
            return Array([kind, plain(rest[0]), self.colour(rest[1]), self.function(rest[2])])
        if head == "/Pattern" and rest:
            return Array([kind, self.colour(rest[0])])
        return Array([kind])

    def _profile(self, part: Any) -> Any:
        count, content = int(part.get("/N", 3)), without_words(part.read_bytes())
        if not content:
            return {1: Name.DeviceGray, 4: Name.DeviceCMYK}.get(count, Name.DeviceRGB)
        return Array([Name.ICCBased, self.stream(content, table(part, "N Range"))])

    def _palette(self, base: Any, last: Any, colours: Any) -> Array:
        """Return a row of colours, as long as it says it is."""
        content = colours.read_bytes() if isinstance(colours, Stream) else bytes(colours)
        return Array(
            [Name.Indexed, self.colour(base), int(last), String(content[: (int(last) + 1) * components(base)])]
        )

    def function(self, part: Any) -> Any:
        """Return a function from numbers to numbers, or several; None for what is none."""
        return self.once(self._function, part)

    def _function(self, part: Any) -> Any:
        if isinstance(part, Array):
            return Array([self.function(each) for each in part])
        if not isinstance(part, Dictionary | Stream):
            return plain(part) if isinstance(part, Name) else None
        new = join(table(part, _FUNCTION), Functions=self.function(part.get("/Functions")))
        if not isinstance(part, Stream):
            return new
        content, program = part.read_bytes(), part.get("/FunctionType") == _PROGRAM
        return self.stream(letters.without_comments(content) if program else content, new)

    def _shading(self, part: Any) -> Any:
        if not isinstance(part, Dictionary | Stream):
            return None
        colour, function = self.colour(part.get("/ColorSpace")), self.function(part.get("/Function"))
        new = join(table(part, _SHADING), ColorSpace=colour, Function=function)
        return self.stream(part.read_bytes(), new) if isinstance(part, Stream) else new
