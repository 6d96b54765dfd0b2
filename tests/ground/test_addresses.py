"""One mailbox has one address here, however it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.ground.addresses import addresses_in, is_address, mailbox, mask, tidy_address


@pytest.mark.parametrize(
    "typed",
    [
        " Tom @HaleKitchens.example ",
        "<tom@halekitchens.example>",
        "Tom Hale <tom@halekitchens.example>",
        '"Hale, Tom" <tom@halekitchens.example>',
        "Hale, Tom <tom@halekitchens.example>",
        "Tom tom@halekitchens.example",
        "tom@halekitchens.example (Tom Hale)",
        "mailto:tom@halekitchens.example?subject=Hello",
        "<mailto:Tom@HaleKitchens.example>",
        "E-mail: tom@halekitchens.example",
        "(tom@halekitchens.example)",
        "[tom@halekitchens.example]",
        "tom@halekitchens.example.",
        "tom@halekitchens.example,",
        "tom@halekitchens。example",
        "ｔｏｍ＠ｈａｌｅｋｉｔｃｈｅｎｓ．ｅｘａｍｐｌｅ",
        "tom\u200b@halekitchens.example",
    ],
)
def test_an_address_has_one_normal_form(typed: str) -> None:
    assert tidy_address(typed) == "tom@halekitchens.example"
    assert is_address(tidy_address(typed))


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("x@straße.example", "xn--strae-oqa.example"),
        ("x@strasse.example", "strasse.example"),
        ("x@βόλος.example", "xn--nxasmm1c.example"),
        ("x@نامه\u200cای.example", "xn--mgba3gch31f060k.example"),
        ("x@BÜCHER.example", "xn--bcher-kva.example"),
        ("x@xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_domains_go_by_idna_2008(typed: str, domain: str) -> None:
    assert tidy_address(typed) == f"x@{domain}"
    assert is_address(tidy_address(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "nobody",
        "@b.example",
        "a@b",
        "a@b@c.example",
        "a@b_c.example",
        "a@1.2.3.4",
        f"a@{'b' * 64}.example",
        f"a@{'ü' * 60}.example",
        f"{'a' * 65}@b.example",
        "a@-b.example",
        "a@b..example",
    ],
)
def test_what_nobody_can_write_to_is_no_address(typed: str) -> None:
    assert not is_address(tidy_address(typed))


@given(st.text(max_size=60))
def test_the_normal_form_is_its_own(text: str) -> None:
    once = tidy_address(f"{text}@else.example")
    if is_address(once):
        assert tidy_address(once) == once


def test_every_address_in_a_text_is_found() -> None:
    text = "E-mail:anna@else.example, mob. 0161 496 0111; <BO@else.example>. Or mailto:cleo@else.example"
    assert addresses_in(text) == ["anna@else.example", "bo@else.example", "cleo@else.example"]


def test_a_tag_behind_a_plus_is_the_same_mailbox() -> None:
    assert mailbox("ann+news@else.example") == mailbox("ann@else.example") == "ann@else.example"
    assert mailbox("+ann@else.example") == "+ann@else.example"


def test_a_masked_address_keeps_its_first_letter_and_domain() -> None:
    assert mask("tom@halekitchens.example") == "t••@halekitchens.example"
