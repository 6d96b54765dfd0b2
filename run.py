"""Starts Goodword: `python3 run.py`. All commands: `python3 run.py --help`.

Kept in words that very old Pythons can read too, so that they can say what is needed instead of a syntax error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is for those who have an older one
    sys.exit(
        "Goodword needs Python 3.11 or newer, and this is Python %d.%d. "  # noqa: UP031 - old Pythons read it
        "Try `python3.11 run.py`, or install a newer Python (Debian 12 and Ubuntu 24.04 come with one)."
        % sys.version_info[:2]
    )

if __name__ == "__main__":
    from goodword.ops.bootstrap import main

    main(sys.argv[1:])
