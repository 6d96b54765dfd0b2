"""Fifty contacts as the usual address books export them: each in its maker's dialect, with made-up people.

Each row is maker, file, the name and the ways to reach that a person would expect on the form.
"""

from __future__ import annotations

import quopri
from collections.abc import Iterator

Row = tuple[str, bytes, str, str]


def card(*lines: str | bytes, version: str = "3.0", end: str = "\r\n") -> bytes:
    """Return a vCard file of these lines; what is bytes already goes in as it is."""
    whole = ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]
    return end.encode().join(line if isinstance(line, bytes) else line.encode() for line in whole)


def old(*lines: str | bytes) -> bytes:
    """Return a file of version 2.1."""
    return card(*lines, version="2.1")


def qp(text: str, charset: str = "utf-8") -> str:
    """Return text as quoted-printable writes it, broken softly as telephones break it."""
    whole = "".join(f"={octet:02X}" for octet in text.encode(charset))
    return "=\r\n".join(whole[at : at + 72] for at in range(0, len(whole), 72))


def folded(line: str, at: int) -> bytes:
    """Return a line folded after so many octets, wherever in a letter that is."""
    octets = line.encode()
    return octets[:at] + b"\r\n " + octets[at:]


PHOTO = ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAA", " SABIAAD/4QBA"]


def iphones() -> Iterator[Row]:
    """iOS and macOS Contacts."""
    head = "PRODID:-//Apple Inc.//iPhone OS 17.5.1//EN"
    yield (
        "iOS, several numbers and labels",
        card(
            head,
            "N:Okafor;Chidi;Emeka;Dr.;",
            "FN:Dr. Chidi Emeka Okafor",
            "ORG:Okafor Dental;Surgery",
            "EMAIL;type=INTERNET;type=HOME;type=pref:chidi@else.example",
            "TEL;type=WORK;type=VOICE:0161 496 0101",
            "TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:07700 900101",
            "item1.TEL:0161 496 0199",
            "item1.X-ABLabel:_$!<HomeFAX>!$_",
            *PHOTO,
        ),
        "Dr. Chidi Emeka Okafor (Okafor Dental)",
        "07700 900101, chidi@else.example, 0161 496 0101",
    )
    yield (
        "iOS, a firm",
        card(
            head, "N:;;;;", "FN:Lantern Café", "ORG:Lantern Café;", "TEL;type=MAIN:0161 496 0102", "X-ABShowAs:COMPANY"
        ),
        "Lantern Café",
        "0161 496 0102",
    )
    yield (
        "iOS, Chinese with its sounds",
        card(head, "N:王;芳;;;", "FN:王芳", "X-PHONETIC-FIRST-NAME:Fang", "TEL;type=CELL:+86 138 0013 8000"),
        "王芳",
        "+86 138 0013 8000",
    )
    yield (
        "iOS, label of one's own",
        card(
            head,
            "N:Lind;Zoë;;;",
            "FN:Zoë Lind",
            "item2.EMAIL;type=INTERNET:zoe@else.example",
            "item2.X-ABLabel:allotment",
        ),
        "Zoë Lind",
        "zoe@else.example",
    )
    yield (
        "macOS, a picture first and a group in the same file",
        card("N:;;;;", "FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")
        + card(*PHOTO, "N:Moor;Bea;;;", "FN:Bea Moor", "TEL;type=HOME;type=FAX:1", "EMAIL:bea@else.example"),
        "Bea Moor",
        "1, bea@else.example",
    )
    yield (
        "macOS, folded in a letter",
        card("N:Großmann;Jörg;;;", folded("FN:Jörg Großmann", 5), folded("EMAIL;type=INTERNET:jörg@else.example", 22)),
        "Jörg Großmann",
        "jörg@else.example",
    )
    yield (
        "iOS, only a nickname",
        card(head, "N:;;;;", "FN:", "NICKNAME:Smudge", "TEL:07700 900103"),
        "Smudge",
        "07700 900103",
    )
    yield (
        "iCloud, version 3 with lines that end in LF",
        card("N:Ek;Bo;;;", "FN:Bo Ek", "TEL;TYPE=CELL:08-123 456 78", end="\n"),
        "Bo Ek",
        "08-123 456 78",
    )


