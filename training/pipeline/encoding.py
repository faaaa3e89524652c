"""Turn a document into what the teacher reads: word pieces, and what letters look like.

The encoder knows lower-case pieces only. Capitals, digits, quotation marks and line ends,
on which names and sentence ends depend, are told beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

# The encoder was made for 512 pieces.
MOST_PIECES = 500
PIECES_A_WORD = 6
LOOKS = 10
BATCH_PIECES = 6_000


@dataclass(frozen=True, slots=True)
class Encoded:
    """The words of a part of a document, white space left out.

    *words* are indices of tokens, *first* says at which piece each begins, *looks* has
    ``LOOKS`` numbers, 0 or 1, for each.
    """

    words: tuple[int, ...]
    pieces: tuple[int, ...]
    first: tuple[int, ...]
    looks: tuple[tuple[float, ...], ...]


def describe_looks(token: Token) -> tuple[float, ...]:
    text = token.text
    before = token.nbor(-1) if token.i else None
    return tuple(
        float(value)
        for value in (
            text[:1].isupper(),
            text.isupper() and len(text) > 1,
            any(letter.isdigit() for letter in text),
            text.islower(),
            not text.isalnum(),
            text in '"“„',
            text in '”"',
            before is not None and before.is_space and "\n" in before.text,
            before is not None and bool(before.whitespace_ or before.is_space),
            before is None,
        )
    )


def encode_words(tokens: Sequence[Token], tokenizer: Any) -> Encoded:
    """Return *tokens* as the encoder (a transformers tokenizer) sees them, however many."""
    words = [token for token in tokens if not token.is_space]
    pieces, first = [int(tokenizer.cls_token_id)], list[int]()
    for word in words:
        first.append(len(pieces))
        found = tokenizer.encode(word.text, add_special_tokens=False)[:PIECES_A_WORD]
        pieces += found or [int(tokenizer.unk_token_id)]
    pieces.append(int(tokenizer.sep_token_id))
    return Encoded(
        tuple(word.i for word in words),
        tuple(pieces),
        tuple(first),
        tuple(describe_looks(word) for word in words),
    )


def encode_doc(doc: Doc, tokenizer: Any) -> Encoded | None:
    """Return the whole of *doc*; None when it is empty or too long to learn from."""
    encoded = encode_words(list(doc), tokenizer)
    return encoded if encoded.words and len(encoded.pieces) <= MOST_PIECES else None


def cut_window(doc: Doc, start: int, tokenizer: Any) -> Iterator[Token]:
    """Yield the tokens of *doc* from *start* on, as many as the encoder takes."""
    left = MOST_PIECES - 2
    for token in doc[start:]:
        if not token.is_space:
            left -= max(
                1, len(tokenizer.encode(token.text, add_special_tokens=False)[:PIECES_A_WORD])
            )
        if left < 0:
            return
        yield token


def cut_batches(texts: Sequence[Encoded]) -> list[list[int]]:
    """Return the indices of *texts* in batches of like length, the shortest first."""
    batches: list[list[int]] = [[]]
    for index in sorted(range(len(texts)), key=lambda index: len(texts[index].pieces)):
        if batches[-1] and (len(batches[-1]) + 1) * len(texts[index].pieces) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(index)
    return [batch for batch in batches if batch]
