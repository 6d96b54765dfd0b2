"""The commands of `run.py`, and how each is asked for. Standard library only: read before anything is installed."""

from __future__ import annotations

import argparse
from collections.abc import Callable

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
  GOODWORD_REPLICA_URL   a PostgreSQL that follows it, for lists        (default: all is read from the one above)
  GOODWORD_SMTP_URL      smtp+tls://user:password@mail.example:587      (default: mails are files in data/mail)
  GOODWORD_MAIL_FROM     address our letters come from                  (default: post@<host of the base address>)
  GOODWORD_IMAP_URL      imaps://name%40goodword.example:password@mail.example/INBOX
                         a mailbox calendars answer to                  (default: none; people answer on the page)
  GOODWORD_FILES_FOLDER  a folder all machines share, for the files people add
  GOODWORD_FILES_S3_URL  https://key:secret@s3.example/bucket?region=eu-central-1
                         a bucket for them instead                      (default: files lie in the database)
  GOODWORD_WORKERS       web server processes                           (default: 2)
  GOODWORD_PROXIES       proxies of yours before the server             (default: 0)
  GOODWORD_ADMIN_EMAIL   address of the first sign-in link on a new data folder
  GOODWORD_METRICS_TOKEN by which a Prometheus may read /metrics        (default: nobody may)
  GOODWORD_SLOW_QUERY_MS questions to the database that take longer are logged (default: 200)
  GOODWORD_DKIM_SELECTOR selector of your mail server's DKIM key, for doctor
  GOODWORD_BACKUP_PASSPHRASE   passphrase of backups, for runs without a terminal

Each of them can come from a file instead: GOODWORD_SMTP_URL_FILE=/run/secrets/smtp
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
    command("web", "start only the web server: for several machines, or a supervisor of your own")
    command("worker", "start only a worker: any number may run")
    command("doctor", "look whether all is well, and say what to do where it is not")
    command("settings", "show the settings in force and where each comes from, without secrets")
    command("demo", "build a small living world and print a sign-in link for each person; twice does no harm")
    link = command("login-link", "print a sign-in link that works once, for ten minutes; whom it is for is told")
    link.add_argument("email", metavar="EMAIL", help="whom to sign in; made if new")
    link.add_argument(
        "--without-second-step",
        action="store_true",
        help="also take away their passkeys, app and recovery codes, for somebody who has lost them all; they get a letter",
    )
    glass = command(
        "break-glass",
        "write all that somebody keeps here into a file; they are told",
        "For what law or the person asks of you. The act and its reason are noted where they can read them, and a letter goes"
        " to them, before anything is written.",
    )
    glass.add_argument("email", metavar="EMAIL", help="whose")
    glass.add_argument("--reason", metavar="TEXT", required=True, help="why, in a sentence that they will read")
    glass.add_argument("--file", metavar="FILE", required=True, help="where to: a zip, which must not be there yet")
    seed = command("seed", "fill an empty data folder with synthetic rows, for measuring")
    seed.add_argument(
        "--relationships", type=int, default=1_000, metavar="N", help="relationships of one person (default 1000)"
    )
    seed.add_argument(
        "--leads", type=int, default=5_000, metavar="M", help="leads in them, and half as many notes (default 5000)"
    )
    seed.add_argument("--data", metavar="FOLDER", help="data folder to fill, instead of GOODWORD_DATA")
    command(
        "rotate-keys",
        "give private text a new key",
        "Makes a new key for private text, seals everything again with it, then sets the old key aside in keys.retired."
        " Goodword may run meanwhile. If it is interrupted, run it again: it goes on where it stopped.",
    )
    move = command(
        "move-files",
        "move the files people added from the database into the store that is set",
        "New files go into the store by themselves; this brings those from before it was set. Goodword may run meanwhile. If"
        " it is interrupted, run it again.",
    )
    move.add_argument("--back", action="store_true", help="out of the store into the database: before no store is set")
    spread = command(
        "distribute",
        "spread the tables over a Citus cluster",
        "Prepares the cluster whose coordinator GOODWORD_DATABASE_URL names (citus://…), by what each table says that it belongs"
        " to, or says why it cannot be. What is spread already stays: run it again after every upgrade.",
    )
    spread.add_argument("--shards", type=int, metavar="N", help="into how many pieces (default: Citus's own, 32)")
    backups(command)
    test = command("test", "run every check and test, and say what was skipped")
    test.add_argument(
        "--drill", action="store_true", help="also put leaks into a copy and see that the tests catch each; ten minutes"
    )
    test.add_argument("--everything", action="store_true", help="all tests on PostgreSQL too, and those that take long")
    test.add_argument(
        "--durability",
        action="store_true",
        help="only kill, fill, tear and restart, in full; writes docs/reliability.md",
    )
    test.add_argument("pytest", nargs="*", metavar="…", help="only these tests: a path, or options for pytest")
    messages = command(
        "messages",
        "gather every sentence, and bring each language's catalogue up to date",
        "Writes every sentence to goodword/locale/goodword.pot, carries what is new into each language's catalogue, and"
        " compiles it. With a language, begins one for it.",
    )
    messages.add_argument("language", nargs="?", default="", metavar="LANGUAGE", help="one to begin: de, pt_BR")
    bench = command("bench", "measure speed against the floor program and write docs/performance.md (needs wrk)")
    bench.add_argument("options", nargs="*", metavar="…", help="see `run.py bench --help`")
    manage = command("manage", "run one of Django's own commands")
    manage.add_argument("options", nargs="*", metavar="…", help="such as: migrate, shell, check")
    return main


def backups(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands about backups."""
    backup = command(
        "backup",
        "make a backup while Goodword runs",
        "Makes a backup of everything: database, files, and the keys without which private text cannot be read. With a"
        " passphrase all of it is one sealed file; without one, the keys are a file of their own, to be kept elsewhere.",
    )
    backup.add_argument("folder", metavar="FOLDER", help="where to")
    backup.add_argument("--keys", metavar="FOLDER", help="where the keys go, without a passphrase (default: beside it)")
    backup.add_argument("--keep", type=int, metavar="N", help="then delete all but the newest N backups of that folder")
    restore = command(
        "restore",
        "put a backup back into an empty data folder",
        "Checks a backup and puts it into a data folder (GOODWORD_DATA) and database that hold nothing yet. Letters that"
        " waited are not sent again, sessions and links from before end, what was erased since is erased again.",
    )
    restore.add_argument("backup", metavar="BACKUP", help="the file of the backup")
    restore.add_argument("--keys", metavar="FILE", help="the file of its keys (default: inside it, or beside it)")
    restore.add_argument(
        "--deletions",
        metavar="FILE",
        action="append",
        default=[],
        help="a later deletion list (data/deletions); may be repeated",
    )
    for each in (backup, restore):
        each.add_argument("--passphrase", action="store_true", help="ask for the passphrase")
        each.add_argument("--passphrase-file", metavar="FILE", help="read the passphrase from a file")


# What follows these words is passed on as it is, options included.
OPTIONS = {"test": "pytest", "bench": "options", "manage": "options"}


def read(arguments: list[str]) -> argparse.Namespace:
    """Return the command asked for (`up` where none is). Ends the program with help or a sentence where it must."""
    if arguments and arguments[0] in OPTIONS and arguments[1:2] not in (["-h"], ["--help"]):
        return argparse.Namespace(command=arguments[0], **{OPTIONS[arguments[0]]: arguments[1:]})
    asked = parser().parse_args(arguments)
    asked.command = asked.command or "up"
    return asked
