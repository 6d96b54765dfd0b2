"""The process in which one file is made clean: the file comes in, its type and content or the reason against it go out."""

from __future__ import annotations

import resource
import sys

from goodword.profiles.files import SECONDS, Clean, UnusableFile

MEMORY = 1_500_000_000  # bytes, of which a picture of the most points takes a third


def main() -> None:
    """Make clean what standard input holds, within the limits."""
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    try:
        clean = _clean(sys.stdin.buffer.read())
        sys.stdout.buffer.write(clean.type.encode() + b"\n" + clean.content)
    except UnusableFile as why:
        sys.stdout.buffer.write(f"{why}\n".encode())
    except MemoryError:
        sys.stdout.buffer.write(b"packed\n")


def _clean(raw: bytes) -> Clean:
    if b"%PDF-" in raw[:1024]:  # readers allow for a few lines before it
        from goodword.profiles.files import papers

        return papers.clean_file(raw)
    from goodword.profiles.files import pictures

    return pictures.clean_file(raw)


if __name__ == "__main__":
    main()
