"""Pictures of many makers go in and come out as a person would expect: in the colours they had, and without their notes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from goodword.profiles.files import UnusableFile
from goodword.profiles.files.pictures import clean_file
from goodword.profiles.models import OwnFile
from tests.cast import Cast
from tests.profiles import papers
from tests.profiles.papers import NOTE, place

CLOSE = 6  # of 255: what packing a picture anew may change
TEAL = (0, 128, 128)


def halves(mode: str = "RGB") -> Image.Image:
    """Return a picture with a teal and a tan half."""
    picture = Image.new("RGB", (80, 60), TEAL)
    ImageDraw.Draw(picture).rectangle((40, 0, 80, 60), fill=(210, 180, 140))
    return picture.convert(mode)


def saved(kind: str, mode: str = "RGB", **how: Any) -> bytes:
    """Return a picture with a teal and a tan half as a file."""
    out = io.BytesIO()
    halves(mode).save(out, kind, **how)
    return out.getvalue()


def heic(**how: Any) -> bytes:
    """Return a picture as telephones take them."""
    out = io.BytesIO()
    pillow_heif.from_pillow(halves()).save(out, quality=95, **how)
    return out.getvalue()


def moving(kind: str) -> bytes:
    """Return a picture that moves: the second one says something else."""
    return saved(kind, save_all=True, append_images=[Image.new("RGB", (80, 60), "red")], duration=100)


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_words() -> bytes:
    """Return a PNG with words in each place it has for them, and some behind its end."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", NOTE)
    words.add_itxt("XML:com.adobe.xmp", NOTE, zip=True)
    return saved("PNG", pnginfo=words, exif=place()) + NOTE.encode()


XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{NOTE}</x:xmpmeta>".encode()
MAKERS: dict[str, Callable[[], bytes]] = {
    "a camera": lambda: saved("JPEG", exif=place(), comment=NOTE.encode(), quality=95),
    "a camera, scan by scan": lambda: saved("JPEG", progressive=True, exif=place(), quality=95),
    "a telephone with two lenses": lambda: saved(
        "MPO", save_all=True, append_images=[halves()], exif=place(), quality=95
    ),
    "a telephone": lambda: heic(exif=place().tobytes(), xmp=XMP),
    "an edited photograph": lambda: saved("JPEG", xmp=XMP, quality=95),
    "a picture for print": lambda: saved("JPEG", "CMYK", quality=95),
    "words in a PNG": with_words,
    "a screen": lambda: saved("PNG", "RGBA", exif=place()),
    "a drawing of few colours": lambda: saved("PNG", "P", exif=place()),
    "a page with colours of its own": lambda: saved("PNG", optimize=True),
    "the web": lambda: saved("WEBP", exif=place(), xmp=XMP, quality=95),
    "the web, without loss": lambda: saved("WEBP", lossless=True, exif=place(), xmp=XMP),
    "the newer web": lambda: saved("AVIF", exif=place(), xmp=XMP, quality=95),
    "an old drawing": lambda: saved("GIF", comment=NOTE.encode()),
    "a drawing that moves": lambda: moving("GIF"),
    "a photograph that moves": lambda: moving("WEBP"),
    "a PNG that moves": lambda: moving("PNG"),
    "a film of one picture": lambda: moving("AVIF"),
    "something behind it": lambda: saved("JPEG", quality=95) + NOTE.encode() + saved("JPEG"),
    "something behind waves": lambda: saved("WEBP", quality=95) + NOTE.encode(),
}


def close(found: Any, expected: Any) -> bool:
    return all(abs(one - other) <= CLOSE for one, other in zip(found, expected, strict=False))


@pytest.mark.parametrize("maker", MAKERS)
def test_a_picture_looks_as_it_did_and_has_nothing_else_in_it(maker: str) -> None:
    raw = MAKERS[maker]()
    clean = clean_file(raw)
    as_sent = halves() if maker == "a telephone" else Image.open(io.BytesIO(raw)).convert("RGB")
    with Image.open(io.BytesIO(clean.content)) as found:
        assert found.size == (80, 60)
        assert getattr(found, "n_frames", 1) == 1
        assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        pixels = found.convert("RGB")
        for at in ((10, 30), (70, 30)):
            assert close(pixels.getpixel(at), as_sent.getpixel(at))
    assert NOTE.encode() not in clean.content
    assert clean.content.count(b"\xff\xd8\xff") <= 1


