"""What address books export beside vCards, with made-up people: tables, directories, archives. None is read; each gets a sentence."""

from __future__ import annotations

import io
import json
import zipfile

GOOGLE_CSV = (
    "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\r\n"
    "Ann,,Sorrell,Lane Law,* myContacts,* Work,ann@else.example,Mobile,0161 496 0111\r\n"
)
OUTLOOK_CSV = (
    '"First Name","Last Name","Company","Home Street","Mobile Phone","E-mail Address","E-mail Type"\r\n'
    '"Jörg","Müller","Müller & Söhne","Hauptstraße 1\r\nHinterhof","0170 1234567","joerg@else.example","SMTP"\r\n'
)
APPLE_CSV = "First name;Last name;Phone : mobile;Email : home\nZoë;Lind;07700 900101;zoe@else.example\n"
THUNDERBIRD_CSV = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Mobile Number\n"
    "Ines,Costa,Ines Costa,,ines@else.example,,,912 345 678\n"
)
THUNDERBIRD_LDIF = (
    "dn: cn=Ines Costa,mail=ines@else.example\nobjectclass: top\nobjectclass: person\n"
    "cn:: SW7DqXM=\nmail: ines@else.example\nmobile: 912 345 678\n"
)
JCARD = ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Per Dahl"], ["tel", {}, "uri", "tel:+46-8-1"]]]
XCARD = (
    '<?xml version="1.0"?><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"><vcard><fn><text>Per Dahl</text></fn>'
    "<tel><uri>tel:+46-8-1</uri></tel></vcard></vcards>"
)
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Ann\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def archive() -> bytes:
    """Return cards packed together, as address books are when they are put by whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("contacts.vcf", "BEGIN:VCARD\r\nFN:Ann Sorrell\r\nEND:VCARD\r\n")
    return out.getvalue()


OTHER_EXPORTS: dict[str, bytes] = {
    "Google, table": GOOGLE_CSV.encode(),
    "Google, table for Outlook": b"\xef\xbb\xbf" + OUTLOOK_CSV.encode(),
    "Outlook, table in its code page": OUTLOOK_CSV.encode("cp1252"),
    "Outlook, table in UTF-16": OUTLOOK_CSV.encode("utf-16"),
    "Apple, table": APPLE_CSV.encode(),
    "Thunderbird, table": THUNDERBIRD_CSV.encode(),
    "Thunderbird, directory": THUNDERBIRD_LDIF.encode(),
    "a server, JSON": json.dumps(JCARD).encode(),
    "a server, XML": XCARD.encode(),
    "a calendar": CALENDAR.encode(),
    "an archive of cards": archive(),
}
