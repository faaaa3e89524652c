"""Batches in which every text reads as it would alone.

A matrix product of several texts at once rounds the last digits of each by where its rows
happen to lie: batched, the same article could read differently in two runs. Most of a
pipeline's work gains nothing from batches anyway, it is even slower when its numbers no
longer fit the processor's caches. What gains is the parser, which goes word by word and
asks for all texts of a batch at once. So the layers that read words are given one text at
a time, and the parser's own products go through BLIS, whose rows do not depend on each
other (numpy's do on several processors).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

_TRANSITION_MODEL = "parser_model"


def read_alone(nlp: Language) -> None:
    """Change the models of *nlp*, for prediction only: see the module.

    On one thread numpy's matrix product is 1.4 times as fast as the one spaCy comes with,
    so the layers that read words use it if ``OPENBLAS_NUM_THREADS`` is 1; with more, the
    threads wait for each other and it takes three times as long.
    """
    fast = os.environ.get("OPENBLAS_NUM_THREADS") == "1"
    ops = NumpyOps(use_blis=not fast)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if not isinstance(model, Model):
            continue
        if model.name == _TRANSITION_MODEL:
            _use(ops, model.layers[0])
            model.layers[0] = _alone(model.layers[0])
        else:
            _use(ops, model)
            pipe.model = _alone(model)  # type: ignore[attr-defined]  # it has one


def _use(ops: NumpyOps, model: Model[Any, Any]) -> None:
    for node in model.walk():
        node.ops = ops


def _alone(layer: Model[Any, Any]) -> Model[Any, Any]:
    width = layer.maybe_get_dim("nO")
    return Model("alone", _forward, layers=[layer], dims={"nO": width})


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[Any, Any]:
    if is_train:
        raise ValueError("a pipeline loaded for reading cannot be trained: load it with spacy.load")
    (layer,) = model.layers
    read = [layer.predict([doc]) for doc in docs]
    together = [one[0] for one in read] if isinstance(read[0], list) else np.concatenate(read)
    return together, None
