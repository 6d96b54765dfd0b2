"""From an older version's data to this one's: a copy first, then the migrations, then a look whether all is there.

If anything goes wrong the copy is put back, and a sentence says so. A mark in the data folder says how far an upgrade is: one that
was killed goes on from its mark at the next start, and its copy stays that of the time before.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.utils import timezone

from config.environment import WrongSetting
from goodword.ground import files
from goodword.ground.sealing import SealBroken
from goodword.ops import beside, migrating, new_database
from goodword.ops.backup import copying, manifest
from goodword.ops.backup.manifest import Manifest, WrongBackup
from goodword.ops.models import Release
from goodword.ops.rotating import open_samples
from goodword.version import VERSION, parts

FOLDER, COPY = "upgrades", "before"
MARK, PUTTING_BACK = (
    "under-way.json",
    "putting-back.json",
)  # one file under either name: a rename needs no room on a full disk
RETENTION = dt.timedelta(days=30)
LOCK = 5_117_001  # of PostgreSQL's advisory locks: ours is the one for upgrades
log = logging.getLogger("goodword.ops")
Plan = list[tuple[Migration, bool]]


class BadData(Exception):
    """What an upgrade left behind is not what it should be; a sentence says what."""


@dataclass(frozen=True, slots=True)
class UpgradeMark:
    """An upgrade under way: from which version to which, and where the copy lies."""

    was: str
    to: str
    copy: str


def bring_up_to_date() -> None:
    """Bring the database to this version, one process at a time. Ends the program with a sentence where that cannot be."""
    with alone():
        begun = _read_mark(PUTTING_BACK)
        if begun:
            _put_back(begun)
        refuse_newer()
        mark = _read_mark(MARK)
        plan = waiting()
        if plan and (mark or _has_data()):
            _refuse_in_use()
            if beside.others_work(timezone.now()):
                _upgrade_beside(plan)
            else:
                _upgrade(mark or _write_mark(_copy_first()), plan)
        elif plan:
            say("Preparing the database")
            new_database.make()
        elif mark:
            _finish(mark)
        _note_release()


def in_use(how: int) -> int:
    """Lock the data folder as one that is in use, shared or for oneself; return the descriptor that holds the lock.

    Raises BlockingIOError if somebody holds it otherwise. Whoever is started by this process holds it too.
    """
    descriptor = os.open(settings.DATA / "in-use", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)
    fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    return descriptor


def _refuse_in_use() -> None:
    """End the program if an older version still runs on this SQLite file: it would write into what is being changed."""
    if connection.vendor == "postgresql":  # there old and new run side by side
        return
    try:
        os.close(in_use(fcntl.LOCK_EX))
    except BlockingIOError as wrong:
        raise WrongSetting(
            f"An older Goodword still runs on {settings.DATA}: stop it, then start {VERSION}. Nothing was changed."
        ) from wrong


def waiting() -> Plan:
    """Return the migrations that have not been applied."""
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Apply every migration, and make the shared table of limits."""
    migrating.apply()
    call_command("createcachetable", verbosity=0)


def refuse_newer() -> None:
    """End the program, naming both versions, if a newer one has brought this database further than this one understands."""
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    unknown = [
        name for app, name in executor.loader.applied_migrations if app == "goodword" and (app, name) not in known
    ]
    last = last_release()
    if unknown or parts(last)[:2] > parts(VERSION)[:2]:
        raise WrongSetting(
            f"The data is of Goodword {last or 'a newer version'}, and this program is {VERSION}: an older program would harm"
            f" newer data. Start version {last or 'that wrote it'}, or restore a backup that {VERSION} made."
        )


def last_release() -> str:
    """Return the newest version that has run on this database; nothing where none has."""
    if Release._meta.db_table not in connection.introspection.table_names():
        return ""
    return max(Release.objects.values_list("version", flat=True), key=parts, default="")


def _note_release() -> None:
    if not Release.objects.filter(version=VERSION).exists():
        Release.objects.get_or_create(version=VERSION, defaults={"at": timezone.now()})


def _has_data() -> bool:
    """Whether older data is there, as against a database that nobody has used yet."""
    return bool(MigrationExecutor(connection).loader.applied_migrations)


def _copy_first() -> UpgradeMark:
    was, now = last_release() or "an earlier version", timezone.now()
    folder = settings.DATA / FOLDER / f"{now:%Y%m%dT%H%M%SZ}-{was.replace(' ', '-')}-to-{VERSION}"
    say(f"Upgrading from {was} to {VERSION}: copying the database first.")
    try:
        folder.mkdir(parents=True, mode=0o700)
        copying.room_for(2 * copying.size(), folder)  # the copy, and what migrations write
        copying.copy_out(folder / COPY, now)
    except (WrongBackup, OSError) as wrong:
        shutil.rmtree(folder, ignore_errors=True)
        raise WrongSetting(f"The upgrade has not begun, and nothing was changed. {wrong}") from wrong
    return UpgradeMark(was, VERSION, str(folder))