def androids() -> Iterator[Row]:
    """Android's own export and its makers'."""
    coded = "CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE"
    yield (
        "Android, accents",
        old(f"N;{coded}:{qp('Müller')};{qp('Jö')};;;", f"FN;{coded}:{qp('Jö Müller')}", "TEL;CELL;PREF:+49301234567"),
        "Jö Müller",
        "+49301234567",
    )
    yield (
        "Android, a long name broken softly within a letter",
        old(f"FN;{coded}:{qp('Ελένη Παπαδοπούλου και Υιοί, Εστιατόριο')}", "EMAIL;HOME:eleni@else.example"),
        "Ελένη Παπαδοπούλου και Υιοί, Εστιατόριο",
        "eleni@else.example",
    )
    yield (
        "Android, picture in base64",
        old(
            "N:Lyle;Sam;;;",
            "FN:Sam Lyle",
            "TEL;CELL:07700900104",
            "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ",
            " AAD/2wBDAA",
            "",
        ),
        "Sam Lyle",
        "07700900104",
    )
    yield (
        "Android, a kind of one's own",
        old("N:Rao;Devi;;;", "FN:Devi Rao", f"TEL;X-CUSTOM({coded},{qp('Büro')}):0301", "TEL;CELL:0302"),
        "Devi Rao",
        "0302, 0301",
    )
    yield (
        "Samsung, version 2.1 without FN",
        old(
            "N:Kowalska;Ewa;;pani;",
            "TEL;CELL:+48 512 345 678",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ewka;1",
        ),
        "Ewa Kowalska",
        "+48 512 345 678",
    )
    yield (
        "Samsung, fax and pager before the mobile",
        old(
            "FN:Tom Hale",
            "TEL;WORK;FAX:1111111",
            "TEL;PAGER:2222222",
            "TEL;WORK:3333333",
            "TEL;CELL:4444444",
            "EMAIL:tom@else.example",
        ),
        "Tom Hale",
        "4444444, tom@else.example, 3333333",
    )
    yield (
        "Huawei, emoji",
        old(f"FN;{coded}:{qp('Mia 🌻')}", "TEL;CELL;VOICE:0612345678"),
        "Mia 🌻",
        "0612345678",
    )
    yield (
        "Xiaomi, version 3",
        card("N:Nguyễn;An;;;", "FN:An Nguyễn", "TEL;TYPE=CELL:+84 91 234 56 78", "X-MIUI-CUSTOM:x"),
        "An Nguyễn",
        "+84 91 234 56 78",
    )
    yield (
        "Nokia, soft break and a blank after it",
        old(f"N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{qp('Häkkinen')};{qp('Mika')}", "TEL;VOICE;CELL:+358401234567"),
        "Mika Häkkinen",
        "+358401234567",
    )
    yield (
        "SIM card, a name and nothing",
        old("N:Ann", "TEL:1234567"),
        "Ann",
        "1234567",
    )


def googles() -> Iterator[Row]:
    """Google Contacts."""
    yield (
        "Google, myContacts",
        card(
            "FN:Dev Banerjee",
            "N:Banerjee;Dev;;;",
            "EMAIL;TYPE=INTERNET;TYPE=WORK:dev@else.example",
            "CATEGORIES:myContacts",
        ),
        "Dev Banerjee",
        "dev@else.example",
    )
    yield (
        "Google, label of one's own and escapes",
        card(
            "FN:Ann Sorrell",
            "N:Sorrell;Ann;;;",
            "item1.TEL:0161 496 0105",
            "item1.X-ABLabel:Mobil",
            "NOTE:one\\ntwo\\;three",
        ),
        "Ann Sorrell",
        "0161 496 0105",
    )
    yield (
        "Google, the address as the name",
        card("FN:gus@else.example", "N:Hart;Gus;;;", "EMAIL;TYPE=INTERNET:gus@else.example"),
        "Gus Hart",
        "gus@else.example",
    )
    yield (
        "Google, nobody's name",
        card("FN:gus@else.example", "N:;;;;", "EMAIL;TYPE=INTERNET:gus@else.example"),
        "gus@else.example",
        "gus@else.example",
    )
    yield (
        "Google, a link to the profile and a long note",
        card(
            "FN:Ola Berg",
            "N:Berg;Ola;;;",
            "item1.URL:http\\://www.google.example/1",
            "TEL;TYPE=CELL:+47 22 12 34 56",
            "NOTE:" + "x" * 9000,
        ),
        "Ola Berg",
        "+47 22 12 34 56",
    )
    yield (
        "Google, right to left",
        card("FN:ليلى حداد", "N:حداد;ليلى;;;", "TEL;TYPE=CELL:+961 3 123456"),
        "ليلى حداد",
        "+961 3 123456",
    )


