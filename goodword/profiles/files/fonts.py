"""Fonts of a PDF, taken over: shapes, widths, and which letter each shape stands for."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from goodword.profiles.files import letters
from goodword.profiles.files.taking import Taking, join, plain, table

_FONT = "Type Subtype BaseFont FirstChar LastChar Widths DW W DW2 W2 FontBBox FontMatrix"
_DESCRIPTOR = (
    "Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH"
    " AvgWidth MaxWidth MissingWidth"
)
_COLLECTION = re.compile(r"[A-Za-z0-9]{1,16}")  # Adobe, Japan1, Identity: a name, and no sentence


class Fonts(Taking):
    """What letters are drawn with."""

    def _font(self, part: Any) -> Dictionary | None:
        if not isinstance(part, Dictionary):
            return None
        new, below = table(part, _FONT), part.get("/DescendantFonts")
        join(
            new,
            FontDescriptor=self._descriptor(part.get("/FontDescriptor")),
            Encoding=self._encoding(part.get("/Encoding")),
            ToUnicode=self._meaning(part.get("/ToUnicode")),
            CIDSystemInfo=_collection(part.get("/CIDSystemInfo")),
            CIDToGIDMap=self._numbers(part.get("/CIDToGIDMap")),
        )
        if isinstance(below, Array) and len(below):
            new.DescendantFonts = Array([self.once(self._font, below[0])])
        if part.get("/Subtype") == Name.Type3:
            self._draw_shapes(part, new)
        return new

    def _draw_shapes(self, part: Any, new: Dictionary) -> None:
        """Draw the letters of a font whose every letter is a small drawing."""
        found, shapes = part.get("/Resources"), Dictionary()
        drawing = self.drawing(found)
        for name, shape in part.get("/CharProcs", Dictionary()).items():
            shapes[name] = self.stream(self.draw(drawing, shape, len(shape.read_bytes())))
        new.CharProcs, new.Resources = shapes, self.resources(found, drawing)

    def _descriptor(self, part: Any) -> Dictionary | None:
        if not isinstance(part, Dictionary):
            return None
        new = table(part, _DESCRIPTOR)
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if isinstance(part.get(key), Stream):
                new[key] = self.once(self._file, part.get(key))
        return new

    def _file(self, file: Any) -> Stream:
        return self.stream(file.read_bytes(), table(file, "Subtype Length1 Length2 Length3"))

    def _encoding(self, part: Any) -> Any:
        if isinstance(part, Stream):
            collection = _collection(part.get("/CIDSystemInfo"))
            base = self.once(self._encoding, part.get("/UseCMap"))
            new = join(table(part, "Type CMapName WMode"), CIDSystemInfo=collection, UseCMap=base)
            return self.stream(letters.without_comments(part.read_bytes()), new)
        if isinstance(part, Dictionary):
            return table(part, "Type BaseEncoding Differences")
        return plain(part) if isinstance(part, Name) else None

    def _meaning(self, part: Any) -> Any:
        """Return which letter a shape stands for, so that what is shown can be read aloud, searched and copied."""
        if isinstance(part, Stream):
            return self.stream(letters.meaning(part.read_bytes()))
        return plain(part) if isinstance(part, Name) else None

    def _numbers(self, part: Any) -> Any:
        return self.stream(part.read_bytes()) if isinstance(part, Stream) else plain(part)


def _collection(part: Any) -> Dictionary | None:
    """Return which list of characters a font counts by."""
    if not isinstance(part, Dictionary):
        return None
    names = [str(part.get(key, "")) for key in ("/Registry", "/Ordering")]
    registry, ordering = names if all(map(_COLLECTION.fullmatch, names)) else ("Adobe", "Identity")
    supplement = plain(part.get("/Supplement")) or 0
    return Dictionary(Registry=String(registry), Ordering=String(ordering), Supplement=supplement)
