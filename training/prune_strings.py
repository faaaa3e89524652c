"""Write a copy of a spaCy pipeline whose string store holds only what its components need.

Training leaves every token it saw in ``vocab/strings.json``, addresses and URLs among
them. What a pipeline needs to run is much less: its labels, the strings of the edit
trees its lemmatizer can choose, and the tokenizer's exceptions.

    python training/prune_strings.py FROM TO

TO must not exist. The kept strings are written sorted, so two runs give equal files.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy.language import Language
from spacy.strings import StringStore

LEMMATIZER = "trainable_lemmatizer"
NO_TREE = 2**32 - 1


def find_needed_strings(nlp: Language) -> set[str]:
    """Return the strings without which *nlp* could not name one of its own values."""
    needed: set[str] = set()
    for name, labels in nlp.pipe_labels.items():
        needed.add(name)
        if name == LEMMATIZER:
            continue
        for label in labels:
            needed.add(label)
            # Morphologizer labels join features: "Number=Sing|POS=NOUN".
            for feature in label.split("|"):
                needed.update((feature, *feature.split("=")))
    if nlp.has_pipe(LEMMATIZER):
        needed |= _tree_strings(nlp)
    for chunk, pieces in nlp.tokenizer.rules.items():
        needed.add(chunk)
        for piece in pieces:
            needed.update(value for value in piece.values() if isinstance(value, str))
    return needed - {""}


def _tree_strings(nlp: Language) -> set[str]:
    """Return what the edit trees reachable from a label replace, and by what."""
    pipe = nlp.get_pipe(LEMMATIZER)
    trees: list[dict[str, int]] = srsly.msgpack_loads(pipe.trees.to_bytes())["trees"]
    strings = nlp.vocab.strings
    needed: set[str] = set()
    open_trees: list[Any] = list(pipe.cfg["labels"])
    while open_trees:
        index = open_trees.pop()
        if index == NO_TREE:
            continue
        tree = trees[index]
        if "orig" in tree:
            needed.update((strings[tree["orig"]], strings[tree["subst"]]))
        else:
            open_trees += (tree["prefix_tree"], tree["suffix_tree"])
    return needed


def main(source: Path, target: Path) -> None:
    nlp = spacy.load(source)
    kept = sorted(find_needed_strings(nlp))
    before = len(srsly.read_json(source / "vocab" / "strings.json"))
    shutil.copytree(source, target)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    StringStore(kept).to_disk(target / "vocab" / "strings.json")
    print(f"kept {len(kept)} strings of {before}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
