"""What calendars mail back, each in its maker's manner: line for line as they write it, with made-up people."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from tests.encounters.mailbox import crlf


@dataclass(frozen=True)
class Said:
    """What a calendar knows of the invitation it answers, and what it says."""

    uid: str
    to: str
    sender: str = "ben@moor.example"
    partstat: str = "ACCEPTED"
    sequence: int = 0
    stamp: str = "20261127T091502Z"
    method: str = "REPLY"


def folded(text: str) -> str:
    """Return a calendar with its long lines folded at 75."""
    return "\n".join(
        "\n ".join([line[:75], *textwrap.wrap(line[75:], 74, drop_whitespace=False)])
        for line in text.strip().splitlines()
    )


def in_base64(text: str) -> str:
    """Return a part's content in base64."""
    return base64.encodebytes(crlf(text)).decode().strip()


def google(said: Said) -> bytes:
    """Google Calendar: the reply as an alternative in clear, and once more as a file."""
    calendar = folded(f"""
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:{said.method}
BEGIN:VEVENT
DTSTART:20301204T100000Z
DTEND:20301204T110000Z
DTSTAMP:{said.stamp}
ORGANIZER;CN=Goodword:mailto:{said.to}
UID:{said.uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said.partstat};CN=Ben Moor;X-NUM-GUESTS=0:mailto:{said.sender}
X-MICROSOFT-CDO-OWNERAPPTID:-1381405364
CREATED:20261126T170000Z
DESCRIPTION:http://testserver/r/x/encounters/y
LAST-MODIFIED:{said.stamp}
LOCATION:The Lantern Café
SEQUENCE:{said.sequence}
STATUS:CONFIRMED
SUMMARY:Meeting: Ada Lane and Ben Moor
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
""")
    return crlf(f"""MIME-Version: 1.0
Reply-To: Ben Moor <{said.sender}>
Sender: Google Calendar <calendar-notification@google.com>
Message-ID: <calendar-1f3c7a52-0e3a-4a55@google.com>
Date: Fri, 27 Nov 2026 09:15:02 +0000
Subject: Accepted: Meeting: Ada Lane and Ben Moor @ Wed 4 Dec 2030 10:00 (GMT)
From: Ben Moor <{said.sender}>
To: {said.to}
Content-Type: multipart/mixed; boundary="000000000000f1d36a0627d6cbe1"

--000000000000f1d36a0627d6cbe1
Content-Type: multipart/alternative; boundary="000000000000f1d3680627d6cbdf"

--000000000000f1d3680627d6cbdf
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes
Content-Transfer-Encoding: base64

{in_base64("Ben Moor has accepted this invitation. A private sentence.")}
--000000000000f1d3680627d6cbdf
Content-Type: text/calendar; charset="UTF-8"; method={said.method}
Content-Transfer-Encoding: 8bit

{calendar}

--000000000000f1d3680627d6cbdf--
--000000000000f1d36a0627d6cbe1
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

{in_base64(calendar)}
--000000000000f1d36a0627d6cbe1--
""")


