"""Carrying out a command of `run.py`, with every package at hand."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import django
from django.core.management import CommandError, call_command, execute_from_command_line

from config import environment
from goodword.ops import commands


def main(arguments: list[str]) -> int:
    """Carry out one command; return the exit code."""
    asked = commands.read(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if asked.command == "test":
        from goodword.ops.testing import run_everything

        return run_everything(asked.pytest)
    if asked.command == "messages":
        from goodword.ops.messages import bring_up_to_date

        print(", ".join(bring_up_to_date(asked.language)) or "English only")
        return 0
    if asked.command == "bench":
        from bench.run import main as bench

        return bench(asked.options)
    if asked.command == "restore":
        from goodword.ops.copies import restore

        return restore(**without_command(asked))
    if getattr(asked, "data", None):
        os.environ["GOODWORD_DATA"] = str(Path(asked.data).expanduser().absolute())
    if asked.command == "manage":
        execute_from_command_line(["run.py manage", *asked.options])
        return 0
    if asked.command in ("up", "web", "worker"):
        os.environ[environment.RUNS_ON] = asked.command
    django.setup()
    return _with_django(vars(asked))


def without_command(asked: argparse.Namespace) -> dict[str, Any]:
    """Return what a command was given."""
    return {name: value for name, value in vars(asked).items() if name != "command"}


def _with_django(asked: dict[str, Any]) -> int:
    from goodword.ops import readying, up

    command = str(asked.pop("command"))
    if command == "up":
        return up.up()
    if command in ("doctor", "settings"):
        return _look(command)
    readying.ready(spread=command != "distribute")
    if command in ("web", "worker"):
        readying.hold()
    if command == "web":
        _become_the_web_server()
    if command == "backup":
        from goodword.ops.copies import backup

        return backup(**asked)
    asked.pop("data", None)
    given = [str(asked.pop(name)) for name in ("email",) if name in asked]  # what is asked for by place, not by name
    try:
        call_command(command.replace("-", "_"), *given, **asked)
    except CommandError as sentence:
        print(sentence, file=sys.stderr)
        return 1
    return 0


def _look(command: str) -> int:
    """Carry out a command that changes nothing, whatever state the data is in."""
    from goodword.ops import doctor, in_force

    return doctor.look() if command == "doctor" else in_force.show()


def _become_the_web_server() -> NoReturn:
    from goodword.ops import metrics
    from goodword.ops.serving import server

    metrics.begin()
    argv = server(environment.host(), environment.port(), environment.workers())
    os.execv(argv[0], argv)  # noqa: S606 - our own program, no shell
