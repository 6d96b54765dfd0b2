"""A wrong value in the environment stops the start with one sentence that says what to write."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.conftest import clean, once

ROOT = Path(__file__).resolve().parents[2]
READ_ALL = (
    "import config.settings; from config import environment as e; e.host(); e.port(); e.workers(); e.admin_email()"
)

pytestmark = [pytest.mark.processes, once]


def start(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Read the whole environment in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", READ_ALL],
        cwd=ROOT,
        env={**clean(), "GOODWORD_DATA": str(tmp_path / "data"), **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GOODWORD_PORT", "eighty"),
        ("GOODWORD_PORT", "0"),
        ("GOODWORD_PORT", "70000"),
        ("GOODWORD_WORKERS", "many"),
        ("GOODWORD_WORKERS", "0"),
        ("GOODWORD_DATABASE_URL", "mysql://root@localhost/goodword"),
        ("GOODWORD_DATABASE_URL", "postgresql://localhost"),
        ("GOODWORD_DATABASE_URL", "postgresql://localhost:port/goodword"),
        ("GOODWORD_DATABASE_URL", "postgresql://[localhost/goodword"),
        ("GOODWORD_DATABASE_URL", "postgresql://localhost/goodword?sslmod=require"),
        ("GOODWORD_REPLICA_URL", "postgresql://localhost"),
        ("GOODWORD_REPLICA_URL", "postgresql://localhost/goodword"),  # of a SQLite
        ("GOODWORD_BASE_URL", "goodword.example"),
        ("GOODWORD_BASE_URL", "https://goodword.example/app"),
        ("GOODWORD_BASE_URL", "https://[goodword"),
        ("GOODWORD_BASE_URL", "https://goodword.example:port"),
        ("GOODWORD_SMTP_URL", "mail.example"),
        ("GOODWORD_SMTP_URL", "smtp://mail.example:port"),
        ("GOODWORD_MAIL_FROM", "Goodword <post@goodword.example>"),
        ("GOODWORD_BASE_URL", "https://name:word@goodword.example"),
        ("GOODWORD_MAIL_FROM", "nobody"),
        ("GOODWORD_MAIL_FROM", "@"),
        ("GOODWORD_OIDC_ISSUER", "login.example"),
        ("GOODWORD_OIDC_ISSUER", "http://login.example"),
        ("GOODWORD_OIDC_ISSUER", "https://login.example/?realm=x"),
        ("GOODWORD_FILES_FOLDER", "files"),
        ("GOODWORD_FILES_S3_URL", "s3.example/bucket"),
        ("GOODWORD_FILES_S3_URL", "http://key:hunter@s3.example/bucket"),
        ("GOODWORD_FILES_S3_URL", "https://key:hun/ter@s3.example/bucket"),
        ("GOODWORD_FILES_S3_URL", "https://key:hunter@s3.example"),
        ("GOODWORD_FILES_S3_URL", "https://hunter@s3.example/bucket"),
        ("GOODWORD_IMAP_URL", "mail.example"),
        ("GOODWORD_IMAP_URL", "imap://name%40goodword.example:hunter@mail.example"),
        ("GOODWORD_IMAP_URL", "imaps://mail.example/INBOX"),
        ("GOODWORD_IMAP_URL", "imaps://name%40goodword.example:hun/ter@mail.example"),
        ("GOODWORD_IMAP_URL", "imaps://name%40goodword.example:hunter%0d%0a@mail.example"),
        ("GOODWORD_IMAP_URL", "imaps://name%40goodword.example:hunter@mail.example/IN%22BOX"),
        ("GOODWORD_IMAP_URL", "imaps://na%2Bme%40goodword.example:hunter@mail.example"),
        ("GOODWORD_ADMIN_EMAIL", "not an address"),
        ("GOODWORD_DATA", "/proc/nowhere/data"),
    ],
)
def test_a_wrong_value_is_answered_with_a_sentence_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    done = start(tmp_path, **{name: value})
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"{name}: ")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "hunter" not in done.stderr


def test_a_wrong_number_of_proxies_stops_the_start_and_not_the_first_visitor(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "goodword.ops", "up"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        env={**clean(), "GOODWORD_DATA": str(tmp_path / "data"), "GOODWORD_PROXIES": "x", "GOODWORD_PORT": "8859"},
    )
    assert (done.returncode, done.stderr.split(":")[0]) == (1, "GOODWORD_PROXIES")


def test_an_empty_environment_is_enough(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_files_lie_in_one_place(tmp_path: Path) -> None:
    done = start(tmp_path, GOODWORD_FILES_FOLDER="/srv", GOODWORD_FILES_S3_URL="https://k:hush@s3.example/bucket")
    assert done.returncode == 1 and "are both set" in done.stderr and "hush" not in done.stderr


def test_an_identity_provider_is_named_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush\n")
    whole = {
        "GOODWORD_OIDC_ISSUER": "https://login.example/realm",
        "GOODWORD_OIDC_CLIENT_ID": "goodword",
        "GOODWORD_OIDC_SECRET_FILE": str(tmp_path / "secret"),
    }
    assert start(tmp_path, **whole).returncode == 0
    for name in whole:
        done = start(tmp_path, **{other: text for other, text in whole.items() if other != name})
        assert (done.returncode, done.stderr.split(":")[0]) == (1, name.removesuffix("_FILE"))
        assert "hush" not in done.stderr


def test_secret_and_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    start(tmp_path)
    data = tmp_path / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()} == {"secret": 0o600, "keys": 0o600}


def test_a_broken_key_file_stops_the_start_rather_than_being_replaced(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "data" / "keys").write_text("not keys")
    done = start(tmp_path)
    assert done.returncode == 1
    assert "restore it from a backup" in done.stderr
    assert (tmp_path / "data" / "keys").read_text() == "not keys"


def test_a_data_folder_that_was_made_beforehand_is_closed_to_others_and_any_other_folder_left_as_it_is(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert start(tmp_path).returncode == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    (elsewhere / "a letter").write_text("not ours")
    start(tmp_path, GOODWORD_DATA=str(elsewhere))
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o755


def test_an_empty_secret_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0
    (tmp_path / "data" / "secret").write_text("")
    answer = start(tmp_path)
    assert answer.returncode != 0
    assert "holds no usable secret" in answer.stderr
    assert "Traceback" not in answer.stderr
