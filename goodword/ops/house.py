"""Carrying out a command of `run.py`, with every package at hand."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.core.management import CommandError, call_command, execute_from_command_line

from goodword.ops import commands


def main(arguments: list[str]) -> int:
    """Carry out one command; return the exit code."""
    asked = commands.read(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if asked.command == "test":
        from goodword.ops.testing import run_everything

        return run_everything(asked.pytest)
    if asked.command == "bench":
        from bench.run import main as bench

        return bench(asked.options)
    if getattr(asked, "data", None):
        os.environ["GOODWORD_DATA"] = str(Path(asked.data).expanduser().absolute())
    if asked.command == "manage":
        execute_from_command_line(["run.py manage", *asked.options])
        return 0
    django.setup()
    return _with_django(vars(asked))


def _with_django(asked: dict[str, object]) -> int:
    from goodword.ops import readying, up

    command = str(asked.pop("command"))
    if command == "up":
        return up.up()
    readying.ready()
    asked.pop("data", None)
    given = [str(asked.pop(name)) for name in ("email",) if name in asked]  # what is asked for by place, not by name
    try:
        call_command(command.replace("-", "_"), *given, **asked)
    except CommandError as sentence:
        print(sentence, file=sys.stderr)
        return 1
    return 0
