"""The agreement on paper: tagged, with its type inside it, in every script or with a visible box; what people wrote stays text (M27)."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from goodword.agreements import paper
from goodword.agreements.models import AgreementVersion
from goodword.relationships.models import Side
from goodword.relationships.steps import Step
from tests.agreements.reading import filled
from tests.cast import Cast

MARKUP = (
    '#set text(size: 40pt) *bold* _it_ $x^2$ @ref `code` = Head - item // gone /* gone */ \\ #image("x") <b>&amp;</b>'
)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step of the agreement, with a first version that says something in markup."""
    cast = Cast(at=Step.AGREE)
    path = f"/r/{cast.key}/agreement/words"
    words = {**filled(cast.ada_browser, path), "money": "some", "money_words": MARKUP}
    assert cast.ada_browser.post(path, words).status_code == 302
    return cast


def pdf_of(cast: Cast) -> PdfReader:
    """Return the PDF Ben downloads."""
    return PdfReader(io.BytesIO(cast.ben_browser.get(f"/r/{cast.key}/agreement/pdf").content))


def said(found: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


def clauses_on(found: PdfReader) -> list[int]:
    """Return how many clauses begin on each page."""
    return [len(re.findall(r"^\d+\. ", page.extract_text(), re.MULTILINE)) for page in found.pages]


def fonts(found: PdfReader) -> dict[str, Any]:
    """Return each font of a PDF with its description."""
    kinds = [one.get_object() for page in found.pages for one in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    return {one["/BaseFont"]: one["/DescendantFonts"][0].get_object()["/FontDescriptor"] for one in kinds}


def test_it_is_tagged_and_brings_its_type_with_it(cast: Cast) -> None:
    found = pdf_of(cast)
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert root["/Lang"] == "en"  # type: ignore[index]
    assert fonts(found)
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in fonts(found).values())


MORE = ["parties", "whom_to_send", "not_exclusive", "manner", "what_is_said", "disclosure", "records"]


@pytest.mark.parametrize("more", range(len(MORE)))
def test_no_clause_stands_alone_on_the_last_page(db: None, more: int) -> None:
    cast = Cast(at=Step.AGREE)
    path = f"/r/{cast.key}/agreement/words"
    words = {**filled(cast.ada_browser, path), "more": MORE[:more]}
    assert cast.ada_browser.post(path, words).status_code == 302
    found = pdf_of(cast)
    pages = clauses_on(found)
    assert sum(pages) == 9 + more
    assert len(pages) == 1 or pages[-1] > 1, pages
    assert "Accepted by Ada Lane" in found.pages[-1].extract_text()


def test_what_people_wrote_stays_text(cast: Cast) -> None:
    assert MARKUP.replace(" ", "") in said(pdf_of(cast)).replace(" ", "")


@pytest.mark.parametrize("name", ["Ελένη Παπαδοπούλου", "Иван Петров", "Łukasz Şahin Đặng"])
def test_names_in_other_letters_are_drawn(cast: Cast, name: str) -> None:
    Side.objects.filter(pk=cast.ada.side_id).update(person_name=name)
    found = pdf_of(cast)
    assert name in said(found)
    assert paper.BOX not in said(found)


def test_arabic_names_are_drawn_in_their_own_direction(cast: Cast) -> None:
    Side.objects.filter(pk=cast.ada.side_id).update(person_name="محمد")
    text = said(pdf_of(cast))
    assert "محمد" in text or "محمد"[::-1] in text
    assert paper.BOX not in text


def test_letters_without_a_shape_fall_back_to_a_box_that_is_explained(cast: Cast) -> None:
    assert paper.BOX not in said(pdf_of(cast))
    Side.objects.filter(pk=cast.ada.side_id).update(person_name="王小明")
    text = said(pdf_of(cast))
    assert paper.BOX * 3 in text
    assert "stands for a letter that the type of this paper doesn’t have" in text
    assert "王小明" in cast.ben_browser.get(f"/r/{cast.key}/agreement/text").content.decode()


def test_the_same_words_make_the_same_paper(cast: Cast) -> None:
    assert AgreementVersion.objects.visible_to(cast.ada).count() == 1
    one, other = (cast.ben_browser.get(f"/r/{cast.key}/agreement/pdf").content for _ in range(2))
    assert one == other


BASE = {"HEBREW": "א", "ARABIC": "ا"}


def written(letters: list[str], folder: Path, weight: str = "regular") -> None:
    """Write letters in the type of a paper, to the standard for archives: it refuses what the type has no shape for."""
    source = folder / "letters.typ"
    type_of_a_paper = next(
        line for line in paper.TEMPLATE.read_text().splitlines() if line.startswith("#set text(font")
    )
    setting = f'#let d = (lang: "en")\n{type_of_a_paper}\n#set text(weight: "{weight}")\n#sys.inputs.letters'
    source.write_text(setting)
    said = " ".join(
        BASE.get(unicodedata.name(one).split()[0], "a") + one if unicodedata.combining(one) else one for one in letters
    )
    inputs = {"letters": said}
    typst.compile(str(source), root=str(folder), sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-2u"])


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_every_letter_that_is_not_boxed_has_a_shape(tmp_path: Path, weight: str) -> None:
    assert len(paper.shapes()) > 3500
    marks = {one for one in paper.shapes() if unicodedata.combining(one)}
    written(sorted(paper.shapes() - marks), tmp_path, weight)
    if weight == "regular":  # headings are of our own words, or have their marks within their letters
        written(sorted(marks), tmp_path, weight)


@pytest.mark.parametrize("letter", ["王", "ก", "🌻", "한"])
def test_a_letter_that_is_boxed_has_none(tmp_path: Path, letter: str) -> None:
    assert letter not in paper.shapes()
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        written([letter], tmp_path)


def test_trade_marks_subscripts_and_fractions_are_drawn(cast: Cast) -> None:
    name = "Lane™ H₂O ⅓ ¾ № ℃ ✓ ☎ ≥ €"
    Side.objects.filter(pk=cast.ada.side_id).update(person_name=name)
    found = said(pdf_of(cast))
    assert paper.BOX not in found
    assert "Lane™ H₂O ⅓ ¾" in found
