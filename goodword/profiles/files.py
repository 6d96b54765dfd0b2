"""Files people put with their profile, made clean before anything of them is kept (T20, T46). Pure: bytes in, bytes out.

A picture is drawn anew, so that nothing but its pixels is left of it; a PDF is written anew with its pages alone. What a file
claims to be, by its name or its sender, counts for nothing.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

LARGEST = 6_000_000  # bytes as sent
MOST_PAGES = 40
MOST_PIXELS = 50_000_000  # more is no photograph, but a bomb that is small only while it is packed
WIDEST = 2000  # pixels of the longer edge, as kept
LARGEST_UNPACKED = 40_000_000  # bytes of all of a PDF's pages together
PICTURES = ("JPEG", "PNG", "WEBP")
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_OF_A_PAGE = ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
_OF_RESOURCES = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet")
_OF_A_STREAM = ("/Type", "/Subtype", "/Name", "/Length", "/Filter", "/DecodeParms", "/Resources", "/Group")
_OF_A_FORM = (*_OF_A_STREAM, "/FormType", "/BBox", "/Matrix")
_OF_A_PICTURE = (*_OF_A_STREAM, "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask", "/Mask", "/Decode",
                 "/Interpolate", "/SMask", "/SMaskInData", "/Matte")  # fmt: skip
_DESCRIBING = ("/Metadata", "/PieceInfo", "/OPI", "/AF", "/AA", "/LastModified", "/Measure", "/PtData", "/Alternates")
_JPEG = ("/DCTDecode", "/DCT")
_KEPT_SEGMENTS = (0xE0, 0xE2, 0xEE)  # JFIF, colour profile and Adobe's colour transform: a JPEG needs these to look right


class NotTaken(ValueError):
    """A file that is not taken. Its one argument says why: empty, large, kind, broken, pixels, pages, locked or packed."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it is kept: its content, and the type it really has."""

    content: bytes
    type: str


def cleaned(raw: bytes) -> Clean:
    """Return a file without anything but what it shows. Raise NotTaken if it is no picture or PDF, or too much of one."""
    if not raw:
        raise NotTaken("empty")
    if len(raw) > LARGEST:
        raise NotTaken("large")
    return _pdf(raw) if raw.lstrip()[:5] == b"%PDF-" else _picture(raw)


def _picture(raw: bytes) -> Clean:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(raw), formats=PICTURES) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise NotTaken("pixels")
                upright = ImageOps.exif_transpose(found)
                upright.thumbnail((WIDEST, WIDEST))
                return _drawn(upright)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
            raise NotTaken("pixels") from bomb
        except UnidentifiedImageError as wrong:
            raise NotTaken("kind") from wrong
        except (OSError, SyntaxError, ValueError, EOFError) as wrong:
            raise wrong if isinstance(wrong, NotTaken) else NotTaken("broken") from wrong


def _drawn(picture: Image.Image) -> Clean:
    """Draw the pixels onto a new picture: with them goes nothing else."""
    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    pixels = picture.convert("RGBA" if see_through else "RGB")
    fresh, out = Image.new(pixels.mode, pixels.size), io.BytesIO()
    fresh.paste(pixels)
    if see_through:
        fresh.save(out, "PNG", optimize=True)
        return Clean(out.getvalue(), PNG)
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return Clean(out.getvalue(), JPEG)


def _pdf(raw: bytes) -> Clean:
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted:
            raise NotTaken("locked")
        if len(reader.pages) > MOST_PAGES:
            raise NotTaken("pages")
        return Clean(_pages_alone(reader), PDF)
    except NotTaken:
        raise
    except LimitReachedError as bomb:
        raise NotTaken("packed") from bomb
    # A PDF can be broken in more ways than its reader has errors for; whichever it is, nothing is kept.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError,
            NotImplementedError, MemoryError) as wrong:  # fmt: skip
        raise NotTaken("broken") from wrong


def _pages_alone(reader: PdfReader) -> bytes:
    """Write the pages into a new document: no author, no scripts, no forms, no files inside it, no notes on its pages."""
    writer, out, unpacked = PdfWriter(), io.BytesIO(), 0
    if not reader.pages:
        raise NotTaken("broken")
    for page in reader.pages:
        contents = page.get_contents()
        unpacked += len(contents.get_data()) if contents is not None else 0
        if unpacked > LARGEST_UNPACKED:
            raise NotTaken("packed")
        _keep_only(page, _OF_A_PAGE)
        writer.add_page(page)
    for thing in writer._objects:
        if isinstance(thing, DictionaryObject):
            _undescribed(thing)
    fresh = PdfWriter()
    for page in writer.pages:  # copied once more: what no page leads to any longer stays behind
        fresh.add_page(page)
    fresh.metadata = None
    fresh.write(out)
    if out.tell() > LARGEST:
        raise NotTaken("large")
    return out.getvalue()


def _keep_only(thing: DictionaryObject, names: tuple[str, ...]) -> None:
    for name in [name for name in thing if name not in names]:
        del thing[name]


def _undescribed(thing: DictionaryObject) -> None:
    """Take from a part of a document what describes it; a photograph in it, however it is packed, loses its notes."""
    for name in _DESCRIBING:
        thing.pop(NameObject(name), None)
    known = {"/Image": _OF_A_PICTURE, "/Form": _OF_A_FORM}.get(str(thing.get("/Subtype")))
    if known:
        _keep_only(thing, known)
    resources = thing.get("/Resources")
    if resources is not None:
        _keep_only(resources.get_object(), _OF_RESOURCES)
    filters = thing.get("/Filter")
    filters = filters.get_object() if filters is not None else None
    names = list(filters) if isinstance(filters, ArrayObject) else [filters]
    if not isinstance(thing, StreamObject) or not names or names[-1] not in _JPEG:
        return
    if names[:-1]:
        packed = StreamObject()
        packed[NameObject("/Filter")], packed._data = ArrayObject(names[:-1]), thing._data
        thing._data = decode_stream_data(packed)
        thing[NameObject("/Filter")] = NameObject("/DCTDecode")
        thing.pop(NameObject("/DecodeParms"), None)
    thing._data = without_notes(thing._data)


def without_notes(jpeg: bytes) -> bytes:
    """Return a JPEG stream without the segments that describe it: where and with what it was taken, by whom, comments."""
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:  # after the start of scan come pixels alone
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        described = 0xE0 <= jpeg[at + 1] <= 0xEF or jpeg[at + 1] == 0xFE
        if not described or jpeg[at + 1] in _KEPT_SEGMENTS:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])