def _upgrade_beside(plan: Plan) -> None:
    """Upgrade while older machines go on writing. What they write meanwhile must not be lost, so no copy is ever put back: each
    migration only adds, and is done whole or not at all."""
    beside.refuse(plan, beside.state_now())
    _mark_path(MARK).unlink(missing_ok=True)  # of one broken off: others have written since
    mark = _copy_first()
    say(f"Upgrading from {mark.was} to {mark.to} beside older machines: {len(plan)} steps.")
    try:
        migrate()
    except (DatabaseError, LookupError, TypeError, ValueError) as wrong:
        log.exception("the upgrade did not come to its end")
        raise WrongSetting(
            f"The upgrade to {VERSION} did not come to its end ({_why(wrong)}). Older machines go on: nothing was taken away."
            f" The data as it was lies in {mark.copy}."
        ) from wrong
    _finish(mark)


def _upgrade(mark: UpgradeMark, plan: Plan) -> None:
    say(f"Upgrading from {mark.was} to {mark.to}: {len(plan)} steps.")
    before = manifest.read(Path(mark.copy) / COPY)
    try:
        migrate()
        look_over(before, plan)
    except (DatabaseError, BadData, SealBroken, OSError, ArithmeticError, LookupError, TypeError, ValueError) as wrong:
        log.exception("the upgrade did not come to its end")
        _put_back(mark)
        raise WrongSetting(
            f"The upgrade from {mark.was} to {mark.to} did not come to its end ({_why(wrong)})."
            f" The data is as it was before: start version {mark.was} with it, and tell us what this line says."
        ) from wrong
    _finish(mark)


def _why(wrong: BaseException) -> str:
    """Return what began it, and what may be said of it: our own words and the system's; others may quote private text."""
    while wrong.__cause__ or wrong.__context__:
        wrong = wrong.__cause__ or wrong.__context__ or wrong
    speaks = isinstance(wrong, BadData | OSError) or type(wrong).__name__ == "OperationalError"  # of either driver
    return str(wrong).splitlines()[0] if speaks and str(wrong) else f"{type(wrong).__name__}: see the log"


def look_over(before: Manifest, plan: Plan) -> None:
    """Raise BadData unless every row is there that was there before, all sealed text opens and the database is whole.

    A migration that takes rows or tables away on purpose says so: `shrinks = {"table", …}` in its class.
    """
    tables = set(connection.introspection.table_names())
    shrinks = set().union(*(getattr(migration, "shrinks", ()) for migration, _backwards in plan))
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, rows in before.rows.items():
            if table in shrinks:
                continue
            if table not in tables:
                raise BadData(f"the table {table} is gone")
            cursor.execute(f"SELECT count(*) FROM {quoted(table)}")  # noqa: S608 - a table's name
            found = int(cursor.fetchone()[0])
            if found < rows:
                raise BadData(f"{table} had {rows} rows and has {found}")
    connection.check_constraints()
    open_samples(settings.KEY_RING.ring())


def _put_back(mark: UpgradeMark) -> None:
    """Put the copy in the database's place; killed in between, the next start does it again."""
    say(f"Putting back the data of {mark.was}.")
    copy = Path(mark.copy) / COPY
    if _mark_path(MARK).exists():
        _mark_path(MARK).replace(_mark_path(PUTTING_BACK))
    connection.close()
    copying.copy_in(copy, manifest.read(copy))
    _mark_path(PUTTING_BACK).unlink()
    shutil.rmtree(mark.copy)


def _finish(mark: UpgradeMark) -> None:
    _mark_path(MARK).unlink(missing_ok=True)
    say(f"Upgraded. The data as it was lies in {mark.copy} for {RETENTION.days} days.")


def forget_copies(now: dt.datetime) -> int:
    """Delete copies made before an upgrade a month ago: they hold what people have erased since. Return how many."""
    kept_from = f"{now - RETENTION:%Y%m%dT%H%M%SZ}"
    mark = _read_mark(MARK) or _read_mark(PUTTING_BACK)
    old = [
        folder
        for folder in (settings.DATA / FOLDER).glob("*Z-*")
        if folder.name < kept_from and (mark is None or str(folder) != mark.copy)
    ]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)


def _mark_path(name: str) -> Path:
    return Path(settings.DATA) / FOLDER / name


def _read_mark(name: str) -> UpgradeMark | None:
    return UpgradeMark(**json.loads(_mark_path(name).read_text())) if _mark_path(name).exists() else None


def _write_mark(mark: UpgradeMark) -> UpgradeMark:
    files.write_whole(_mark_path(MARK), json.dumps(asdict(mark)))
    return mark


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time prepare a house: by a lock of the folder, and for PostgreSQL of the database too."""
    with (settings.DATA / "preparing").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        other = connection.copy()  # a connection of its own: its transaction holds the lock as long as this takes
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
                yield
        finally:
            other.close()


def say(sentence: str) -> None:
    """Show one line at once."""
    print(sentence, flush=True)
