"""The lines of a contact file: unfolded as bytes, and each decoded by itself. Pure, and wary (T46).

A fold may stand within a letter, and one broken byte or an odd character set spoils its own line alone. What nobody asked for,
pictures and notes, is dropped before it is put together.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from vobject.base import ParseError, parseLine

MOST_LINES = 120  # of one contact
LONGEST_LINE = 2000  # octets
_PROPERTY = re.compile(
    rb"(?:[\w-]+\.)?(BEGIN|END|FN|N|NICKNAME|TEL|EMAIL|ORG|AGENT|KIND|X-ADDRESSBOOKSERVER-KIND|X-ABLABEL)[;:]",
    re.IGNORECASE,
)
_HEAD = re.compile(rb'(?:"[^"]*"|[^":])*:')
# Outlook writes the code page of its Windows and does not say which; it does say in which language.
_CODE_PAGES = {
    "cp1250": "bs cs hr hu pl ro sk sl sq",
    "cp1251": "be bg kk mk mn ru sr uk",
    "cp1253": "el",
    "cp1254": "az tr",
    "cp1255": "he",
    "cp1256": "ar fa ur",
    "cp1257": "et lt lv",
    "cp1258": "vi",
    "cp874": "th",
    "cp932": "ja",
    "cp949": "ko",
    "gb18030": "zh",
}
_BY_LANGUAGE = {language: page for page, languages in _CODE_PAGES.items() for language in languages.split()}
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo")


@dataclass(frozen=True, slots=True)
class CardLine:
    """One property of a contact: its name in capitals, its group, its types in capitals ("CELL", "PREF"), its value."""

    name: str
    group: str
    types: frozenset[str]
    value: str


def lines(content: bytes) -> Iterator[CardLine]:
    """Yield the lines of a contact file that are wanted. What can't be read is left out."""
    octets = _as_octets(content)
    for raw in _logical_lines(octets):
        if line := _read(raw):
            yield line


def _as_octets(content: bytes) -> bytes:
    """Return a file in UTF-16, with its mark or without, in UTF-8; any other as it is, without its mark."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    if content[1:2] == b"\0" or content[:1] == b"\0":
        order = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
        return content.decode(order, "replace").encode("utf-8", "replace")
    return content.removeprefix(codecs.BOM_UTF8)


def _logical_lines(content: bytes) -> Iterator[bytes]:
    """Yield logical lines of wanted properties, put together from folds and from soft breaks; endless ones are cut."""
    whole, wanted, soft, many = b"", False, False, 0
    for line in content.splitlines():
        if line[:1] in (b" ", b"\t") or (soft and line):
            if wanted and len(whole) <= LONGEST_LINE:
                whole = whole[:-1] + line if soft else whole + line[1:]
        else:
            if wanted:
                yield whole[:LONGEST_LINE]
            many = 0 if line[:6].upper() == b"BEGIN:" else many + 1
            wanted = bool(_PROPERTY.match(line)) and (many <= MOST_LINES or line[:4].upper() == b"END:")
            whole, soft = line, b"QUOTED-PRINTABLE" in line[:200].upper()
        soft = line.endswith(b"=") and (soft or b"QUOTED-PRINTABLE" in line[:200].upper())
    if wanted:
        yield whole[:LONGEST_LINE]


def _read(raw: bytes) -> CardLine | None:
    """Return a logical line taken apart, or None where it is none."""
    head = _HEAD.match(raw)
    if head is None:
        return None
    name, parameters, group = _head(head.group().decode("ascii", "replace"))
    said = {each[0].upper(): ",".join(each[1:]).upper() for each in parameters}
    value = raw[head.end() :]
    if "QUOTED-PRINTABLE" in (said.get("ENCODING"), *(key for key, given in said.items() if not given)):
        value = quopri.decodestring(value)
    types = {one.strip() for each in parameters for one in ",".join(each).upper().split(",")}
    text = decode(value, said.get("CHARSET", ""), said.get("LANGUAGE", ""))
    return CardLine(name.upper(), group.upper(), frozenset(types), text)


def _head(text: str) -> tuple[str, list[list[str]], str]:
    """Return name, parameters and group of a line; no parameters where they are nobody's grammar."""
    try:
        name, parameters, _value, group = parseLine(text)
        return name, parameters, group or ""
    except ParseError:
        group, _, name = re.split("[;:]", text, maxsplit=1)[0].rpartition(".")
        return name, [], group


def decode(value: bytes, charset: str, language: str) -> str:
    """Return a value as text: by the character set it declares, else as UTF-8, else by the code page of its language.

    One broken letter in text that is UTF-8 otherwise stays one broken letter.
    """
    for name in filter(None, (charset, "utf-8", _code_page(language))):
        with suppress(ValueError, LookupError):  # not in that set, no set at all, or none of text
            return value.decode(name)
    almost = value.decode("utf-8", "replace")
    other = value.decode("cp1252", "replace")
    right = sum(not each.isascii() and each != "\ufffd" for each in almost)
    return almost if right > almost.count("\ufffd") else other


def _code_page(language: str) -> str:
    spoken = language.lower().replace("_", "-")
    return "cp950" if spoken.startswith(_TRADITIONAL) else _BY_LANGUAGE.get(spoken.partition("-")[0], "")
