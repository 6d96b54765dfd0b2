"""PDFs, built anew from what their pages show when somebody opens them: no author, scripts, forms, files inside or notes."""

from __future__ import annotations

import io
from typing import Any

from pikepdf import Dictionary, Name, Page, PasswordError, Pdf, PdfError, Stream

from goodword.profiles.files import PDF, Clean, UnusableFile, entries
from goodword.profiles.files.layers import Layers
from goodword.profiles.files.parts import Parts
from goodword.profiles.files.taking import join, plain

MOST_PAGES = 40
_WRONG = (AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_NO_MEMORY = "bad_alloc"  # the reader's word for a stream that was refused more memory
_DEEPEST = 50  # branches of the tree of pages


def clean_file(raw: bytes) -> Clean:
    """Return a PDF with its pages alone. Raise UnusableFile if it is locked, broken, or too much of one."""
    try:
        with Pdf.open(io.BytesIO(raw), suppress_warnings=True) as source:
            return Clean(_rebuilt(source), PDF)
    except PasswordError as lock:
        raise UnusableFile("locked") from lock
    except (UnusableFile, MemoryError):
        raise
    # A PDF can be broken in more ways than its reader has errors for; whichever it is, nothing is kept.
    except (PdfError, OSError, SyntaxError, ArithmeticError, *_WRONG) as wrong:
        raise UnusableFile("packed" if _NO_MEMORY in str(wrong) else "broken") from wrong


def _rebuilt(source: Pdf) -> bytes:
    if not len(source.pages):
        raise UnusableFile("broken")
    if len(source.pages) > MOST_PAGES:
        raise UnusableFile("pages")
    layers = Layers(source)
    entries.draw(source, layers)
    new, out = Pdf.new(), io.BytesIO()
    parts = Parts(source, new, layers)
    for page in source.pages:
        new.pages.append(_rebuilt_page(page, parts))
    new.save(out, deterministic_id=True)
    return out.getvalue()


def _rebuilt_page(page: Page, parts: Parts) -> Page:
    """Return a page of its own size and way up, with what is drawn on it and what that uses."""
    resources = _look_up(page.obj, "/Resources")
    drawing = parts.drawing(resources)
    operators = parts.draw(drawing, page, sum(map(_length, _contents(page))))
    new = Dictionary(Type=Name.Page, Resources=parts.resources(resources, drawing), Contents=parts.stream(operators))
    new.MediaBox = plain(_look_up(page.obj, "/MediaBox")) or [0, 0, 612, 792]
    join(
        new,
        CropBox=plain(_look_up(page.obj, "/CropBox")),
        Rotate=plain(_look_up(page.obj, "/Rotate")),
        UserUnit=plain(page.obj.get("/UserUnit")),
        Group=parts.group(page.obj.get("/Group")),
    )
    return Page(new)


def _contents(page: Page) -> list[Any]:
    found: Any = page.obj.get("/Contents", [])
    return [found] if isinstance(found, Stream) else list(found)


def _length(content: Any) -> int:
    return len(content.read_bytes()) if isinstance(content, Stream) else 0


def _look_up(page: Any, key: str) -> Any:
    """Return what a page has under a key, or the branch of the tree it hangs on."""
    for _ in range(_DEEPEST):
        if not isinstance(page, Dictionary) or key in page:
            break
        page = page.get("/Parent")
    return page.get(key) if isinstance(page, Dictionary) else None
