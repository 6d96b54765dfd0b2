"""A form in odd letters gets a sentence, never a fault of ours (H11)."""

import codecs
import encodings.aliases

import pytest
from django.test import Client

ODD = sorted({*encodings.aliases.aliases.values(), "undefined", "idna", "no-such-thing", "", "x" * 3000} - {"utf_8"})


@pytest.mark.parametrize("charset", ODD)
def test_a_form_in_another_charset_is_answered_with_a_sentence(db: None, charset: str) -> None:
    for path in ("/sign-in", "/sign-in/code", "/invitation"):
        answer = Client().generic(
            "POST", path, b"email=a%40b.example&code=%ff", f"application/x-www-form-urlencoded; charset={charset}"
        )
        assert answer.status_code == 415
        assert "UTF-8" in answer.content.decode()


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_a_form_in_our_own_charset_is_read(db: None, charset: str) -> None:
    codecs.lookup(charset.strip('"'))
    sent = Client().generic(
        "POST", "/sign-in", b"email=nobody", f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert sent.status_code == 422
