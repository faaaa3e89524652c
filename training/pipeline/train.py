"""Train the pipeline by ``config.cfg``; what ``spacy train`` does, from any folder.

    python -m training.pipeline.train LABELLED DEV VECTORS MODEL

LABELLED and DEV are folders of DocBins, VECTORS the folder that "vectors" wrote, MODEL
gets ``model-best`` and ``model-last``. About an hour and a half on one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from spacy.cli.train import train

# Its callback is named in the config.
from training.pipeline import tokenizer  # noqa: F401

CONFIG = Path(__file__).with_name("config.cfg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("labelled", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--steps", type=int, help="other than the config's")
    options = parser.parse_args()
    overrides: dict[str, object] = {
        "paths.train": str(options.labelled),
        "paths.dev": str(options.dev),
        "paths.vectors": str(options.vectors),
    }
    if options.steps is not None:
        overrides["training.max_steps"] = options.steps
        overrides["training.eval_frequency"] = max(1, options.steps // 4)
    train(CONFIG, options.model, overrides=overrides)


if __name__ == "__main__":
    main()
