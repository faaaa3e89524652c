"""The sentence-embedding model a site may name in ``VARIORUM_SEMANTIC_MODEL``; off without.

A folder with ``tokenizer.json`` and ``model.onnx`` (or ``onnx/model.onnx``), as such models
are published. It is read from this machine's disk and nowhere else: nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

Array = npt.NDArray[np.float32]

PACKAGES = ("onnxruntime", "tokenizers")
_BATCH = 32
# Word pieces of a claim that are read; longer ones are cut.
_LONGEST = 256
# Texts remembered: a story is compared again whenever an article joins it.
_REMEMBERED = 20_000


class SemanticModelMissing(RuntimeError):
    """The model that settings name cannot be used; the message says what to do."""


class SentenceModel:
    """Turns texts into vectors; what it has read it remembers.

    One thread, so that workers beside each other do not slow each other down.
    """

    def __init__(self, folder: Path) -> None:
        model = find_model_file(folder)
        import onnxruntime
        import tokenizers

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {wanted.name for wanted in self._session.get_inputs()}
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()
        self._known: dict[str, Array] = {}

    def __call__(self, texts: Sequence[str]) -> Array:
        """Return a row of length 1 for each of *texts*, in their order."""
        unknown = sorted({text for text in texts if text not in self._known}, key=_by_length)
        for start in range(0, len(unknown), _BATCH):
            batch = unknown[start : start + _BATCH]
            self._known.update(zip(batch, self._read(batch), strict=True))
        found = np.array([self._known[text] for text in texts], dtype=np.float32)
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]
        return found

    def _read(self, texts: Sequence[str]) -> Array:
        read = self._tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": np.array([one.ids for one in read], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in read], dtype=np.int64),
            "token_type_ids": np.array([one.type_ids for one in read], dtype=np.int64),
        }
        states: Any = self._session.run(
            None, {name: values for name, values in given.items() if name in self._inputs}
        )[0]
        if states.ndim == 3:
            # The mean of the words, as models of this kind are trained to be read.
            mask = given["attention_mask"][:, :, None].astype(np.float32)
            states = (states * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1.0)
        length = np.linalg.norm(states, axis=1, keepdims=True)
        return np.asarray(states / np.maximum(length, 1e-9), dtype=np.float32)


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text


def find_model_file(folder: Path) -> Path:
    """Return the file of the model in *folder*.

    Raises ``SemanticModelMissing`` when it is not there, or not what runs it.
    """
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise SemanticModelMissing(
            f"A sentence model needs {' and '.join(missing)}, not installed here: install the extra "
            '"semantic" (pip install --require-hashes -r requirements.semantic.lock), or unset '
            "VARIORUM_SEMANTIC_MODEL."
        )
    for name in ("model.onnx", "onnx/model.onnx"):
        if (folder / name).is_file() and (folder / "tokenizer.json").is_file():
            return folder / name
    raise SemanticModelMissing(
        f"In {folder} there is no model: VARIORUM_SEMANTIC_MODEL has to name a folder with "
        "tokenizer.json and model.onnx (or onnx/model.onnx), or to be unset."
    )


def get_sentence_model() -> SentenceModel | None:
    """Return the model that settings name, None when they name none; read once.

    Raises ``SemanticModelMissing``.
    """
    return _open(settings.SEMANTIC_MODEL) if settings.SEMANTIC_MODEL else None


@lru_cache(maxsize=1)
def _open(folder: str) -> SentenceModel:
    return SentenceModel(Path(folder))
