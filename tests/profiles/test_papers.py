"""PDFs of many makers go in and come out as a person would expect: what was visible stays so, and nothing else does."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageChops, ImageFilter, ImageStat

from goodword.profiles.files import UnusableFile
from goodword.profiles.files.papers import clean_file
from tests.profiles import papers
from tests.profiles.papers import LOOK_ALIKE, NOTE, SEEN, SHOT, WORDS, entry, form, saved

OTHER_WORDS = (
    "hidden-layer",
    "for the web",
    "mupdf-marks",
)  # a viewer looks for words in layers that are off, and not in marks
LIKE = 24  # of 255, of the point that differs most once its neighbours are mixed in: a JPEG packed a second time


def seen(paper: bytes) -> list[Image.Image]:
    """Return the pages as a viewer shows them."""
    document = pypdfium2.PdfDocument(paper)
    document.init_forms()
    return [page.render(may_draw_forms=True).to_pil().convert("RGB") for page in document]


def words(paper: bytes) -> str:
    """Return the words a viewer finds on the pages."""
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper))


def everything(paper: bytes) -> bytes:
    """Return all that is in a PDF: each of its objects and streams, unpacked, and the file itself."""
    with Pdf.open(io.BytesIO(paper)) as found:
        parts = [paper, found.trailer.unparse(resolved=False)]
        for part in found.objects:
            if isinstance(part, Stream):
                parts += [part.read_raw_bytes(), repr(dict(part.items())).encode()]
                if str(part.get("/Filter", "/FlateDecode")) == "/FlateDecode":
                    parts.append(part.read_bytes())
            elif isinstance(part, Dictionary | Array | String):
                parts.append(part.unparse(resolved=False))
    return b"\n".join(parts)


def traces(paper: bytes) -> list[bytes]:
    """Return what of the note, in letters of one byte or two, is left in a PDF."""
    content = everything(paper)
    spellings = (NOTE.encode(), NOTE.encode("utf-16-be"), NOTE.encode().hex().encode(), b"Ada Lane")
    return [one for one in spellings if one in content]


@pytest.mark.parametrize("maker", LOOK_ALIKE)
def test_a_paper_looks_as_it_did_and_says_nothing_it_did_not_show(maker: str) -> None:
    raw = LOOK_ALIKE[maker]()
    clean = clean_file(raw).content
    before, after = seen(raw), seen(clean)
    assert [page.size for page in before] == [page.size for page in after]
    for one, other in zip(before, after, strict=True):
        difference = ImageChops.difference(one, other).convert("L").filter(ImageFilter.BoxBlur(1))
        assert difference.getextrema()[1] <= LIKE  # type: ignore[operator]
    if "pillow" not in maker:
        assert max(ImageStat.Stat(before[0]).stddev) > 1, "there is something to see"
    if maker not in OTHER_WORDS:
        assert words(clean).split() == words(raw).split()
    assert traces(clean) == []


def test_twenty_makers_are_twenty() -> None:
    assert len(LOOK_ALIKE) >= 20


def test_a_form_somebody_filled_in_shows_what_they_wrote() -> None:
    clean = clean_file((papers.CASES / "filled-form.pdf").read_bytes()).content
    assert "Insured to 5 million" in words(clean)
    with Pdf.open(io.BytesIO(clean)) as found:
        assert "/AcroForm" not in found.Root
        assert "/Annots" not in found.pages[0].obj


ENTRIES = {
    "the viewer draws it": entry("Insured to 5 million"),
    "in several lines": entry("Insured to\n5 million", Ff=1 << 12),
    "in cells": entry("5000", Ff=1 << 24, MaxLen=8),
    "in the middle": entry("5 million", Q=1),
    "in large letters": entry("Größe: 5 €", DA=String("/Helv 18 Tf 1 0 0 rg")),
    "one of a list": {
        "FT": Name.Ch,
        "V": String("k5"),
        "Rect": Array([40, 60, 340, 90]),
        "Opt": Array([Array([String("k5"), String("Five million")])]),
    },
    "a tick": {"FT": Name.Btn, "V": Name.Yes, "AS": Name.Yes, "Rect": Array([40, 60, 60, 80])},
}


@pytest.mark.parametrize("way", ENTRIES)
@pytest.mark.parametrize("stale", [True, False])
def test_an_entry_is_drawn_where_the_file_leaves_that_to_the_viewer(way: str, stale: bool) -> None:
    field = ENTRIES[way]
    clean = clean_file(form(field, stale=stale)).content
    ink = ImageStat.Stat(seen(clean)[0].convert("L").crop((40, 130, 340, 160))).extrema[0][0]
    assert ink < 200, "something is drawn in the box"
    shown = {"one of a list": "Five million", "a tick": "", "in cells": "5000"}.get(way, str(field["V"]))
    assert "".join(shown.split()) in "".join(words(clean).split())


def test_an_entry_nobody_here_can_draw_is_turned_away_with_a_sentence() -> None:
    with pytest.raises(UnusableFile, match="entry"):
        clean_file(form(entry("王芳")))


def test_what_was_said_before_it_was_typed_over_stays_unseen() -> None:
    """A form whose looks are stale shows what is entered now."""
    pdf = Pdf.open(io.BytesIO(form(entry("Now"))))
    head = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 300, 30], Resources=pdf.pages[0].obj.Resources)
    pdf.pages[0].obj.Annots[0].AP = Dictionary(N=pdf.make_stream(b"BT /F 12 Tf 5 5 Td (Before) Tj ET", head))
    assert words(clean_file(saved(pdf)).content).split()[-1] == "Now"


def marked(**annotation: Any) -> bytes:
    """Return a PDF with one thing lying on its page."""
    pdf = papers.drawn(WORDS)
    look = annotation.pop("look", True)
    one = Dictionary(Type=Name.Annot, Rect=[40, 40, 240, 90], Contents=String(NOTE), T=String("Ada Lane"), **annotation)
    if look:
        head = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 50], Resources=pdf.pages[0].obj.Resources
        )
        one.AP = Dictionary(N=pdf.make_stream(b"BT /F 12 Tf 5 5 Td (Looked at) Tj ET", head))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(one)])
    return saved(pdf)


@pytest.mark.parametrize("kind", ["Stamp", "FreeText", "Ink", "Highlight", "Widget", "Redact"])
def test_what_lies_on_a_page_stays_seen_and_what_it_says_beside_that_goes(kind: str) -> None:
    clean = clean_file(marked(Subtype=Name(f"/{kind}"))).content
    assert words(clean).split() == f"{SEEN} Looked at".split()
    assert traces(clean) == []


@pytest.mark.parametrize(
    "annotation",
    [{"Subtype": Name.Text}, {"Subtype": Name.Popup}, {"Subtype": Name.FileAttachment}, {"Subtype": Name.Link}]
    + [{"Subtype": Name.Stamp, "F": flag} for flag in (2, 32)],
    ids=str,
)
def test_remarks_and_what_is_not_shown_on_screens_go(annotation: dict[str, Any]) -> None:
    clean = clean_file(marked(**annotation)).content
    assert words(clean).split() == SEEN.split()
    assert traces(clean) == []


def test_a_mark_whose_look_the_file_leaves_open_is_turned_away_and_words_typed_on_a_page_are_drawn() -> None:
    with pytest.raises(UnusableFile, match="marks"):
        clean_file(marked(Subtype=Name.Ink, look=False))
    assert "Never tell Ben" in words(clean_file(marked(Subtype=Name.FreeText, look=False)).content)


HIDDEN: dict[str, Callable[[], bytes]] = {
    "the case": (papers.CASES / "hidden-layer.pdf").read_bytes,
    "switched off": lambda: papers.layered("OFF"),
    "one of several": lambda: papers.layered("OFF", P=Name.AllOn),
    "by a condition": lambda: papers.layered("OFF", P=Name.AnyOn),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_a_layer_that_is_switched_off_stays_unseen_and_is_not_in_the_file(way: str) -> None:
    clean = clean_file(HIDDEN[way]()).content
    content = everything(clean)
    assert words(clean).split() == SEEN.split()
    for trace in (b"Our cost", b"Our margin", b"Internal", b"/OC", b"DCTDecode", b"300 20 40 40"):
        assert trace not in content
    assert traces(clean) == []


def test_a_layer_shown_on_paper_alone_stays_unseen_and_one_that_is_not_switched_off_stays_seen() -> None:
    pdf = Pdf.open(io.BytesIO(papers.layered("ON")))
    assert {"Our", "margin"} <= set(words(clean_file(saved(pdf)).content).split())
    (layer,) = pdf.Root.OCProperties.OCGs  # type: ignore[misc]
    layer.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
    rule = Dictionary(Event=Name.View, OCGs=Array([layer]), Category=Array([Name.View]))
    pdf.Root.OCProperties.D.AS = Array([rule])
    assert words(clean_file(saved(pdf)).content).split() == SEEN.split()


def written(content: str, **parts: Any) -> bytes:
    return saved(papers.drawn(content, **parts))


def with_profile() -> bytes:
    """Return a picture whose colours a screen's profile says, with the number of that screen."""
    raw = (papers.CASES / "display-p3.jpg").read_bytes()
    with Image.open(io.BytesIO(raw)) as found:
        profile = found.info["icc_profile"]
    tail = profile[128:] + NOTE.encode()
    pdf = papers.drawn(WORDS + SHOT)
    space = Array(
        [Name.ICCBased, pdf.make_stream(profile[:48] + b"MODELNUM" + profile[56:128] + tail, Dictionary(N=3))]
    )
    pdf.pages[0].obj.Resources.XObject = Dictionary(Shot=papers.device(pdf, papers.jpeg(), "DCTDecode", space))
    return saved(pdf)


