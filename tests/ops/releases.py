"""A newer Goodword than this one: a copy of the tree with a raised version and migrations of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

from goodword.version import VERSION
from tests.ops.conftest import ROOT

NEXT = "0.3.0"
STEPS = "from django.db import migrations, models\nimport time\n"
LAST = max(path.stem for path in (ROOT / "goodword" / "migrations").glob("0*.py"))

GOOD = """
def fill(apps, editor):
    for idea in apps.get_model("goodword", "LeadIdea")._base_manager.all():
        idea.extra = "new"
        idea.save(update_fields=["extra"])
        time.sleep(PAUSE)
"""
LOSES = """
def fill(apps, editor):
    ideas = apps.get_model("goodword", "LeadIdea")._base_manager
    ideas.filter(pk__in=list(ideas.values_list("pk", flat=True)[:1])).delete()
"""
RAISES = """
def fill(apps, editor):
    raise LookupError("Ada's private words")
"""
GARBLES = """
def fill(apps, editor):
    for idea in apps.get_model("goodword", "LeadIdea")._base_manager.all():
        idea.words = b"garbled"
        idea.save(update_fields=["words"])
"""
GROWS = """
def fill(apps, editor):
    for idea in apps.get_model("goodword", "LeadIdea")._base_manager.all():
        idea.extra = "x" * 1_000_000
        idea.save(update_fields=["extra"])
"""


COLUMN = 'migrations.AddField("leadidea", "extra", models.TextField(default=""))'


def newer(folder: Path, fill: str, pause: float = 0.0, column: str = COLUMN) -> Path:
    """Return the tree of a next version: a new column, then `fill` if there is any, then an index: three migrations."""
    for name in ("goodword", "config", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "browser", "house"))
    shutil.copy(ROOT / "manage.py", folder)
    version = folder / "goodword" / "version.py"
    version.write_text(version.read_text().replace(VERSION, NEXT))
    index = 'migrations.AddIndex("leadidea", models.Index(fields=["author"], name="idea_by_author"))'
    _step(folder, 1, LAST, f"operations = [{column}]")
    _step(
        folder,
        2,
        "test_1",
        "operations = [migrations.RunPython(fill)]" if fill else "",
        fill.replace("PAUSE", str(pause)),
    )
    _step(folder, 3, "test_2", f"operations = [{index}]")
    return folder


def _step(folder: Path, number: int, after: str, body: str, code: str = "") -> None:
    text = f'class Migration(migrations.Migration):\n    dependencies = [("goodword", "{after}")]\n    {body}\n'
    (folder / "goodword" / "migrations" / f"test_{number}.py").write_text(STEPS + dedent(code) + "\n\n" + text)
