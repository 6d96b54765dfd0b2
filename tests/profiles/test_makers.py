"""Files that real programs wrote (see makers/README.md) go in and come out as a person would expect, or with a sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageFilter

from goodword.profiles.files import papers as papers_taken
from goodword.profiles.files import pictures
from goodword.profiles.models import OwnFile
from tests.cast import Cast
from tests.profiles.papers import NOTE
from tests.profiles.test_papers import LIKE, seen, traces, words
from tests.profiles.test_pictures import close, halves

MAKERS = Path(__file__).parent / "makers"
KIND = "That is not a picture or a PDF of a kind we can keep"
HALVES = ((10, 30), (70, 30))  # a teal and a tan one
TAKEN = (
    "baseline.jpg",
    "progressive.jpg",
    "cmyk.jpg",
    "grey.jpg",
    "chroma-411.jpg",
    "xmp.jpg",
    "sixteen-bits.png",
    "palette.png",
    "interlaced.png",
    "bilevel.png",
    "opaque-alpha.png",
    "screenshot.png",
    "lossless.webp",
    "lossy.webp",
    "drawing.gif",
    "moving.gif",
    "photo.avif",
    "phone.heic",
)
TURNED_AWAY = ("paint.tiff", "paint.bmp", "waves.jp2", "icon.ico", "layers.psd", "fax.pnm")
REMARKED = ("pymupdf-note.pdf", "qpdf-owner.pdf")  # somebody's remark stands on the page, and goes
PAPERS = sorted(path.name for path in MAKERS.glob("*.pdf") if path.name != "qpdf-locked.pdf")


def furthest(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are apart at the point that differs most, once its neighbours are mixed in."""
    apart = ImageChops.difference(one, other).convert("L").filter(ImageFilter.BoxBlur(1)).getextrema()
    return float(apart[1])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", TAKEN)
def test_a_picture_a_program_wrote_looks_as_it_did_and_says_nothing(name: str) -> None:
    raw = (MAKERS / name).read_bytes()
    clean = pictures.clean_file(raw)
    sent = halves() if name == "phone.heic" else Image.open(io.BytesIO(raw)).convert("RGB")
    with Image.open(io.BytesIO(clean.content)) as found:
        assert found.size == sent.size
        assert getattr(found, "n_frames", 1) == 1
        pixels = found.convert("RGB")
        if sent.size == (80, 60):
            assert all(close(pixels.getpixel(at), sent.getpixel(at)) for at in HALVES)
        assert furthest(pixels, sent) <= LIKE
    assert NOTE.encode() not in clean.content


def without_remarks(paper: bytes) -> list[Image.Image]:
    """Return the pages without what was put on them afterwards."""
    return [page.render(draw_annots=False).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(paper)]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_a_program_wrote_looks_as_it_did_and_says_nothing(name: str) -> None:
    raw = (MAKERS / name).read_bytes()
    clean = papers_taken.clean_file(raw).content
    before, after = without_remarks(raw) if name in REMARKED else seen(raw), seen(clean)
    assert [page.size for page in before] == [page.size for page in after]
    for one, other in zip(before, after, strict=True):
        assert furthest(one, other) <= LIKE + 4  # a form's entry is drawn by us, a hair beside
    entered = ["Insured", "to", "5", "million"] if name == "reportlab-form.pdf" else []
    assert words(clean).split() == words(raw).split() + entered
    assert traces(clean) == []


def test_a_paper_locked_with_a_word_to_open_it_is_turned_away_with_a_sentence(cast: Cast) -> None:
    sent = {"title": "Prices", "file": SimpleUploadedFile("a.pdf", (MAKERS / "qpdf-locked.pdf").read_bytes())}
    assert "locked with a password" in cast.ada_browser.post("/profile/files", sent, follow=True).content.decode()
    assert not OwnFile.objects.exists()


@pytest.mark.parametrize("name", TURNED_AWAY)
def test_a_file_no_browser_shows_is_turned_away_with_a_sentence(cast: Cast, name: str) -> None:
    sent = {"title": "The office", "file": SimpleUploadedFile(name, (MAKERS / name).read_bytes())}
    answer = cast.ada_browser.post("/profile/files", sent, follow=True)
    assert KIND in answer.content.decode()
    assert not OwnFile.objects.exists()


def test_every_file_that_lies_here_is_tried() -> None:
    assert {path.name for path in MAKERS.iterdir()} - {"README.md"} == {
        *TAKEN,
        *TURNED_AWAY,
        *PAPERS,
        "qpdf-locked.pdf",
    }
    assert len(TAKEN) + len(TURNED_AWAY) >= 20
    assert len(PAPERS) >= 20
