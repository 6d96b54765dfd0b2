"""`run.py doctor`: looks at everything that can be wrong with a house, and says of each what to do."""

from __future__ import annotations

import sys

from django.utils import timezone

from goodword.ops.doctor import data, database, files, mail, replica, running, ways_in
from goodword.ops.doctor.findings import Finding, Severity

CHECKS = (
    ("settings", data.settings_make_sense),
    ("data folder", data.folder_is_closed),
    ("keys", data.keys_open),
    ("database", database.answers),
    ("replica", replica.follows),
    ("version", database.version_fits),
    ("integrity", database.is_whole),
    ("files", files.store_has_all),
    ("disk", data.disk_has_room),
    ("clock", running.clock_is_right),
    ("workers", running.workers_beat),
    ("letters", running.letters_go),
    ("mail server", mail.server_answers),
    ("mail domain", mail.domain_is_known),
    ("provider", ways_in.provider_answers),
    ("backup", running.backup_is_recent),
)


def look() -> int:
    """Print a line for each thing looked at. Return 1 if something is wrong, 0 otherwise.

    A check that cannot be made, because of what another one found, says so: one fault hides nothing else.
    """
    worst = Severity.WELL
    for name, check in CHECKS:
        try:
            found = check(timezone.now())
        except Exception as trouble:  # whatever is wrong with one thing, the others are looked at
            found = [Finding(Severity.WRONG, f"this could not be looked at ({type(trouble).__name__})")]
        for finding in found:
            print(finding.line(name), flush=True)
            worst = max(worst, finding.state)
    print(
        {Severity.WELL: "All is well.", Severity.LOOK: "It runs; see the lines that begin with look."}.get(
            worst, "Something is wrong: see the lines that begin with wrong."
        )
    )
    sys.stdout.flush()
    return int(worst is Severity.WRONG)
