"""E-mail addresses: one normal form, in which they are judged, kept and compared. Pure."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from email.utils import parseaddr

import idna

from goodword.ground.text import tidy_line

LONGEST_NAME = 64  # octets before the @ (RFC 5321, 4.5.3.1)
_AROUND = " <>()[]{}\"“”„«»'‘’,;:"
_SCHEME = re.compile(r"^(?:mailto|e-?mail)\s*:\s*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"<([^<>]*@[^<>]*)>")
_IN_TEXT = re.compile(r"[^\s<>()\[\]{}\"“”„«»,;:|/]+@[^\s<>()\[\]{}\"“”„«»,;:|/?]+")
_DOTS = str.maketrans("。．｡", "...")


def tidy_address(text: str) -> str:
    """Return an e-mail address in its normal form: without name, brackets, scheme or blanks, in lower case, its domain in
    ASCII (IDNA 2008). What is no address comes back tidied as far as it goes, for the form to say so.
    """
    plain = _bare(unicodedata.normalize("NFKC", tidy_line(text)))
    name, at, domain = plain.replace(" ", "").lower().rpartition("@")
    return f"{name}{at}{_ascii(domain.translate(_DOTS).rstrip('.'))}"


def _bare(plain: str) -> str:
    """Return an address without what people and programs put around it."""
    if found := _IN_BRACKETS.search(plain):
        plain = found.group(1)
    among = _IN_TEXT.findall(plain)
    said = among[0] if len(among) == 1 and " " in plain else parseaddr(plain)[1]
    return _SCHEME.sub("", (said if "@" in said else plain).strip(_AROUND)).partition("?")[0].strip(_AROUND)


def _ascii(domain: str) -> str:
    """Return a domain as the net knows it; as it was where it can't be one."""
    with suppress(idna.IDNAError):
        return _in_ascii(domain)
    return domain


def _in_ascii(domain: str) -> str:
    return idna.encode(domain, uts46=True, std3_rules=True).decode().rstrip(".")


def is_address(tidied: str) -> bool:
    """Whether a tidied address can be written to, as far as its own shape says: parts not too long, a domain of the net."""
    name, _, domain = tidied.rpartition("@")
    if not 0 < len(name.encode()) <= LONGEST_NAME or "@" in name:
        return False
    with suppress(idna.IDNAError):
        return "." in domain and domain == _in_ascii(domain) and not domain.rpartition(".")[2].isdigit()
    return False


def addresses_in(text: str) -> list[str]:
    """Return every address in a text, in normal form, in its order and each once."""
    plain = unicodedata.normalize("NFKC", text)
    tidied = (tidy_address(each.strip(".'‘’")) for each in _IN_TEXT.findall(plain))
    return list(dict.fromkeys(each for each in tidied if is_address(each)))


def mailbox(tidied: str) -> str:
    """Return the mailbox behind an address: the same whatever tag its owner puts behind a plus."""
    name, _, domain = tidied.rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def mask(address: str) -> str:
    """Return an address that its owner recognises and nobody else can use: t••@halekitchens.example."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}••@{domain}"