def outlooks() -> Iterator[Row]:
    """Outlook from 2003 to 365, on Windows of several languages."""
    design = 'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards" ver="1.0"/>'
    yield (
        "Outlook 365",
        old(
            "N;LANGUAGE=en-gb:Lane;Ada;;Ms",
            "FN:Ms Ada Lane",
            "ORG:Lane Law",
            "TEL;WORK;VOICE:+44 161 496 0106",
            "EMAIL;PREF;INTERNET:ada@else.example",
            design,
        ),
        "Ms Ada Lane (Lane Law)",
        "+44 161 496 0106, ada@else.example",
    )
    yield (
        "Outlook 2016, an address over two lines",
        old(
            "N:Stone;Cleo",
            "FN:Cleo Stone",
            "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;1 High St=0D=0A=",
            "Floor 2;Leeds;;LS1;UK",
            "TEL;CELL;VOICE:07700 900107",
        ),
        "Cleo Stone",
        "07700 900107",
    )
    yield (
        "Outlook 2003, German Windows, which says only its language",
        old(
            "N;LANGUAGE=de:Müller;Jörg".encode("cp1252"),
            "FN;LANGUAGE=de:Jörg Müller".encode("cp1252"),
            "TEL;WORK;VOICE:030 1234567",
        ),
        "Jörg Müller",
        "030 1234567",
    )
    yield (
        "Outlook 2003, Russian Windows",
        old("FN;LANGUAGE=ru:Анна Иванова".encode("cp1251"), "TEL;CELL;VOICE:+7 495 123-45-67"),
        "Анна Иванова",
        "+7 495 123-45-67",
    )
    yield (
        "Outlook 2007, Polish Windows",
        old("FN;LANGUAGE=pl:Łukasz Żak".encode("cp1250"), "EMAIL;PREF;INTERNET:lukasz@else.example"),
        "Łukasz Żak",
        "lukasz@else.example",
    )
    yield (
        "Outlook 2010, Japanese Windows, declared",
        old("FN;CHARSET=SHIFT_JIS:山田 太郎".encode("shift_jis"), "TEL;PREF;VOICE:0300000000"),
        "山田 太郎",
        "0300000000",
    )
    yield (
        "Outlook 2010, Chinese Windows, declared",
        old("FN;CHARSET=GB2312:李娜".encode("gb2312"), "TEL;CELL:13800138000"),
        "李娜",
        "13800138000",
    )
    yield (
        "Outlook 2013, Korean Windows, which says only its language",
        old("FN;LANGUAGE=ko:김민수".encode("cp949"), "TEL;CELL:010-1234-5678"),
        "김민수",
        "010-1234-5678",
    )
    yield (
        "Outlook, Greek in its code page and quoted-printable",
        old(f"FN;CHARSET=windows-1253;ENCODING=QUOTED-PRINTABLE:{qp('Νίκος', 'cp1253')}", "TEL;CELL:6912345678"),
        "Νίκος",
        "6912345678",
    )
    yield (
        "Outlook, filed under surname, first name",
        old("N:van der Berg;Jan", "FN:van der Berg, Jan", "TEL;WORK;VOICE:020 123 4567", "TEL;WORK;FAX:020 123 4568"),
        "Jan van der Berg",
        "020 123 4567",
    )
    yield (
        "Outlook, with an agent's card within",
        old(
            "N:Hale;Tom",
            "FN:Tom Hale",
            "AGENT:",
            "BEGIN:VCARD",
            "VERSION:2.1",
            "FN:Somebody Else",
            "TEL:9999999",
            "END:VCARD",
            "TEL;CELL:07700 900108",
        ),
        "Tom Hale",
        "07700 900108",
    )
    yield (
        "Outlook for Mac, UTF-16",
        old("N:Ångström;Siv", "FN:Siv Ångström", "EMAIL;INTERNET:siv@else.example").decode().encode("utf-16"),
        "Siv Ångström",
        "siv@else.example",
    )
    yield (
        "Outlook, UTF-16 that lost its mark",
        old("N:Ångström;Siv", "FN:Siv Ångström").decode().encode("utf-16-le"),
        "Siv Ångström",
        "",
    )