def test_twenty_makers_are_twenty() -> None:
    assert len(MAKERS) >= 20


@pytest.mark.parametrize("name", ["IMG_2041.HEIC", "photo.avif", "old.gif"])
def test_what_telephones_and_the_web_send_is_taken_through_the_front_door(cast: Cast, name: str) -> None:
    raw = {"HEIC": heic, "avif": lambda: saved("AVIF"), "gif": lambda: saved("GIF")}[name.rpartition(".")[2]]()  # type: ignore[no-untyped-call]
    sent = {"title": "The office", "file": SimpleUploadedFile(name, raw)}
    assert "Kept, without" in cast.ada_browser.post("/profile/files", sent, follow=True).content.decode()
    assert OwnFile.objects.get().type == ("image/png" if name == "old.gif" else "image/jpeg")


def point(raw: bytes, at: tuple[int, int] = (20, 20)) -> Any:
    with Image.open(io.BytesIO(clean_file(raw).content)) as found:
        return found.convert("RGBA").getpixel(at)


def test_wide_colours_are_turned_into_those_of_every_screen() -> None:
    assert close(point((papers.CASES / "display-p3.jpg").read_bytes()), (255, 75, 0))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_wide_colours_are_so_in_every_kind_of_picture(kind: str, mode: str) -> None:
    with Image.open(papers.CASES / "display-p3.jpg") as wide:
        profile, red = wide.info["icc_profile"], wide.convert(mode)
    out = io.BytesIO()
    red.save(out, kind, icc_profile=profile, **({} if kind == "PNG" else {"quality": 100}))
    assert close(point(out.getvalue()), (255, 75, 0, 255))


def test_wide_colours_said_by_a_number_are_so_too() -> None:
    with Image.open(papers.CASES / "display-p3.jpg") as wide:
        red, out = wide.convert("RGB"), io.BytesIO()
    red.info.clear()
    red.save(out, "PNG")
    raw = out.getvalue()
    for number, expected in ((12, (255, 75, 0)), (1, red.getpixel((20, 20)))):
        named = raw[:33] + png_chunk(b"cICP", bytes((number, 13, 0, 1))) + raw[33:]
        assert close(point(named), expected)


def test_a_profile_nobody_can_read_changes_nothing() -> None:
    assert close(point(saved("PNG", icc_profile=b"no profile at all")), TEAL)
    grey = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert close(point(saved("PNG", icc_profile=grey)), TEAL)


def test_grey_of_sixteen_bits_stays_as_bright_as_it_was() -> None:
    with Image.open(papers.CASES / "grey-16-bit.png") as found:
        bright = [found.getpixel(at) / 257 for at in ((5, 5), (60, 60))]  # type: ignore[operator]
    for at, expected in zip(((5, 5), (60, 60)), bright, strict=True):
        assert close(point((papers.CASES / "grey-16-bit.png").read_bytes(), at)[:3], (round(expected),) * 3)


def test_what_shines_through_still_does() -> None:
    picture, out = Image.new("RGBA", (40, 40), (200, 30, 30, 128)), io.BytesIO()
    picture.save(out, "PNG")
    assert point(out.getvalue()) == (200, 30, 30, 128)
    few = halves("P")
    out = io.BytesIO()
    few.save(out, "GIF", transparency=few.getpixel((10, 30)))
    assert point(out.getvalue(), (10, 30))[3] == 0


@pytest.mark.parametrize(
    "raw", [heic()[:200], saved("AVIF")[:150], saved("GIF")[:20], b"\0\0\0\x18ftypheic" + bytes(900)]
)
def test_half_of_a_picture_is_turned_away(raw: bytes) -> None:
    with pytest.raises(UnusableFile, match=r"broken|kind"):
        clean_file(raw)


def test_too_many_points_are_turned_away_however_they_are_packed() -> None:
    for kind in ("WEBP", "GIF"):
        out = io.BytesIO()
        Image.new("L", (16_000, 4_000)).save(out, kind)
        with pytest.raises(UnusableFile, match="pixels"):
            clean_file(out.getvalue())
