"""Killed in the middle: in the share windows, in a reveal, in a gate, two hundred times under load, with real processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.conftest import ROOT, clean, data, once, pristine

__all__ = ["data", "pristine"]  # fixtures
SHARES, HELD, REVEALS, DECISIONS = 60, 40, 50, 50


@once
@pytest.mark.processes
def test_whenever_it_is_killed_nothing_said_is_lost_and_nothing_is_half_done(data: Path) -> None:
    """What is looked at after each kill stands in `crashing.py`; here it is run, and shown to have killed at every point."""
    env = {**clean(), "GOODWORD_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.consent.crashing", *map(str, (SHARES, HELD, REVEALS, DECISIONS))],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["rounds"] == SHARES + HELD + REVEALS + DECISIONS == 200
    # Killed before, between and after: else the rounds would show nothing.
    for what in (
        "kept",
        "confirmed",
        "taken back",
        "left",
        "held",
        "had back",
        "went",
        "proposed",
        "a ready",
        "b ready",
        "decided",
    ):
        assert found["reached"].get(what, 0) > 0, found
    assert found["reached"]["proposed"] > found["reached"].get("opened", 0), found
    assert found["reached"]["decided"] < 2 * DECISIONS, found