def undrawn() -> bytes:
    """Return a page of a longer paper, which still has the pictures of the other pages among its resources."""
    pdf = papers.drawn(WORDS)
    other = papers.device(pdf, papers.jpeg(comment=NOTE.encode()), "DCTDecode")
    words_of_it = pdf.make_stream(
        f"BT /F 12 Tf ({NOTE}) Tj ET".encode(), Dictionary(Subtype=Name.Form, BBox=[0, 0, 9, 9])
    )
    pdf.pages[0].obj.Resources.XObject = Dictionary(Other=other, Page2=words_of_it)
    return saved(pdf)


def font_with_notes() -> bytes:
    """Return letters whose meaning is said in a table with comments."""
    pdf = papers.drawn(WORDS)
    table = f"% {NOTE}\n/Registry ({NOTE}) def 1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfchar <50> <0050> endbfchar"
    pdf.pages[0].obj.Resources.Font.F.ToUnicode = pdf.make_stream(table.encode())
    pdf.pages[0].obj.Resources.Font.F.Notes = String(NOTE)
    return saved(pdf)


NOTES: dict[str, Callable[[], bytes]] = {
    "a comment": lambda: written(f"% {NOTE}\n{WORDS}"),
    "words for those who cannot see": lambda: written(f"/Figure <</Alt ({NOTE})>> BDC {WORDS} EMC"),
    "other letters than are shown": lambda: written(f"/Span <</ActualText ({NOTE})>> BDC {WORDS} EMC"),
    "the same by name": lambda: written(
        f"/Span /M BDC {WORDS} EMC", Properties=Dictionary(M=Dictionary(Alt=String(NOTE)))
    ),
    "a mark at a point": lambda: written(f"/Note <</E ({NOTE})>> DP {WORDS}"),
    "an operator nobody knows": lambda: written(f"BX ({NOTE}) note EX {WORDS}"),
    "an operand too many": lambda: written(f"({NOTE}) q Q {WORDS}"),
    "letters nobody sees": lambda: written(f"{WORDS} BT 3 Tr /F 9 Tf 9 9 Td ({NOTE}) Tj ET"),
    "a photograph between the operators": papers.inline,
    "two photographs in one": lambda: papers.shown(lambda pdf: papers.device(pdf, papers.two_in_one(), "DCTDecode")),
    "boxes around waves": lambda: papers.shown(lambda pdf: papers.shot(pdf, papers.jpeg_2000(), "JPXDecode")),
    "a scanner's comment": LOOK_ALIKE["scanner"],
    "behind the points": LOOK_ALIKE["rows packed"],
    "behind a fax": LOOK_ALIKE["fax"],
    "a profile of colours": with_profile,
    "what is not drawn": undrawn,
    "a font": font_with_notes,
    "small drawings": papers.shapes,
    "programs and patterns": papers.paints,
}


