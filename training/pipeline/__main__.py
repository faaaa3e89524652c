"""Run a step from any folder: ``python training/pipeline prepare TREEBANKS CORPUS ...``.

spaCy projects run their commands inside the project's folder, where the steps could not
find the product's modules.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

STEPS = ("prepare", "teach", "relabel", "vectors", "train", "evaluate", "package")

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in STEPS:
        sys.exit(f"say one of: {', '.join(STEPS)}")
    # In place of this folder, whose modules would hide others of the same name.
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    step = sys.argv.pop(1)
    runpy.run_module(f"training.pipeline.{step}", run_name="__main__", alter_sys=True)
