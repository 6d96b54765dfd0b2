"""Taking everything along and bringing it elsewhere, as somebody does it: the page stays, says how far it is, and the file opens."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from goodword.people.models import Person
from tests.browser.hands import PHONE, Visit, code_in, letter_to
from tests.house.world import World

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])


@BOTH
def test_everything_is_fetched_and_brought_to_another_account(
    visit: Visit, world: World, tmp_path: Path, script: bool
) -> None:
    hands = visit.by(world.ada_person, size=PHONE, script=script)
    hands.start("/settings/leaving")
    hands.tap("Fetch it")
    hands.tap("Send me the code")
    hands.type("The code from the e-mail", code_in(letter_to("ada@lane.example")))
    with hands.page.expect_download() as coming:
        hands.tap("Fetch the archive")
    coming.value.save_as(tmp_path / "ada.zip")
    with zipfile.ZipFile(tmp_path / "ada.zip") as archive:
        assert archive.testzip() is None
    if script:
        hands.page.get_by_text("It is complete").wait_for()
    else:
        hands.page.goto("/settings/take-along")
        assert "It is complete" in hands.page.content()
    who = f"ada-{script}@elsewhere.example".lower()
    other = visit.by(Person.objects.at(who), size=PHONE, script=script)
    other.start("/settings/bring-along")
    other.page.get_by_label("The archive").set_input_files(tmp_path / "ada.zip")
    other.tap("Bring it here")
    other.page.get_by_text("relationships came along").wait_for()
    other.page.get_by_role("link", name="Read it Ben Moor").click()
    assert other.h1.startswith("You and Ben, from before")
