"""Contacts from telephones and address books, in the dialects they are really exported in."""

from __future__ import annotations

import re
import time

import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goodword.ground import cards
from goodword.leads.models import Lead, LeadContact
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute
from tests.leads.address_books import BOOKS, card
from tests.leads.other_exports import OTHER_EXPORTS

IPHONE = card(
    "PRODID:-//Apple Inc.//iPhone OS 17.5//EN",
    "N:Sorrell;Ann;;Mrs;",
    "FN:Mrs Ann Sor",
    " rell",
    "ORG:Sorrell\\, Sons;",
    "item1.EMAIL;type=INTERNET;type=pref:ann@else.example",
    "item1.X-ABLabel:_$!<Work>!$_",
    "NOTE:secret",
    "TEL;type=CELL;type=VOICE;type=pref:+44 161 496 0111",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAA",
    " SABIAAD/4QBA",
)
ANDROID = card(
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6;;;",
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6 M=C3=BCller=20und=20=",
    "S=C3=B6hne",
    "TEL;CELL;PREF:+49301234567",
    "TEL;X-Custom(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=6F):0301",
    "EMAIL;HOME:jo@else.example",
    "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQAB",
    " AAD/2wBDAA",
    "",
    version="2.1",
)
OUTLOOK = card(
    "N;LANGUAGE=en-gb:Banerjee;Dev;;Dr",
    "FN:Dr Dev Banerjee",
    "ORG:Banerjee Dental",
    "TEL;WORK;VOICE:0161 496 0222",
    "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;1 High St=0D=0A=",
    "Floor 2;Leeds;;LS1;UK",
    "EMAIL;PREF;INTERNET:dev@else.example",
    'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com"/>',
    version="2.1",
)
OLD_OUTLOOK = card("N;CHARSET=Windows-1252:Müller;Jo", version="2.1").decode().encode("cp1252")
GOOGLE = card(
    "FN:Bo Ek",
    "N:Ek;Bo;;;",
    "EMAIL;TYPE=INTERNET;TYPE=HOME:bo@else.example",
    "TEL;TYPE=CELL:08-123 456 78",
    "item1.URL:http\\://www.google.example/profiles/1",
    "NOTE:one\\ntwo",
    "CATEGORIES:myContacts",
)
VERSION_4 = card(
    "FN:Zoë Lind",
    'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=55',
    "EMAIL;TYPE=work:zoe@else.example",
    "PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgICBEUwDQ",
    " YJKoZIhvcNAQEEBQAwdzEL",
    "UID:urn:uuid:4fbe8971",
    version="4.0",
)


