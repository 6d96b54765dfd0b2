"""Sealing: what is written for one row cannot be read at another, nor with another key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.ground.sealing import KeyRing, SealBroken


def ring(*ids: bytes) -> KeyRing:
    return KeyRing(keys={key_id: key_id * 8 for key_id in ids}, newest=ids[-1])


@given(text=st.text(max_size=500), place=st.binary(min_size=1, max_size=80))
def test_what_was_sealed_for_a_place_opens_there(text: str, place: bytes) -> None:
    keys = ring(b"key1")
    assert keys.open(keys.seal(text, place), place) == text


def test_a_cipher_moved_to_another_row_does_not_open() -> None:
    keys = ring(b"key1")
    with pytest.raises(SealBroken):
        keys.open(keys.seal("what I would not say aloud", b"table.text.1"), b"table.text.2")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = ring(b"key1").seal("written before", b"here")
    both = ring(b"key1", b"key2")
    assert both.open(old, b"here") == "written before"
    assert both.seal("written after", b"here").startswith(b"key2")


def test_without_its_key_nothing_opens() -> None:
    with pytest.raises(SealBroken):
        ring(b"key2").open(ring(b"key1").seal("gone", b"here"), b"here")


def test_a_changed_byte_is_noticed() -> None:
    keys = ring(b"key1")
    sealed = bytearray(keys.seal("as it was", b"here"))
    sealed[-1] ^= 1
    with pytest.raises(SealBroken):
        keys.open(bytes(sealed), b"here")
