"""JBIG2, as scanners pack black and white: the parts of a stream that draw, without those that are notes. Pure.

Nothing here unpacks it: what would do so is a program of its own, and none is reached from what somebody sends.
"""

from __future__ import annotations

from goodword.profiles.files import UnusableFile

# Dictionaries, text, patterns, halftones, generic regions and refinements of them, page information, end of a stripe, tables.
_DRAWS = frozenset((0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 50, 53))
_UNKNOWN_LENGTH = 0xFFFFFFFF


def without_notes(stream: bytes) -> bytes:
    """Return the segments that draw. Raises UnusableFile for a stream that cannot be followed to its end."""
    kept, at = [], 0
    while at < len(stream):
        start = at
        try:
            kind, body, length = _head(stream, at)
        except IndexError as short:
            raise UnusableFile("broken") from short
        at = body + length
        if length == _UNKNOWN_LENGTH or at > len(stream):
            raise UnusableFile("packing")
        if kind in _DRAWS:
            kept.append(stream[start:at])
    return b"".join(kept)


def _head(stream: bytes, at: int) -> tuple[int, int, int]:
    """Return a segment's kind, where its body starts and how long that is (ITU-T T.88, 7.2)."""
    number, flags = int.from_bytes(stream[at : at + 4]), stream[at + 4]
    at += 5
    count = stream[at] >> 5
    if count == 7:
        count = int.from_bytes(stream[at : at + 4]) & 0x1FFFFFFF
        at += 4 + (count + 8) // 8
    else:
        at += 1
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 0x40 else 1
    if at + 4 > len(stream):
        raise IndexError(at)
    return flags & 0x3F, at + 4, int.from_bytes(stream[at : at + 4])
