"""Contacts from telephones and address books, in the dialects they are really exported in."""

from __future__ import annotations

import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from goodword.leads import cards
from goodword.leads.models import Lead
from goodword.relationships.steps import Step
from tests.cast import Cast


def card(*lines: str, version: str = "3.0") -> bytes:
    """Return a vCard file of these lines."""
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


IPHONE = card(
    "PRODID:-//Apple Inc.//iPhone OS 17.5//EN", "N:Sorrell;Ann;;Mrs;", "FN:Mrs Ann Sor", " rell", "ORG:Sorrell\\, Sons;",
    "item1.EMAIL;type=INTERNET;type=pref:ann@else.example", "item1.X-ABLabel:_$!<Work>!$_", "NOTE:secret",
    "TEL;type=CELL;type=VOICE;type=pref:+44 161 496 0111", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAA", " SABIAAD/4QBA",
)  # fmt: skip
ANDROID = card(
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6;;;",
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6 M=C3=BCller=20und=20=", "S=C3=B6hne", "TEL;CELL;PREF:+49301234567",
    "TEL;X-Custom(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=6F):0301", "EMAIL;HOME:jo@else.example",
    "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQAB", " AAD/2wBDAA", "", version="2.1",
)  # fmt: skip
OUTLOOK = card(
    "N;LANGUAGE=en-gb:Banerjee;Dev;;Dr", "FN:Dr Dev Banerjee", "ORG:Banerjee Dental", "TEL;WORK;VOICE:0161 496 0222",
    "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;1 High St=0D=0A=", "Floor 2;Leeds;;LS1;UK", "EMAIL;PREF;INTERNET:dev@else.example",
    'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com"/>', version="2.1",
)  # fmt: skip
OLD_OUTLOOK = card("N;CHARSET=Windows-1252:Müller;Jo", version="2.1").decode().encode("cp1252")
GOOGLE = card(
    "FN:Bo Ek", "N:Ek;Bo;;;", "EMAIL;TYPE=INTERNET;TYPE=HOME:bo@else.example", "TEL;TYPE=CELL:08-123 456 78",
    "item1.URL:http\\://www.google.example/profiles/1", "NOTE:one\\ntwo", "CATEGORIES:myContacts",
)  # fmt: skip
VERSION_4 = card(
    "FN:Zoë Lind", 'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=55', "EMAIL;TYPE=work:zoe@else.example",
    "PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgICBEUwDQ", " YJKoZIhvcNAQEEBQAwdzEL", "UID:urn:uuid:4fbe8971", version="4.0",
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "reach"),
    [
        (IPHONE, "Mrs Ann Sorrell (Sorrell, Sons)", "+44 161 496 0111, ann@else.example"),
        (ANDROID, "Jö Müller und Söhne", "+49301234567, jo@else.example"),
        (OUTLOOK, "Dr Dev Banerjee (Banerjee Dental)", "0161 496 0222, dev@else.example"),
        (OLD_OUTLOOK, "Jo Müller", ""),
        (GOOGLE, "Bo Ek", "08-123 456 78, bo@else.example"),
        (VERSION_4, "Zoë Lind", "+1-555-555-5555 ext. 55, zoe@else.example"),
        (GOOGLE.decode().encode("utf-16"), "Bo Ek", "08-123 456 78, bo@else.example"),
        (GOOGLE.replace(b"\r\n", b"\n"), "Bo Ek", "08-123 456 78, bo@else.example"),
        (card("FN:Ann\\nSubject: x"), "Ann Subject: x", ""),
    ],
)
def test_every_address_book_s_own_way_of_writing_is_read(content: bytes, name: str, reach: str) -> None:
    assert cards.read(content) == [cards.Card(name, reach)]


@pytest.mark.parametrize("content", [b"", b"hello", card("TEL:1"), b"\x00\xff" * 40_000, b"x" * 3_000_000])
def test_anything_else_is_not_a_contact(content: bytes) -> None:
    with pytest.raises(cards.NotACard):
        cards.read(content)


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_read_or_turned_away(content: bytes) -> None:
    try:
        assert all(len(each.name) <= 200 and "\n" not in each.name + each.reach for each in cards.read(content))
        cards.read(b"BEGIN:VCARD\nFN:x\nTEL" + content + b"\nEND:VCARD")
    except cards.NotACard:
        pass


def test_no_file_keeps_the_page_busy_and_none_is_written_into_a_log(caplog: pytest.LogCaptureFixture) -> None:
    begin, end = time.process_time(), b"\nEND:VCARD\n"
    for content in (
        b"TEL:1\n" * 300_000,
        b"FN;ENCODING=QUOTED-PRINTABLE:" + b"=41=\n" * 380_000,
        b"FN:x" + b"\n x" * 600_000,
    ):
        assert len(cards.read(b"BEGIN:VCARD\nFN:Zinnober\n" + content + end)) == 1
    assert time.process_time() - begin < 5, (
        "each was under a second when this was written; unbounded it was two minutes"
    )
    cards.read(ANDROID)
    assert "Custom" not in caplog.text


def test_a_contact_fills_the_form_and_nothing_of_the_file_is_kept(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    cast = Cast(at=Step.ADVOCATE)
    door = f"/r/{cast.key}/leads/give/card"

    def given(content: bytes) -> str:
        answer = cast.ben_browser.post(door, {"card": SimpleUploadedFile("c.vcf", content)})
        assert answer.status_code in (200, 422)
        return answer.content.decode()

    assert 'value="Mrs Ann Sorrell (Sorrell, Sons)"' in given(IPHONE) and "+44 161 496 0111" in given(IPHONE)
    several = given(IPHONE + GOOGLE)
    assert "Whom do you mean?" in several and "Bo Ek" in several
    kept = dict(re.findall(r'name="(name|reach)" value="([^"]*)"', several))
    chosen = cast.ben_browser.post(door, kept).content.decode()
    assert 'value="Bo Ek"' in chosen and "Whom would you like Ada to meet?" in chosen
    assert "no contact in that file that we can read" in given(b"\x00\xff" * 40_000)
    assert "very many contacts" in given(b"".join(card(f"FN:Contact {n}") for n in range(60)))
    assert "Choose a contact file first" in cast.ben_browser.post(door, {}).content.decode()
    assert not Lead.objects.visible_to(cast.ben).exists()
    assert "X-Custom" not in given(ANDROID) + "".join(capsys.readouterr())
