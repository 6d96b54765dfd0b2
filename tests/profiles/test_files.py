"""Files: only what they show is kept, and what is no picture or PDF, or too much of one, gets its sentence (T20, T46)."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from goodword.profiles import files
from goodword.profiles.models import OwnFile
from tests.cast import Cast
from tests.profiles.papers import CASES
from tests.profiles.secrets import picture

WHERE = "53.3945 N, 2.0619 W"


def paper(pages: int = 1, author: str = "Ada Lane of Lane Law") -> PdfWriter:
    """Return a PDF with an author, a script, a file inside it and a note on its first page."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": author, "/Producer": "Scanner 3000"})
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("alert()")}
    )
    writer._root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("plan.txt", b"the secret plan")
    return writer


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_place(kind: str = "JPEG") -> bytes:
    """Return a picture that says where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = WHERE, 6
    return picture(60, 20, kind, exif=exif)


def packed(width: int, height: int) -> bytes:
    """Return a PNG of so many points that are all the same, packed into a few thousand bytes."""
    rows = zlib.compressobj(9)
    line = b"\0" * (1 + width // 8)
    body = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def operators() -> bytes:
    """Return a PDF whose page has as many operators as it may, and more than can be read."""
    writer, stream = PdfWriter(), DecodedStreamObject()
    stream.set_data(b"0 0 m " * 6_500_000)
    writer.add_blank_page(200, 200)[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    return written(writer)


def pdf_bomb() -> bytes:
    """Return a small PDF whose page unpacks to sixty million bytes."""
    writer, stream = PdfWriter(), DecodedStreamObject()
    page = writer.add_blank_page(200, 200)
    stream.set_data(b"0 0 m " * 10_000_000)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    return written(writer)


def picture_bomb() -> bytes:
    """Return a PDF whose one picture unpacks to two billion bytes."""
    rows, shot = zlib.compressobj(9), StreamObject()
    first, second = (rows.compress(bytes(1_000_000)) + rows.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    shot._data = first + 2000 * second
    shot[NameObject("/Filter")], shot[NameObject("/ColorSpace")] = NameObject("/FlateDecode"), NameObject("/DeviceGray")
    return written(showing(shot))


def showing(shot: StreamObject) -> PdfWriter:
    """Return a PDF of one page, which shows a picture."""
    writer, draws = PdfWriter(), DecodedStreamObject()
    page = writer.add_blank_page(200, 200)
    shot[NameObject("/Subtype")] = NameObject("/Image")
    shot[NameObject("/Width")], shot[NameObject("/Height")] = NumberObject(60), NumberObject(20)
    draws.set_data(b"120 0 0 40 20 20 cm /Shot Do")
    page[NameObject("/Contents")] = writer._add_object(draws)
    pictures = DictionaryObject({NameObject("/Shot"): writer._add_object(shot)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    return writer


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 20_000_000)
    return out.getvalue()


def locked() -> bytes:
    writer = paper()
    writer.encrypt("sesame", algorithm="RC4-128")
    return written(writer)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
BAD: dict[str, tuple[str, Any, str]] = {
    "nothing at all": ("a.jpg", b"", "That file is empty"),
    "seven million bytes": ("a.jpg", b"\xff\xd8\xff" + os.urandom(7_000_000), "larger than 6 MB"),
    "a drawing with a script": ("a.svg", SVG, "not a picture or a PDF"),
    "a drawing that says it is a photograph": ("a.jpg", SVG, "not a picture or a PDF"),
    "a page that says it is a PDF": ("a.pdf", b"<html><script>alert(1)</script>", "not a picture or a PDF"),
    "a program": ("a.png", b"MZ" + os.urandom(4000), "not a picture or a PDF"),
    "an archive that unpacks to far more": ("a.pdf", zip_bomb(), "not a picture or a PDF"),
    "a picture of four hundred million points": ("a.png", packed(20_000, 20_000), "more than 50 million points"),
    "half a photograph": ("a.jpg", picture(400, 400, quality=95)[:2000], "can’t be read to its end"),
    "three hundred pages": ("a.pdf", written(paper(300)), "more than 40 pages"),
    "a locked paper": ("a.pdf", locked(), "locked with a password"),
    "a paper that unpacks to far more": ("a.pdf", pdf_bomb(), "unpacks to far more"),
    "a picture in a paper that unpacks to far more": ("a.pdf", picture_bomb, "unpacks to far more"),
    "operators without end": ("a.pdf", operators, "unpacks to far more"),
    "half a paper": ("a.pdf", b"%PDF-1.7\n1 0 obj << /Type", "can’t be read to its end"),
}


def send(cast: Cast, name: str, content: bytes, type_: str = "image/jpeg") -> str:
    """Have Ada add a file; return the page she is answered with."""
    sent = {"title": "My file", "file": SimpleUploadedFile(name, content, type_)}
    answer = cast.ada_browser.post("/profile/files", sent, follow=True)
    assert answer.status_code in (200, 422)
    return str(answer.content.decode())


@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_taken_gets_its_sentence_and_leaves_nothing_behind(cast: Cast, kind: str) -> None:
    name, content, sentence = BAD[kind]
    page = send(cast, name, content() if callable(content) else content)
    assert sentence in page
    assert 'value="My file"' in page, "what was typed stays"
    assert not OwnFile.objects.exists()


def test_a_photograph_of_five_million_bytes_is_kept_upright_small_and_without_where_it_was_taken(cast: Cast) -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x0112] = WHERE, 6
    Image.effect_noise((2600, 2200), 90).convert("RGB").save(out, "JPEG", quality=94, exif=exif)
    assert 4_000_000 < len(out.getvalue()) < 6_000_000
    assert "Kept, without anything that says" in send(cast, "IMG_2041.JPG", out.getvalue())
    kept = OwnFile.objects.get()
    assert kept.type == "image/jpeg"
    with Image.open(io.BytesIO(kept.unseal())) as found:
        assert (found.size, dict(found.getexif())) == ((1692, 2000), {})
    assert WHERE.encode() not in kept.unseal()
    assert kept.unseal()[:200] not in bytes(kept.content), "it lies sealed"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_keeps_its_pixels_and_loses_what_describes_it(kind: str) -> None:
    clean = files.clean_file(with_place(kind))
    assert WHERE.encode() not in clean.content
    with Image.open(io.BytesIO(clean.content)) as found:
        assert found.size == (20, 60)


def test_a_paper_keeps_its_pages_and_loses_author_scripts_files_and_notes() -> None:
    clean = files.clean_file(written(paper(3)))
    found = PdfReader(io.BytesIO(clean.content))
    assert (clean.type, len(found.pages)) == ("application/pdf", 3)
    assert "/Author" not in (found.metadata or {})
    assert not found.attachments
    for trace in (b"Ada Lane", b"alert", b"secret plan", b"/JavaScript", b"Scanner"):
        assert trace not in clean.content


def test_a_photograph_inside_a_paper_does_not_say_where_it_was_taken() -> None:
    out = io.BytesIO()
    with Image.open(io.BytesIO(with_place())) as shot:
        shot.save(out, "PDF")
    assert WHERE.encode() not in files.clean_file(out.getvalue()).content


def hidden(way: str) -> bytes:
    """Return a PDF with one photograph, which says where it was taken in one of the ways a PDF has for it."""
    shot, said = StreamObject(), TextStringObject(WHERE)
    writer = showing(shot)
    page = writer.pages[0]
    shot._data, shot[NameObject("/Filter")] = with_place(), NameObject("/DCTDecode")
    stream = DecodedStreamObject()
    stream.set_data(WHERE.encode())
    holder = DictionaryObject({NameObject("/X"): said, NameObject("/EF"): writer._add_object(stream)})
    if way == "filter elsewhere":
        shot[NameObject("/Filter")] = writer._add_object(NameObject("/DCTDecode"))
    elif way == "filter in short":
        shot[NameObject("/Filter")] = NameObject("/DCT")
    elif way == "packed twice":
        shot._data = zlib.compress(shot._data)
        shot[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode"), NameObject("/DCTDecode")])
    elif way.startswith("/"):
        shot[NameObject(way)] = writer._add_object(stream if way == "/Metadata" else holder)
    elif way == "a word of the photograph's own":
        shot[NameObject("/Ours")] = writer._add_object(holder)
    elif way != "beside the photograph":
        page[NameObject("/AF" if way == "file of a page" else "/Ours")] = writer._add_object(holder)
    if way == "beside the photograph":
        named = DictionaryObject(
            {NameObject("/MC0"): DictionaryObject({NameObject("/Metadata"): writer._add_object(stream)})}
        )
        page[NameObject("/Resources")][NameObject("/Properties")] = named  # type: ignore[index]
    return written(writer)


@pytest.mark.parametrize(
    "way",
    [
        "filter elsewhere",
        "filter in short",
        "packed twice",
        "/Metadata",
        "/PieceInfo",
        "/OPI",
        "file of a page",
        "a word of one's own",
        "a word of the photograph's own",
        "beside the photograph",
    ],
)
def test_in_whatever_way_a_paper_says_where_its_photograph_was_taken_it_is_gone_and_the_photograph_stays(
    way: str,
) -> None:
    clean = files.clean_file(hidden(way))
    resources: Any = PdfReader(io.BytesIO(clean.content)).pages[0]["/Resources"]
    shot = resources["/XObject"]["/Shot"]
    with Image.open(io.BytesIO(shot._data)) as found:
        assert (found.size, dict(found.getexif())) == ((60, 20), {})
    assert WHERE.encode() not in clean.content


def test_the_seventh_file_is_turned_away_kindly(cast: Cast) -> None:
    for _ in range(6):
        send(cast, "a.jpg", picture())
    assert "Six files are as many as anybody opens" in send(cast, "a.jpg", picture())
    assert OwnFile.objects.count() == 6


@pytest.mark.parametrize(
    "case", ["filled-form.pdf", "hidden-layer.pdf", "owner-password-only.pdf", "display-p3.jpg", "grey-16-bit.png"]
)
def test_what_others_could_not_send_elsewhere_is_taken(cast: Cast, case: str) -> None:
    assert "Kept, without" in send(cast, case, (CASES / case).read_bytes())
    assert OwnFile.objects.count() == 1


def test_whoever_serves_pages_has_no_library_for_files_in_memory() -> None:
    """They are loaded where a file is made clean, by a process that ends with it."""
    looked = "import sys, goodword.profiles.files; print({'PIL', 'pikepdf', 'pillow_heif'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", looked], capture_output=True, check=True, text=True).stdout == "set()\n"
    )