@pytest.mark.parametrize("place", NOTES)
def test_wherever_a_paper_keeps_a_note_it_is_gone(place: str) -> None:
    clean = clean_file(NOTES[place]()).content
    assert traces(clean) == []
    assert b"MODELNUM" not in everything(clean)
    assert words(clean).split() == (["aba"] if place == "small drawings" else SEEN.split())


def test_a_paper_with_an_owner_password_alone_is_taken_and_one_with_a_word_to_open_it_is_not() -> None:
    clean = clean_file((papers.CASES / "owner-password-only.pdf").read_bytes()).content
    assert "Lorem ipsum" in words(clean)
    assert not Pdf.open(io.BytesIO(clean)).is_encrypted


def test_what_was_in_a_paper_before_it_was_changed_is_gone() -> None:
    older = saved(papers.drawn(f"BT /F 20 Tf 40 150 Td ({NOTE}) Tj ET"), compress_streams=False)
    at = int(re.findall(rb"startxref\s+(\d+)", older)[-1])
    number = next(iter(re.findall(rb"(\d+) 0 obj\s*<<\s*/Length", older))).decode()
    start, body = len(older), f"{number} 0 obj\n<< /Length {len(WORDS)} >>\nstream\n{WORDS}\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{start:010d} 00000 n \ntrailer\n<< /Size 99 /Root 1 0 R /Prev {at} >>\n"
    table += f"startxref\n{start + len(body)}\n%%EOF"
    clean = clean_file(older + (body + table).encode()).content
    assert words(clean).split() == SEEN.split()
    assert traces(clean) == []


def test_pages_made_by_a_program_inside_are_turned_away() -> None:
    pdf = papers.drawn(WORDS)
    pdf.Root.NeedsRendering = True
    with pytest.raises(UnusableFile, match="form"):
        clean_file(saved(pdf))
