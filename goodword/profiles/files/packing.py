"""How pictures inside a PDF are packed, and how they are unpacked here: by libraries, never by a program beside us."""

from __future__ import annotations

import io
import struct
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, StreamDecodeLevel
from PIL import Image, JpegImagePlugin

from goodword.profiles.files import UnusableFile

MOST_POINTS = 80_000_000  # of one picture: the largest sheet a scanner takes
_LAST = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")
_START = b"\xff\xd8"
_SHORT = {"/DCT": "/DCTDecode", "/CCF": "/CCITTFaxDecode"}


class PackedPicture:
    """The content of a picture as it lies in the file, which packing is left to undo ("" for none), and how."""

    def __init__(self, content: bytes, last: str, parameters: Any) -> None:
        self.content, self.filter = content, last
        self.parameters = parameters if isinstance(parameters, Dictionary) else Dictionary()


def pack(pdf: Pdf, shot: Stream) -> PackedPicture:
    """Return the content of a picture, with every packing undone that is not made for pictures."""
    names, parameters = _filters(shot)
    if not names or names[-1] not in _LAST:
        return PackedPicture(shot.read_bytes(StreamDecodeLevel.specialized), "", None)
    content = shot.read_raw_bytes()
    if names[:-1]:
        outer = pdf.make_stream(content)
        outer.Filter = Array([Name(name) for name in names[:-1]])
        outer.DecodeParms = Array([each if isinstance(each, Dictionary) else None for each in parameters[:-1]])
        content = outer.read_bytes(StreamDecodeLevel.specialized)
    return PackedPicture(content, names[-1], parameters[-1])


def _filters(shot: Stream) -> tuple[list[str], list[Any]]:
    filters, parameters = shot.get("/Filter"), shot.get("/DecodeParms")
    listed = list(filters) if isinstance(filters, Array) else [filters] if filters is not None else []
    names = [_SHORT.get(str(name), str(name)) for name in listed]
    each = list(parameters) if isinstance(parameters, Array) else [parameters]
    return names, (each + [None] * len(names))[: len(names)]


def photograph(found: PackedPicture) -> bytes:
    """Return a JPEG drawn anew with the tables it had: the points are the same, and nothing but them is in it."""
    content, transform = found.content[max(found.content.find(_START), 0) :], found.parameters.get("/ColorTransform")
    if transform is not None:  # said beside the picture; the reader looks for it inside
        adobe = b"\xff\xee\x00\x0eAdobe\x00\x64" + bytes(4) + bytes([int(transform) & 3])
        content = content[:2] + adobe + content[2:]
    with JpegImagePlugin.JpegImageFile(io.BytesIO(content)) as picture:
        _refuse_too_large(picture)
        tables, sampling = picture.quantization, JpegImagePlugin.get_sampling(picture)
        points, out = Image.new(picture.mode, picture.size), io.BytesIO()
        points.paste(picture)
        points.save(out, "JPEG", qtables=tables, subsampling=max(sampling, 0))
    return out.getvalue()


def as_photograph(points: Image.Image) -> bytes:
    """Return a picture as a JPEG nobody can tell from it."""
    out = io.BytesIO()
    points.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def waves(found: PackedPicture) -> Image.Image:
    """Return the points of a JPEG 2000 picture, with eight bits each."""
    with Image.open(io.BytesIO(found.content), formats=("JPEG2000",)) as picture:
        _refuse_too_large(picture)
        if picture.mode.startswith("I"):
            return picture.convert("I").point(lambda bright: bright * (1 / 256)).convert("L")
        return picture.convert("RGB") if picture.mode in ("P", "PA", "YCbCr") else picture.copy()


def fax(found: PackedPicture, width: int, height: int) -> bytes:
    """Return the rows of points of a fax, eight to a byte. Raises UnusableFile for ways of packing that no scanner uses."""
    k = int(found.parameters.get("/K", 0))
    endless = k == 0 and not bool(found.parameters.get("/EndOfBlock", True))
    aligned = bool(found.parameters.get("/EncodedByteAlign", False))
    if int(found.parameters.get("/Columns", 1728)) != width or endless or aligned:
        raise UnusableFile("packing")
    tags = {
        256: width,
        257: height,
        258: 1,
        259: 4 if k < 0 else 3,
        262: 0,
        266: 1,
        278: height,
        279: len(found.content),
    }
    if k > 0:
        tags[292] = 1
    tags[273] = 8 + 2 + 12 * (len(tags) + 1) + 4
    rows = b"".join(struct.pack("<HHLL", tag, 4, 1, tags[tag]) for tag in sorted(tags))
    tiff = struct.pack("<2sHLH", b"II", 42, 8, len(tags)) + rows + bytes(4) + found.content
    with Image.open(io.BytesIO(tiff), formats=("TIFF",)) as picture:
        _refuse_too_large(picture)
        points = picture.tobytes()
    return points.translate(bytes(range(255, -1, -1))) if found.parameters.get("/BlackIs1") else points


def _refuse_too_large(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_POINTS:
        raise UnusableFile("packed")
