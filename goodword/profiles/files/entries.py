"""What lies on the pages of a PDF: entries of a form, stamps, marks, signatures. What is seen of them is drawn on the page.

What they say beside that (remarks, who made them and when, what a button does) goes with them.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from goodword.profiles.files import UnusableFile
from goodword.profiles.files.handwriting import FieldEntry, look_of
from goodword.profiles.files.layers import Layers

_UNSEEN, _NOT_ON_SCREENS, _ODD_ONES_UNSEEN = 2, 32, 1  # flags of an annotation (ISO 32000-2, 12.5.3)
_MULTILINE, _PASSWORD, _COMB, _BUTTON = 1 << 12, 1 << 13, 1 << 24, 1 << 16  # flags of a field (12.7.5)
_MARKS = (  # the rest opens, plays, links or says something, and shows an icon at the most
    "FreeText Stamp Ink Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Redact Watermark"
)
_ON_THE_PAGE = frozenset(f"/{kind}" for kind in ("Widget", "PrinterMark", *_MARKS.split()))
_MOST = 5000  # on all pages; a tax return has fewer
_DEEPEST = 20  # fields within fields


def draw(pdf: Pdf, layers: Layers) -> None:
    """Draw what is seen of entries and marks on the pages they lie on, and take all of them away.

    Raises UnusableFile where a viewer would draw something that this cannot draw alike.
    """
    form = pdf.Root.get("/AcroForm")
    if bool(pdf.Root.get("/NeedsRendering", False)):
        raise UnusableFile("form")  # its pages are made by a program inside it
    stale = isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False))
    if isinstance(form, Dictionary):
        form.NeedAppearances = False
    count = 0
    for page in pdf.pages:
        found = page.obj.get("/Annots")
        each = [one for one in found if isinstance(one, Dictionary)] if isinstance(found, Array) else []
        count += len(each)
        if count > _MOST:
            raise UnusableFile("packed")
        page.obj.Annots = Array([one for one in each if _shows(one, layers) and _has_look(pdf, one, form, stale)])
    pdf.flatten_annotations("screen")


def _shows(one: Dictionary, layers: Layers) -> bool:
    """Whether a viewer shows anything of it."""
    flags, kind = int(one.get("/F", 0)), str(one.get("/Subtype"))
    if kind not in _ON_THE_PAGE or flags & (_UNSEEN | _NOT_ON_SCREENS) or layers.hides(one.get("/OC")):
        return False
    one.F = flags & ~_ODD_ONES_UNSEEN
    look = _look(one)
    return not (isinstance(look, Stream) and layers.hides(look.get("/OC")))


def _look(one: Dictionary) -> Any:
    """Return how it looks in the state it is in, if the file says so."""
    looks = one.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, Dictionary):
        state = one.get("/AS")
        return look.get(str(state)) if isinstance(state, Name) else None
    return look


def _has_look(pdf: Pdf, one: Dictionary, form: Any, stale: bool) -> bool:
    """Whether it has a look to be drawn with; one that a viewer would make itself is made."""
    if one.get("/Subtype") == Name.Widget:
        return _entry_has_look(pdf, one, form, stale)
    if isinstance(_look(one), Stream):
        return True
    left, low, right, high = (float(each) for each in one.Rect)
    if left == right or low == high or one.get("/CA") == 0:
        return False
    if one.get("/Subtype") != Name.FreeText:
        raise UnusableFile("marks")
    style = str(one.get("/DA", "") or "")
    _give_look(
        one, look_of(pdf, one, FieldEntry(_text(one.get("/Contents")), style, wraps=True, side=int(one.get("/Q", 0))))
    )
    return True


def _entry_has_look(pdf: Pdf, one: Dictionary, form: Any, stale: bool) -> bool:
    kind, flags = _of_field(one, form, "/FT"), int(_of_field(one, form, "/Ff") or 0)
    if kind == Name.Btn:
        return _tick_has_look(pdf, one, form, flags)
    if kind not in (Name.Tx, Name.Ch):
        return isinstance(_look(one), Stream)
    words = _value(one, form, kind)
    if not words.strip():
        return _box_has_look(pdf, one, stale)
    if stale or not isinstance(_look(one), Stream):
        if flags & _PASSWORD and kind == Name.Tx:
            words = "*" * len(words)
        cells = int(_of_field(one, form, "/MaxLen") or 0) if flags & _COMB and kind == Name.Tx else 0
        style, side = str(_of_field(one, form, "/DA") or ""), int(_of_field(one, form, "/Q") or 0)
        wraps = bool(flags & _MULTILINE) and kind == Name.Tx
        _give_look(one, look_of(pdf, one, FieldEntry(words, style, wraps, side, cells)))
    return True


def _tick_has_look(pdf: Pdf, one: Dictionary, form: Any, flags: int) -> bool:
    """Whether a box or button has a look; a box that is ticked, and whose look the file does not say, gets a tick."""
    if isinstance(_look(one), Stream):
        return True
    looks, state = one.get("/AP"), one.get("/AS") or _of_field(one, form, "/V")
    if flags & _BUTTON:
        return False
    if not isinstance(state, Name) or state == Name.Off:
        return _box_has_look(pdf, one, True)
    known = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(known, Dictionary):
        one.AS = state
        return isinstance(_look(one), Stream)
    _give_look(one, look_of(pdf, one, FieldEntry("", str(_of_field(one, form, "/DA") or ""), tick=True)))
    return True


def _box_has_look(pdf: Pdf, one: Dictionary, stale: bool) -> bool:
    """Whether an empty box has a look: the one the file says, or an edge and a ground."""
    if isinstance(_look(one), Stream) and not stale:
        return True
    if not isinstance(one.get("/MK"), Dictionary):
        return False
    _give_look(one, look_of(pdf, one, FieldEntry("", "")))
    return True


def _value(one: Dictionary, form: Any, kind: Any) -> str:
    """Return what was entered, as it is shown: of a list, the words and not what they stand for."""
    value = _of_field(one, form, "/V")
    chosen = [_text(each) for each in value] if isinstance(value, Array) else [_text(value)]
    options = _of_field(one, form, "/Opt")
    if kind == Name.Ch and isinstance(options, Array):
        shown = {_text(each[0]): _text(each[1]) for each in options if isinstance(each, Array) and len(each) == 2}
        chosen = [shown.get(each, each) for each in chosen]
    return "\n".join(chosen)


def _text(value: Any) -> str:
    if isinstance(value, Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value) if isinstance(value, String) else ""


def _of_field(one: Any, form: Any, key: str) -> Any:
    """Return what a field has under a key, or what it is part of, or the form."""
    for _ in range(_DEEPEST):
        if not isinstance(one, Dictionary):
            break
        if key in one:
            return one[key]
        one = one.get("/Parent")
    return form.get(key) if isinstance(form, Dictionary) else None


def _give_look(one: Dictionary, look: Stream) -> None:
    one.AP = Dictionary(N=look)
    if "/AS" in one:
        del one["/AS"]