@pytest.mark.parametrize(
    ("content", "name", "reach"),
    [
        (IPHONE, "Mrs Ann Sorrell (Sorrell, Sons)", "+44 161 496 0111, ann@else.example"),
        (ANDROID, "Jö Müller und Söhne", "+49301234567, jo@else.example, 0301"),
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


@pytest.mark.parametrize(("content", "name", "reach"), [row[1:] for row in BOOKS], ids=[row[0] for row in BOOKS])
def test_a_contact_comes_out_as_a_person_would_expect_whoever_made_the_file(
    content: bytes, name: str, reach: str
) -> None:
    assert cards.read(content) == [cards.Card(name, reach)]


def test_fifty_files_are_tried() -> None:
    assert len(BOOKS) >= 50
    assert len({row[1] for row in BOOKS}) == len(BOOKS)


def written_by_vobject(given: str, family: str, firm: str) -> bytes:
    """Return a card as a program writes it that many servers use: folded, escaped, in an order of its own."""
    contact = vobject.vCard()
    contact.add("n").value = vobject.vcard.Name(family=family, given=given)
    contact.add("fn").value = f"{given} {family}"
    contact.add("org").value = [firm, "Sales, and more"]
    contact.add("note").value = "Tuesday\nnine; always, " * 12
    contact.add("email").value = "name@else.example"
    for number, kind in (("0161 496 0111", "FAX"), ("07700 900101", "CELL")):
        line = contact.add("tel")
        line.value, line.type_param = number, kind
    return str(contact.serialize()).encode()


@pytest.mark.parametrize(
    ("given", "family", "firm"),
    [
        ("Łukasz", "Żółć-Brzęczyszczykiewicz von und zu Hohenlohe-Langenburg", "Żółć; Synowie, Sp."),
        ("芳", "王" * 40, "灯籠カフェ"),
        ("Mia 🌻👩‍🍳", "Ó Súilleabháin", "Bread\\Butter"),
        ("ليلى", "حداد", "مقهى, الفانوس"),
    ],
)
def test_what_another_program_writes_is_read_whatever_the_names(given: str, family: str, firm: str) -> None:
    name = f"{given} {family} ({firm})"
    assert cards.read(written_by_vobject(given, family, firm)) == [cards.Card(name, "07700 900101, name@else.example")]


def test_one_broken_byte_spoils_its_own_line_alone() -> None:
    broken = card("FN:Jürgen Möller", b"NOTE:caf\xe9", "TEL:1234567") + card("FN:王芳", "TEL:7654321")
    assert cards.read(broken) == [cards.Card("Jürgen Möller", "1234567"), cards.Card("王芳", "7654321")]
    (within,) = cards.read(card("FN:Ärztehaus Größenwahn für Übriggebliebenes \xff".encode() + b"\xff"))
    assert within.name.startswith("Ärztehaus Größenwahn für Übriggebliebenes")


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


DOOR = "/leads/contact"
WHY = "Restores chairs; the lease is up in May."


def test_a_contact_is_given_from_its_file_to_the_end(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    sent = {"give": "1", "to": cast.key, "why": WHY, "route": "ask", "card": SimpleUploadedFile("c.vcf", ANDROID)}
    assert "/held/" in cast.ben_browser.post(DOOR, sent)["Location"]
    half_a_minute()
    lead = Lead.objects.visible_to(cast.ada).get()
    kept = LeadContact.objects.visible_to(cast.ben).get()
    assert (lead.why, kept.lead_id) == (WHY, lead.pk)
    assert kept.name.unseal(cast.ben) and not LeadContact.objects.visible_to(cast.ada).exists()


def test_a_contact_is_pasted_as_words(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    sent = {
        "give": "1",
        "to": cast.key,
        "why": WHY,
        "route": "call",
        "pasted": "Anne Whitlock\n0161 496 0111\nanne@w.example",
    }
    cast.ben_browser.post(DOOR, sent)
    half_a_minute()
    kept = LeadContact.objects.visible_to(cast.ben).get()
    assert kept.name.unseal(cast.ben) == "Anne Whitlock"
    assert kept.reach.unseal(cast.ben) == "0161 496 0111, anne@w.example"
    assert cards.contacts_in("Anne Whitlock, 0161 496 0111") == [cards.Card("Anne Whitlock", "0161 496 0111")]
    assert cards.contacts_in("+44 161 496 0111\nMrs Sorrell (Sorrell & Sons)")[0].name == "Mrs Sorrell (Sorrell & Sons)"
    with pytest.raises(cards.NotACard):
        cards.contacts_in("0161 496 0111")


def test_what_another_app_shares_is_read_back_and_not_kept(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.ben_person, backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.post(f"{DOOR}/shared", {"card": SimpleUploadedFile("c.vcf", ANDROID)})
    text = answer.content.decode()
    assert answer.status_code == 200 and ", for whom?" in text and 'value="ask" checked' in text
    assert not Lead.objects.visible_to(cast.ben).exists()
    text = strict.post(f"{DOOR}/shared", {"title": "", "text": "Anne Whitlock\n+44 161 496 0111"}).content.decode()
    assert "Anne Whitlock, for whom?" in text
    assert strict.post(DOOR, {"give": "1", "to": cast.key, "why": WHY, "route": "ask"}).status_code == 403, (
        "giving is ours"
    )
    strange = strict.post(f"{DOOR}/shared", {"text": "Anne"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert strange.status_code == 403


def test_an_installed_page_stands_in_the_share_sheet(db: None) -> None:
    said = Client().get("/app.webmanifest").json()["share_target"]
    assert (said["action"], said["method"]) == (f"{DOOR}/shared", "POST")
    assert said["params"]["files"] == [{"name": "card", "accept": ["text/vcard", "text/x-vcard", ".vcf"]}]


def test_whoever_has_nobody_to_give_to_is_told_so(db: None) -> None:
    cast = Cast(at=Step.AGREE)
    answer = cast.ben_browser.post(f"{DOOR}/shared", {"text": "Anne Whitlock"}, follow=True)
    assert "Nothing of the contact was kept" in answer.content.decode()
    elsewhere = {"give": "1", "to": cast.key, "why": WHY, "route": "ask", "name": "Anne"}
    assert cast.ben_browser.post(DOOR, elsewhere)["Location"] == "/today"


def test_a_contact_fills_the_form_and_nothing_of_the_file_is_kept(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    cast = Cast(at=Step.ADVOCATE)

    def given(content: bytes) -> str:
        answer = cast.ben_browser.post(
            DOOR, {"give": "1", "to": cast.key, "card": SimpleUploadedFile("c.vcf", content)}
        )
        assert answer.status_code in (200, 422)
        return answer.content.decode()

    assert 'value="Mrs Ann Sorrell (Sorrell, Sons)"' in given(IPHONE) and "+44 161 496 0111" in given(IPHONE)
    several = given(IPHONE + GOOGLE)
    assert "Whom do you mean?" in several and "Bo Ek" in several
    kept = dict(re.findall(r'name="(name|reach|look)" value="([^"]*)"', several.replace('"give"', '"look"')))
    chosen = cast.ben_browser.post(DOOR, kept).content.decode()
    assert 'value="Bo Ek"' in chosen and "Bo Ek, for whom?" in chosen
    for other in (b"\x00\xff" * 40_000, *OTHER_EXPORTS.values()):
        assert "no contact in that that we can read" in given(other)
    assert "very many contacts" in given(b"".join(card(f"FN:Contact {n}") for n in range(60)))
    assert "Choose a contact file first" in cast.ben_browser.post(DOOR, {"give": "1"}).content.decode()
    assert not Lead.objects.visible_to(cast.ben).exists()
    assert "X-Custom" not in given(ANDROID) + "".join(capsys.readouterr())
