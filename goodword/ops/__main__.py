"""`python -m goodword.ops COMMAND`: what `run.py` becomes once its packages are there."""

import sys

from goodword.ops.house import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
