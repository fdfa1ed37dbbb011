#!/usr/bin/env python3
"""The four commands of the house; Python alone is enough to start them.

    python3 run.py demo [--port N]       set up, then open the studio on a sample practice
    python3 run.py demo --report [--photo FILE]   instead: consult on a portrait and a phantom
    python3 run.py test [PYTEST ...]     everything a contributor must pass
    python3 run.py check                 the quick part of it: format, lint, types, import rules
    python3 run.py lock                  renew the hash-locked package lists

This file is written so that even an old Python can read it and say what it needs.
"""

import sys

OLDEST, TOO_NEW = (3, 11), (3, 14)

if not OLDEST <= sys.version_info[:2] < TOO_NEW:
    sys.exit(
        "This is Python {}.{} ({}), but vermilion needs Python 3.11, 3.12 or 3.13: "
        "install one of them and start it by its name, for example: python3.12 run.py demo".format(
            sys.version_info[0], sys.version_info[1], sys.executable
        )
    )

if __name__ == "__main__":
    from tools.commands import main

    sys.exit(main(sys.argv[1:]))