def outlook(said: Said) -> bytes:
    """Outlook with Exchange: base64, a zone under its Windows name, no organizer, the subject within the summary."""
    calendar = folded(f"""
BEGIN:VCALENDAR
METHOD:{said.method}
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={said.partstat};CN="Moor, Ben":mailto:{said.sender}
COMMENT;LANGUAGE=de-DE:A private sentence.\\n
UID:{said.uid}
SUMMARY;LANGUAGE=de-DE:Zugesagt: Meeting: Ada Lane and Ben Moor
DTSTART;TZID=W. Europe Standard Time:20301204T110000
DTEND;TZID=W. Europe Standard Time:20301204T120000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:{said.stamp}
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{said.sequence}
LOCATION;LANGUAGE=de-DE:The Lantern Café
X-MICROSOFT-CDO-APPT-SEQUENCE:{said.sequence}
X-MICROSOFT-CDO-OWNERAPPTID:0
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
X-MICROSOFT-CDO-IMPORTANCE:1
X-MICROSOFT-CDO-INSTTYPE:0
X-MICROSOFT-DISALLOW-COUNTER:FALSE
END:VEVENT
END:VCALENDAR
""")
    return crlf(f"""From: "Moor, Ben" <{said.sender}>
To: Goodword <{said.to}>
Subject: Zugesagt: Meeting: Ada Lane and Ben Moor
Thread-Topic: Meeting: Ada Lane and Ben Moor
Date: Fri, 27 Nov 2026 09:15:02 +0000
Message-ID: <DB9PR08MB7179A1B2C3@DB9PR08MB7179.eurprd08.prod.outlook.com>
Accept-Language: de-DE, en-US
Content-Language: de-DE
X-MS-Has-Attach:
Content-Type: multipart/alternative;
\tboundary="_000_DB9PR08MB7179A1B2C3DB9PR08MB7179eurp_"
MIME-Version: 1.0

--_000_DB9PR08MB7179A1B2C3DB9PR08MB7179eurp_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{in_base64("A private sentence.")}

--_000_DB9PR08MB7179A1B2C3DB9PR08MB7179eurp_
Content-Type: text/calendar; charset="utf-8"; method={said.method}
Content-Transfer-Encoding: base64

{in_base64(calendar)}

--_000_DB9PR08MB7179A1B2C3DB9PR08MB7179eurp_--
""")


def apple(said: Said) -> bytes:
    """Apple Calendar: MAILTO in capitals, a quoted name, and the reply as a file and no alternative at all."""
    calendar = folded(f"""
BEGIN:VCALENDAR
CALSCALE:GREGORIAN
VERSION:2.0
METHOD:{said.method}
PRODID:-//Apple Inc.//macOS 15.1//EN
BEGIN:VEVENT
CREATED:20261126T170000Z
UID:{said.uid}
DTEND;TZID=Europe/London:20301204T110000
TRANSP:OPAQUE
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
SUMMARY:Meeting: Ada Lane and Ben Moor
DTSTART;TZID=Europe/London:20301204T100000
DTSTAMP:{said.stamp}
LAST-MODIFIED:{said.stamp}
SEQUENCE:{said.sequence}
ATTENDEE;CN="Ben Moor";CUTYPE=INDIVIDUAL;EMAIL="{said.sender}";PARTSTAT={said.partstat};ROLE=REQ-PARTICIPANT:MAILTO:{said.sender.title()}
ORGANIZER;CN="Goodword";EMAIL="{said.to}":MAILTO:{said.to}
BEGIN:VALARM
X-WR-ALARMUID:5D0A6A35
UID:5D0A6A35
TRIGGER:-PT30M
ATTENDEE:mailto:somebody@else.example
ACTION:DISPLAY
END:VALARM
END:VEVENT
END:VCALENDAR
""")
    return crlf(f"""From: =?utf-8?Q?Ben_Moor?= <{said.sender}>
Content-Type: multipart/mixed;
 boundary="Apple-Mail=_7F1B7C8E-5B7E-4D7A-9B1D-0C3A7C0D9E11"
Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3826.200.121\\))
Subject: Accepted: Meeting: Ada Lane and Ben Moor
Message-Id: <0D1B6C4B-7A77-4C6E-8A57-7C6B5F6D1E10@moor.example>
Date: Fri, 27 Nov 2026 09:15:02 +0000
To: {said.to}

--Apple-Mail=_7F1B7C8E-5B7E-4D7A-9B1D-0C3A7C0D9E11
Content-Transfer-Encoding: 7bit
Content-Type: text/plain;
\tcharset=us-ascii

Ben Moor has accepted your invitation. A private sentence.

--Apple-Mail=_7F1B7C8E-5B7E-4D7A-9B1D-0C3A7C0D9E11
Content-Disposition: attachment;
\tfilename=iCal-20261127-091502.ics
Content-Type: text/calendar;
\tx-unix-mode=0600;
\tname="iCal-20261127-091502.ics"
Content-Transfer-Encoding: quoted-printable

{calendar.replace("=", "=3D").replace("é", "=C3=A9")}

--Apple-Mail=_7F1B7C8E-5B7E-4D7A-9B1D-0C3A7C0D9E11--
""")


MAKERS: dict[str, Callable[[Said], bytes]] = {"Google": google, "Outlook": outlook, "Apple": apple}
