"""Put a trained pipeline where the product loads it, with its papers and little else.

    python -m training.pipeline.package MODEL TARGET --version 1.0.0

The string store keeps only what the components need (``training/prune_strings.py``), the
config forgets how it was trained, ``meta.json`` says from what. Nothing changes what the
pipeline answers: that is checked before TARGET, which may exist, is replaced.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from training import prune_strings

SOURCES = (
    {
        "name": "UD English EWT 2.16",
        "url": "https://universaldependencies.org",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "GUM, genres academic, bio, court, interview, news, voyage, speech, textbook, vlog",
        "url": "https://gucorpling.org/gum",
        "license": "annotation CC BY 4.0; texts CC BY or CC BY-SA, three genres without a statement",
    },
    {
        "name": "Universal NER, English EWT",
        "url": "https://www.universalner.org",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "all-MiniLM-L6-v2, as the encoder of the teacher and of the word vectors",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "license": "Apache-2.0",
    },
    {
        "name": "machine labels on news texts (Stanford CoreNLP and the teacher)",
        "license": "the texts carry none and are not in the model",
    },
)
DESCRIPTION = (
    "English news: words, tags, lemmas, Universal Dependencies and named entities, learned from "
    "openly licensed treebanks and from what a larger model says of news"
)
# Invented; whatever the pipeline says of it, it must say the same afterwards.
PROBES = (
    "Ida Brand, mayor of Lower Elm, said on Sunday that “21 of 65 kites” were lost.\n\n"
    "Re-elected Council Bans Kites\nThe co-founders' e-mail to Bellweather Ltd. wasn't read!!!",
    "",
    "“Nobody,” he added, “has paid more than $2.5 million, or 4 percent.” Unheardofword flew.",
)
MOST_MEGABYTES = 30


def tidy(nlp: Language, version: str) -> None:
    """Set the meta data and take the training's paths and callbacks out of the config."""
    nlp.meta.update(
        {
            "name": "news",
            "version": version,
            "description": DESCRIPTION,
            "author": "The Variorum authors",
            "license": "CC BY-SA 4.0",
            "sources": list(SOURCES),
        }
    )
    nlp.meta.pop("performance", None)
    config = nlp.config
    config["paths"] = dict.fromkeys(config["paths"])
    config["corpora"] = {}
    config["initialize"]["vectors"] = None
    config["initialize"]["before_init"] = None
    nlp.config = config


def describe(nlp: Language) -> list[Any]:
    """Return all that the pipeline says of the probes."""
    return [
        [(name.text, name.label_) for name in doc.ents]
        + [
            (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start)
            for t in doc
        ]
        for doc in nlp.pipe(PROBES)
    ]


def package(model: Path, target: Path, *, version: str) -> None:
    """Write *target*. Raises ``ValueError`` when it would answer otherwise or is too big."""
    whole, pruned = (target.with_name(target.name + end) for end in (".whole", ".new"))
    for folder in (whole, pruned):
        if folder.exists():
            shutil.rmtree(folder)
    nlp = spacy.load(model)
    tidy(nlp, version)
    nlp.to_disk(whole)
    prune_strings.main(whole, pruned)
    shutil.rmtree(whole)
    if describe(spacy.load(model)) != describe(spacy.load(pruned)):
        raise ValueError(f"{pruned} does not answer as {model} does")
    size = sum(path.stat().st_size for path in pruned.rglob("*") if path.is_file()) / 1e6
    if size > MOST_MEGABYTES:
        raise ValueError(f"{pruned} has {size:.1f} MB, at most {MOST_MEGABYTES} are wanted")
    if target.exists():
        shutil.rmtree(target)
    pruned.rename(target)
    print(f"{target}: {size:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--version", required=True)
    options = parser.parse_args()
    package(options.model, options.target, version=options.version)


if __name__ == "__main__":
    main()
