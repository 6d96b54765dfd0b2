"""What a host copies from `deploy/` fits: units that systemd reads, a proxy's file that nginx reads, an image that starts."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from goodword.ops.commands import parser
from tests.ops.conftest import ROOT, clean, once
from tests.ops.test_up import free_port, page

DEPLOY = ROOT / "deploy"
pytestmark = [pytest.mark.processes, once]


def run(*argv: str, seconds: int = 120) -> subprocess.CompletedProcess[str]:
    """Run a program of the machine's."""
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=seconds)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="NO SYSTEMD: nobody reads the units")
@pytest.mark.parametrize("name", ["goodword.service", "goodword-backup.service", "goodword-backup.timer"])
def test_systemd_finds_nothing_to_say_about_a_unit(tmp_path: Path, name: str) -> None:
    for unit in DEPLOY.glob("goodword*"):
        shutil.copy(unit, tmp_path)
    said = run("systemd-analyze", "verify", "--man=no", str(tmp_path / name)).stderr
    about_us = [line for line in said.splitlines() if "goodword" in line and "not found" not in line]
    assert about_us == []


def test_django_has_nothing_to_say_about_a_house_behind_tls(tmp_path: Path) -> None:
    env = {**clean(), "GOODWORD_DATA": str(tmp_path / "data"), "GOODWORD_BASE_URL": "https://goodword.example"}
    argv = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_every_command_a_unit_runs_is_one_of_ours() -> None:
    for unit in DEPLOY.glob("*.service"):
        for words in re.findall(r"^ExecStart=/usr/bin/python3 run\.py ?(.*)$", unit.read_text(), re.MULTILINE):
            parser().parse_args(words.split())


@pytest.mark.skipif(shutil.which("nginx") is None, reason="NO NGINX: nobody reads its file")
def test_nginx_reads_the_example(tmp_path: Path) -> None:
    text = re.sub(r"\s*ssl_certificate.*;|listen 443 ssl;|http2 on;", "", (DEPLOY / "nginx.conf").read_text())
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n")
    done = run("nginx", "-t", "-c", str(tmp_path / "nginx.conf"))
    assert done.returncode == 0, done.stderr


def test_the_image_is_built_and_starts() -> None:
    builder = next(
        (name for name in ("podman", "docker") if shutil.which(name) and run(name, "version").returncode == 0), None
    )
    if builder is None:
        pytest.skip("NO CONTAINERS here: the image is neither built nor started")
    tag, port = f"goodword-test-{secrets.token_hex(4)}", free_port()
    built = run(builder, "build", "-q", "-f", str(DEPLOY / "Containerfile"), "-t", tag, str(ROOT), seconds=600)
    if built.returncode and re.search(
        r"resolve|timeout|refused|network|unauthorized|toomany", built.stderr, re.IGNORECASE
    ):
        pytest.skip("NO REGISTRY answers: the image is neither built nor started")
    assert built.returncode == 0, built.stderr[-2000:]
    try:
        assert run(builder, "run", "-d", "--rm", "--name", tag, "-p", f"127.0.0.1:{port}:8700", tag).returncode == 0
        until = time.monotonic() + 60
        while "worker well" not in page(port, "/readyz"):
            assert time.monotonic() < until
            time.sleep(0.5)
    finally:
        run(builder, "rm", "-f", tag)
        run(builder, "rmi", "-f", tag)
