"""What people type is made safe to keep, without losing what they meant."""

from hypothesis import given
from hypothesis import strategies as st

from goodword.ground.text import tidy, tidy_line


@given(st.text(max_size=300))
def test_tidy_text_stays_as_it_is_when_tidied_again(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(max_size=300))
def test_a_line_never_breaks(text: str) -> None:
    assert not set(tidy_line(text)) & set("\n\r\x00\u2028")


def test_marks_that_reorder_text_are_taken_out() -> None:
    assert tidy("invoice\u202efdp.exe") == "invoicefdp.exe"


def test_emoji_and_other_alphabets_stay() -> None:
    assert tidy("Ελένη 👩‍🍳 سلام") == "Ελένη 👩‍🍳 سلام"
