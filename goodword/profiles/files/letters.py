"""What fonts say of their letters, without the words they have about themselves. Pure."""

from __future__ import annotations

import re

_WORDS = re.compile(rb"\((?:\\.|[^()\\])*\)|%[^\r\n]*", re.DOTALL)
_BLOCK = re.compile(rb"begin(codespacerange|bfchar|bfrange)\b(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<[0-9A-Fa-f\s]*>|\[|\]")
_LONGEST = 74  # a shape stands for eighteen letters at the most (U+FDFA), four digits each
_NO_LETTER = b"<FFFD>"
_HEAD = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
_FOOT = b"endcmap CMapName currentdict /CMap defineresource pop end end"


def without_comments(program: bytes) -> bytes:
    """Return a small program of a font or a colour without its comments and its strings, which nothing drawn depends on."""
    return _WORDS.sub(lambda words: b"()" if words[0].startswith(b"(") else b"", program)


def meaning(table: bytes) -> bytes:
    """Return a table of which letters shapes stand for, with nothing but that in it."""
    blocks = []
    for kind, body in _BLOCK.findall(_WORDS.sub(b"", table)):
        tokens = [token if len(token) <= _LONGEST else _NO_LETTER for token in _TOKEN.findall(body)]
        count = len(tokens) // (3 if kind == b"bfrange" else 2)
        blocks.append(b"%d begin%s\n%s\nend%s\n" % (count, kind, b" ".join(tokens), kind))
    return b"".join((_HEAD, *blocks, _FOOT))
