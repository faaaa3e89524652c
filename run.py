#!/usr/bin/env python3
"""Set up, start and test Variorum with nothing but Python: `python3 run.py help`.

This file has to be understood by very old Pythons, so that they can say what is missing.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "Variorum needs Python 3.11 or newer. This is Python %d.%d (%s).\n"
        "Install a newer one, or name it if you have it, for example:  python3.12 run.py\n"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
    sys.exit(1)

if sys.platform == "win32":
    sys.stderr.write(
        "Variorum's demonstration runs on Linux and macOS. On Windows, use it inside WSL"
        " (https://learn.microsoft.com/windows/wsl).\n"
    )
    sys.exit(1)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from config.bootstrap.cli import main

sys.exit(main(sys.argv[1:]))
