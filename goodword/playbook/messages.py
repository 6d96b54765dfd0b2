"""The playbook's sentences, as Babel asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from goodword.playbook.reading import DATA, read
from goodword.playbook.shelf import FILES

Message = tuple[int, None, str, list[str]]


def sentences(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """Yield line and text of every sentence in a file of the playbook: an extraction method for Babel.

    Raises PlaybookError where the file is not one of the playbook's as its schema has it.
    """
    path = DATA / Path(file.name).name
    for entries in read(path, FILES[path.name]).values():
        for entry in entries.values():
            for line, text in entry.msgids():
                yield line, None, text, []
