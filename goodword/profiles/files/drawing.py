"""What is drawn: the operators of pages and of the parts they are made of, read and written anew.

Only what draws comes through, with the operands it has use for: comments, marks with words for those who cannot see, what
lies in a layer that is switched off and letters that are there but not shown stay behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    Dictionary,
    Name,
    Operator,
    Stream,
    String,
    parse_content_stream,
    unparse_content_stream,
)

from goodword.profiles.files.layers import Layers

_SET = "q Q cm w J j M d ri i gs BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* CS cs SC SCN sc scn G g RG rg K k d0 d1"
_KEEP, _PATH, _CLIP = frozenset(_SET.split()), frozenset("mlcvyh") | {"re"}, frozenset(("W", "W*"))
_PAINT = frozenset("SsfFBbn") | {"f*", "B*", "b*"}
_LETTERS = frozenset(("Tj", "TJ", "'", '"'))
_OUT_OF = {  # what an operator's last operand is the name of, in the resources
    "gs": "/ExtGState",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "sh": "/Shading",
    "Tf": "/Font",
    "Do": "/XObject",
}
_SPACES = ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern")
_UNSEEN = 3  # the rendering of letters that are neither filled nor stroked
Instruction = tuple[list[Any], Operator]


class Drawing:
    """Runs of operators, and which of its resources it has use for once they are written anew."""

    def __init__(self, layers: Layers, resources: Any, inline: Callable[[Any, Any], Any]) -> None:
        """`inline` makes a picture of its own of one that lies between the operators, or None."""
        self._layers, self._inline = layers, inline
        self._resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.used: dict[str, set[str]] = defaultdict(set)
        self.pictures: dict[str, Any] = {}
        self._begin()

    def _begin(self) -> None:
        self._marks: list[bool] = []  # whether each open mark hides what is in it
        self._path: list[Instruction] = []
        self._rendering, self._shaped, self._before = 0, False, list[tuple[int, bool]]()
        self._out: list[Instruction] = []

    def redraw(self, source: Any) -> bytes:
        """Return the operators of a page or a stream, written anew. Several may draw on the same resources, one by one."""
        self._begin()
        for each in parse_content_stream(source):
            if isinstance(each, ContentStreamInlineImage):
                self._draw_inline(each)
            else:
                self._take(str(each.operator), list(each.operands), each.operator)
        return unparse_content_stream(self._out)

    @property
    def _hidden(self) -> bool:
        return any(self._marks)

    def _take(self, operator: str, operands: list[Any], as_read: Operator) -> None:
        if operator in ("BMC", "BDC"):
            self._marks.append(operator == "BDC" and self._hides(operands))
        elif operator == "EMC":
            del self._marks[-1:]
        elif operator in _LETTERS:
            self._show(operator, operands)
        elif operator in _PATH or operator in _CLIP:
            self._path.append((_numbers(operands), as_read))
        elif operator in _PAINT:
            self._paint(as_read)
        elif operator in ("Do", "sh"):
            if not self._hidden and self._names_one(operator, operands):
                self._out.append((operands[-1:], as_read))
        elif operator in _KEEP:
            self._set(operator, operands, as_read)

    def _hides(self, operands: list[Any]) -> bool:
        """Whether a mark puts what follows into a layer that is not shown."""
        if len(operands) < 2 or operands[0] != Name.OC:
            return False
        layer = operands[1]
        if isinstance(layer, Name):
            layer = self._resource("/Properties", layer)
        return self._layers.hides(layer)

    def _resource(self, kind: str, name: Any) -> Any:
        known = self._resources.get(kind)
        return known.get(str(name)) if isinstance(known, Dictionary) else None

    def _names_one(self, operator: str, operands: list[Any]) -> bool:
        """Whether the last operand names something there is and that is shown; if so, it is used."""
        if not operands or not isinstance(operands[-1], Name):
            return False
        kind, name = _OUT_OF[operator], str(operands[-1])
        found = self._resource(kind, name)
        if found is None or (isinstance(found, Stream) and self._layers.hides(found.get("/OC"))):
            return False
        self.used[kind].add(name)
        return True

    def _show(self, operator: str, operands: list[Any]) -> None:
        """Show letters; of those nobody sees, only the move to the next line that two of the operators make is left."""
        spacing = _numbers(operands[-3:-1])
        if operator == '"' and len(spacing) == 2:
            self._out += [([spacing[0]], Operator("Tw")), ([spacing[1]], Operator("Tc"))]
        if operator in ("'", '"'):
            self._out.append(([], Operator("T*")))
        if self._hidden or (self._rendering == _UNSEEN and not self._shaped) or not operands:
            return
        letters = operands[-1]
        if isinstance(letters, String):
            self._out.append(([letters], Operator("Tj")))
        elif isinstance(letters, Array):
            shown = [one for one in letters if isinstance(one, String | int | Decimal)]
            self._out.append(([Array(shown)], Operator("TJ")))

    def _paint(self, as_read: Operator) -> None:
        """Fill and stroke a path; in a layer that is not shown, it goes, unless it bounds what is drawn later."""
        bounds = any(str(operator) in _CLIP for _, operator in self._path)
        if not self._hidden:
            self._out += [*self._path, ([], as_read)]
        elif bounds:
            self._out += [*self._path, ([], Operator("n"))]
        self._path = []

    def _set(self, operator: str, operands: list[Any], as_read: Operator) -> None:
        """Set how things are drawn from here on, and keep account of how letters are."""
        if operator == "q":
            self._before.append((self._rendering, self._shaped))
        elif operator == "Q" and self._before:
            self._rendering, self._shaped = self._before.pop()
        elif operator == "Tr" and operands and isinstance(operands[-1], int):
            self._rendering = operands[-1]
        elif operator == "Tf" and len(operands) == 2:
            font = self._resource("/Font", operands[0])
            self._shaped = isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type3
            self.used["/Font"].add(str(operands[0]))
        elif operator in _OUT_OF and operands and isinstance(operands[-1], Name):
            known = str(operands[-1]) in _SPACES and operator in ("cs", "CS")
            if not known and not self._names_one(operator, operands):
                return
        self._out.append(([one for one in map(_plain, operands) if one is not None], as_read))

    def _draw_inline(self, found: ContentStreamInlineImage) -> None:
        """Draw a picture that lies between the operators as one of its own: so it is made clean as all are."""
        picture = None if self._hidden else self._inline(found.iimage, self._resources)
        if picture is None:
            return
        name, taken = f"/Inline{len(self.pictures)}", self._resources.get("/XObject", Dictionary())
        while name in taken:
            name += "_"
        self.pictures[name] = picture
        self._out.append(([Name(name)], Operator("Do")))


def _numbers(operands: list[Any]) -> list[Any]:
    return [one for one in operands if isinstance(one, int | Decimal)]


def _plain(operand: Any) -> Any:
    """Return an operand that is a number, a name or a row of numbers; None for words."""
    if isinstance(operand, Array):
        return Array(_numbers(list(operand)))
    return operand if isinstance(operand, int | Decimal | Name) else None
