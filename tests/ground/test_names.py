"""How people are called, as far as a name can tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.ground import names


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ada Lane", "Ada"),
        ("Dr Dev Banerjee", "Dev"),
        ("Dr. Banerjee", "Dr. Banerjee"),
        ("Mrs Ann Sorrell", "Ann"),
        ("Prof. Dr. Eva Klein", "Eva"),
        ("Herr Müller", "Herr Müller"),
        ("M. Dupont", "M. Dupont"),
        ("Sir Ian McKellen", "Ian"),
        ("Don Johnson", "Don"),
        ("Moor, Ben", "Ben"),
        ("van der Berg, Jan", "Jan"),
        ("Lane, Dr Ada", "Ada"),
        ("Smith, Jr., John", "John"),
        ("Ann Sorrell, PhD", "Ann"),
        ("John Smith Jr.", "John"),
        ("Ann Sorrell, Marple", "Ann"),
        ("Ludwig van Beethoven", "Ludwig"),
        ("von Trapp", "von Trapp"),
        ("Madonna", "Madonna"),
        ("Dr", "Dr"),
        ("J. K. Rowling", "J. K. Rowling"),
        ("J. Edgar Hoover", "Edgar"),
        ("Jean-Pierre Blanc", "Jean-Pierre"),
        ("Robert (Bob) Jones", "Bob"),
        ("Ann Sorrell (Sorrell, Sons)", "Ann"),
        ("Pat O'Brien", "Pat"),
        ("O'Brien, Pat", "Pat"),
        ("王芳", "王芳"),
        ("山田 太郎", "山田 太郎"),
        ("", ""),
    ],
)
def test_what_somebody_is_called_in_a_sentence(name: str, called: str) -> None:
    assert names.first_of(name) == called


@pytest.mark.parametrize(
    ("name", "dear"),
    [
        ("Mrs Ann Sorrell (Sorrell, Sons)", "Mrs Sorrell"),
        ("Mrs Janet Okell", "Mrs Okell"),
        ("Mrs Okell", "Mrs Okell"),
        ("Janet Okell", "Janet"),
        ("Dr Anna van der Berg PhD", "Dr van der Berg"),
        ("Moor, Ben", "Ben"),
        ("Mr and Mrs Crowe", "Mr and Mrs Crowe"),
        ("Jo and Sam Ridley", "Jo and Sam Ridley"),
        ("Sorrell, Sons & Co", "Sorrell, Sons & Co"),
        ("(x)", "(x)"),
    ],
)
def test_how_a_letter_begins(name: str, dear: str) -> None:
    assert names.salutation_name(name) == dear


@given(st.text(max_size=60))
def test_whoever_has_a_name_is_called_something(name: str) -> None:
    assert (
        bool(names.first_of(name)) == bool(names.first_of(name).strip()) and len(names.first_of(name)) <= len(name) + 1
    )
    if any(each.isalnum() for each in name):
        assert names.salutation_name(name)


def test_two_with_one_first_name_are_told_apart() -> None:
    assert names.apart(["Anna Berg", "Anna Lane", "Bo Ek"], ["Anna", "anna", "Bo"]) == ["Anna Berg", "Anna Lane", "Bo"]
