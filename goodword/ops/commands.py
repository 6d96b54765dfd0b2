"""The commands of `run.py`, and how each is asked for. Standard library only: read before anything is installed."""

from __future__ import annotations

import argparse

ABOUT = """Goodword: from a first coffee to a working referral relationship between two businesses.

Without a command it starts the web server and the worker, and says which address to open.
"""

ENVIRONMENT = """environment:
  GOODWORD_DATA          folder for database, keys and mails            (default: data)
  GOODWORD_HOST          address to listen on                           (default: 127.0.0.1)
  GOODWORD_PORT          port to listen on                              (default: 8700)
  GOODWORD_BASE_URL      address people type, such as https://goodword.example
                                                                        (default: http://localhost:<port>)
  GOODWORD_DATABASE_URL  postgresql://user:password@host:5432/name      (default: SQLite in the data folder)
  GOODWORD_SMTP_URL      smtp+tls://user:password@mail.example:587      (default: mails are files in data/mail)
  GOODWORD_MAIL_FROM     address our letters come from                  (default: post@<host of the base address>)
  GOODWORD_IMAP_URL      imaps://name%40goodword.example:password@mail.example/INBOX
                         a mailbox calendars answer to                  (default: none; people answer on the page)
  GOODWORD_WORKERS       web server processes                           (default: 2)
  GOODWORD_PROXIES       proxies of yours before the server             (default: 0)
  GOODWORD_ADMIN_EMAIL   address of the first sign-in link on a new data folder
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    main = argparse.ArgumentParser(
        prog="run.py", description=ABOUT, epilog=ENVIRONMENT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = main.add_subparsers(dest="command", metavar="command", title="commands")

    def command(name: str, summary: str, more: str = "") -> argparse.ArgumentParser:
        return commands.add_parser(name, help=summary, description=more or f"{summary[0].upper()}{summary[1:]}.")

    command("up", "start the web server and the worker (what happens without a command)")
    command("demo", "build a small living world and print a sign-in link for each person; twice does no harm")
    link = command("login-link", "print a sign-in link that works once, for ten minutes")
    link.add_argument("email", metavar="EMAIL", help="whom to sign in; made if new")
    seed = command("seed", "fill an empty data folder with synthetic rows, for measuring")
    seed.add_argument(
        "--relationships", type=int, default=1_000, metavar="N", help="relationships of one person (default 1000)"
    )
    seed.add_argument("--leads", type=int, default=5_000, metavar="M", help="leads in them, and half as many notes (default 5000)")
    seed.add_argument("--data", metavar="FOLDER", help="data folder to fill, instead of GOODWORD_DATA")
    command(
        "rotate-keys", "give private text a new key",
        "Makes a new key for private text, seals everything again with it, then sets the old key aside in keys.retired."
        " Goodword may run meanwhile. If it is interrupted, run it again: it goes on where it stopped.",
    )  # fmt: skip
    test = command("test", "run every check and test, and say what was skipped")
    test.add_argument("--drill", action="store_true", help="also put leaks into a copy and see that the tests catch each; ten minutes")
    test.add_argument("pytest", nargs="*", metavar="…", help="only these tests: a path, or options for pytest")
    bench = command("bench", "measure speed against the floor program and write docs/performance.md (needs wrk)")
    bench.add_argument("options", nargs="*", metavar="…", help="see `run.py bench --help`")
    manage = command("manage", "run one of Django's own commands")
    manage.add_argument("options", nargs="*", metavar="…", help="such as: migrate, shell, check")
    return main


# What follows these words is passed on as it is, options included.
PASSED_ON = {"test": "pytest", "bench": "options", "manage": "options"}


def read(arguments: list[str]) -> argparse.Namespace:
    """Return the command asked for (`up` where none is). Ends the program with help or a sentence where it must."""
    if arguments and arguments[0] in PASSED_ON and arguments[1:2] not in (["-h"], ["--help"]):
        return argparse.Namespace(command=arguments[0], **{PASSED_ON[arguments[0]]: arguments[1:]})
    asked = parser().parse_args(arguments)
    asked.command = asked.command or "up"
    return asked
