"""What whoever runs the server does with an account is noted where its person reads it, before it is done, and told by a letter."""

from __future__ import annotations

import stat
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from goodword.account.operators import OperatorAct
from goodword.post.delivery import deliver_due
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db
REASON = "You asked for your papers by post."


def noted(cast: Cast) -> str:
    """Return what Ada reads."""
    return signed_in(cast.ada_person).get(reverse("operator-acts")).content.decode()


def told() -> str:
    """Return the letters that came to Ada."""
    mail.outbox.clear()
    deliver_due(500)  # a world of other tests may wait too
    return "\n".join(str(one.body) for one in mail.outbox if one.to == ["ada@lane.example"])


def test_a_link_that_signs_in_as_somebody_is_noted_for_them(cast: Cast) -> None:
    assert "Nothing so far" in noted(cast)
    call_command("login_link", "ada@lane.example", stdout=StringIO())
    assert "made a link that signs in as you" in noted(cast)
    assert "made a link that signs in as you" in told()
    assert not OperatorAct.objects.exclude(person=cast.ada_person).exists()


def test_reading_by_the_operator_is_noted_with_its_reason(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "ada.zip"
    call_command("break_glass", "ada@lane.example", reason=REASON, file=str(file), stdout=StringIO())
    assert REASON in noted(cast)
    assert REASON in told()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        assert "you.json" in archive.namelist()


@pytest.mark.parametrize(
    ("who", "reason", "name"),
    [("nobody@lane.example", REASON, "a.zip"), ("ada@lane.example", "why", "a.zip"), ("ada@lane.example", REASON, ".")],
)
def test_without_a_person_a_reason_or_a_new_file_nothing_is_read_and_nothing_noted(
    cast: Cast, tmp_path: Path, who: str, reason: str, name: str
) -> None:
    with pytest.raises(CommandError):
        call_command("break_glass", who, reason=reason, file=str(tmp_path / name), stdout=StringIO())
    assert not OperatorAct.objects.exists()


def test_nobody_else_reads_it(cast: Cast) -> None:
    call_command("login_link", "ada@lane.example", stdout=StringIO())
    page = signed_in(cast.ben_person).get(reverse("operator-acts")).content.decode()
    assert "Nothing so far" in page