def others() -> Iterator[Row]:
    """Thunderbird, Nextcloud, and what else people keep addresses in."""
    yield (
        "Thunderbird, version 4",
        card(
            "EMAIL;PREF=1:per@else.example",
            "EMAIL:old@else.example",
            "FN:Per Dahl",
            "N:Dahl;Per;;;",
            "TEL;TYPE=work;VALUE=TEXT:+46 8 123 456",
            "UID:1",
            version="4.0",
        ),
        "Per Dahl",
        "+46 8 123 456, per@else.example, old@else.example",
    )
    yield (
        "Thunderbird 68, version 2.1",
        old(
            "fn:Ines Costa",
            "n:Costa;Ines",
            "email;internet:ines@else.example",
            "tel;cell:912 345 678",
            "x-mozilla-html:FALSE",
        ),
        "Ines Costa",
        "912 345 678, ines@else.example",
    )
    yield (
        "Nextcloud, numbers as addresses of the net",
        card(
            "FN:Léa Roux",
            "N:Roux;Léa;;;",
            'TEL;VALUE=uri;TYPE="cell,voice":tel:+33-6-12-34-56-78',
            "EMAIL;TYPE=HOME:lea@else.example",
            version="4.0",
        ),
        "Léa Roux",
        "+33-6-12-34-56-78, lea@else.example",
    )
    yield (
        "Nextcloud, kind and language",
        card(
            "KIND:individual",
            "FN;ALTID=1;LANGUAGE=en:Yumi Sato",
            "FN;ALTID=1;LANGUAGE=jp:佐藤 由美",
            "TEL:0312345678",
            version="4.0",
        ),
        "Yumi Sato",
        "0312345678",
    )
    yield (
        "ownCloud, an extension",
        card("FN:Rob Fox", "TEL;VALUE=uri:tel:+1-555-555-5555;ext=55", "ORG:Fox & Sons\\, Ltd.;Sales", version="4.0"),
        "Rob Fox (Fox & Sons, Ltd.)",
        "+1-555-555-5555 ext. 55",
    )
    yield (
        "Evolution, with its own types",
        card(
            "FN:Ivo Novák",
            "N:Novák;Ivo;;;",
            "TEL;TYPE=CELL;X-EVOLUTION-UI-SLOT=1:+420 601 123 456",
            "EMAIL;X-EVOLUTION-UI-SLOT=1:ivo@else.example",
        ),
        "Ivo Novák",
        "+420 601 123 456, ivo@else.example",
    )
    yield (
        "KAddressBook, no full name",
        card("N:Vries;Els de;;drs.;", "TEL;TYPE=HOME:020 765 4321"),
        "Els de Vries",
        "020 765 4321",
    )
    yield (
        "Lotus Notes, long line not folded",
        card("FN:Max Frey", "X-LOTUS-CHARSET:UTF-8", "NOTE:" + "word " * 900, "TEL;TYPE=WORK,VOICE,PREF:044 123 45 67"),
        "Max Frey",
        "044 123 45 67",
    )
    yield (
        "A card from an e-mail signature that breaks off",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Uma Iyer\r\nTEL;TYPE=CELL:+91 98765 43210\r\nNO",
        "Uma Iyer",
        "+91 98765 43210",
    )
    yield (
        "A business card scanner, everything in capitals and brackets round the address",
        card("FN:HUGO WEISS", "TEL;TYPE=CELL,VOICE:+43 660 1234567", "EMAIL:<hugo@else.example>", "ORG:;Vertrieb"),
        "HUGO WEISS (Vertrieb)",
        "+43 660 1234567, <hugo@else.example>",
    )
    yield (
        "A handheld, ISO-8859-1 and quoted-printable",
        old(
            f"FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:{quopri.encodestring('Inês Peña'.encode('latin-1')).decode()}",
            "TEL:7654321",
        ),
        "Inês Peña",
        "7654321",
    )
    yield (
        "A charset that does not exist, and one that is no text",
        old("FN;CHARSET=X-UNKNOWN:Noé", "N;CHARSET=zip:x;y", "TEL;CHARSET=:7654321"),
        "Noé",
        "7654321",
    )
    yield (
        "Ten numbers and an address",
        card(
            "FN:Joy Ade",
            *(f"TEL;TYPE=HOME:030 55 55 5{n}" for n in range(10)),
            "TEL;TYPE=CELL:0170 5555555",
            "EMAIL:joy@else.example",
        ),
        "Joy Ade",
        "0170 5555555, joy@else.example, 030 55 55 50, 030 55 55 51",
    )


BOOKS: list[Row] = [*iphones(), *androids(), *googles(), *outlooks(), *others()]
