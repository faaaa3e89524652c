"""Finding what a misspelt word of a search was meant to be.

Method: words that share runs of three letters with it, as pg_trgm does, from a table of our
own, because the embedded server has no extensions; then those few changes of a letter away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection
from django.db.backends.utils import CursorWrapper
from rapidfuzz.distance import OSA

from apps.claims.search_words import CONFIG, SHORTEST_CORRECTED, Term, find_trigrams

_MOST_CANDIDATES = 40
_MOST_SPELLINGS = 3

# Of a word: is it too common to tell anything, does anything say it in some form, does any word
# begin so? Counting, unlike EXISTS, makes the planner use the index for words that nothing says.
_FIND_KNOWN = f"""
    SELECT %s, ts_lexize('english_stem', %s) = '{{}}',
           CASE WHEN EXISTS (SELECT FROM claims_knownword WHERE word = %s) THEN true
                ELSE (SELECT count(*) FROM claims_articlewords
                       WHERE vector @@ to_tsquery('{CONFIG}', %s)) > 0 END,
           EXISTS (SELECT FROM claims_knownword WHERE starts_with(word, %s))
"""  # noqa: S608 - the name of a text search configuration is a constant of ours
_FIND_NEAR = """
    SELECT asked.word, near.word
      FROM unnest(%s::text[]) AS asked (word),
   LATERAL (SELECT known.word
              FROM claims_knownword AS known
             WHERE known.trigrams && string_to_array(%s::jsonb ->> asked.word, '|')
               AND length(known.word) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2
             ORDER BY (SELECT count(*) FROM unnest(known.trigrams) AS run (letters)
                        WHERE letters = ANY (string_to_array(%s::jsonb ->> asked.word, '|'))) DESC,
                      known.word
             LIMIT %s) AS near
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a search is taken: *terms* without words too common to tell anything, and *instead*,
    what else to look for in place of words that nothing has."""

    terms: tuple[Term, ...]
    instead: Mapping[str, tuple[str, ...]]


def read_terms(terms: Sequence[Term], *, is_exact: bool) -> Reading:
    """Return how *terms* are taken. One query, two if a word is unknown.

    "the" is left out, unless nothing else is asked for. A word that others begin with gives
    itself with a star ("ferr*"), otherwise the words nearest to it, at most three; one that
    nothing is near is left as it is, and so is all when *is_exact*. A word in quotation marks
    is meant as it is.
    """
    plain = list(dict.fromkeys(term.words[0] for term in terms if term.can_be_misspelt))
    if not plain:
        return Reading(tuple(terms), {})
    spellings: dict[str, tuple[str, ...]] = {}
    common = set()
    unknown = []
    with connection.cursor() as cursor:
        asked = [(word, word, word, f"'{word}'", word) for word in plain]
        cursor.execute(" UNION ALL ".join([_FIND_KNOWN] * len(asked)), list(chain(*asked)))
        for word, is_common, is_known, begins in cursor.fetchall():
            if is_common:
                common.add(word)
            if is_common or is_known or is_exact:
                continue
            if begins and len(word) >= 3:
                spellings[word] = (f"{word}*",)
            elif len(word) >= SHORTEST_CORRECTED and word.isalpha():
                unknown.append(word)
        if unknown:
            near = _find_near(cursor, unknown)
            spellings |= {word: found for word in unknown if (found := _nearest(word, near[word]))}
    telling = tuple(t for t in terms if not (t.can_be_misspelt and t.words[0] in common))
    if all(term.is_excluded for term in telling):
        telling = tuple(terms)
    return Reading(telling, spellings)


def _find_near(cursor: CursorWrapper, words: Sequence[str]) -> Mapping[str, list[str]]:
    runs = json.dumps({word: "|".join(find_trigrams(word)) for word in words})
    near: dict[str, list[str]] = {word: [] for word in words}
    cursor.execute(_FIND_NEAR, [list(words), runs, runs, _MOST_CANDIDATES])
    for word, other in cursor.fetchall():
        near[word].append(other)
    return near


def _nearest(word: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return those of *others* as few changes away as any, one in short words, two in long."""
    most = 1 if len(word) < 6 else 2
    distances = {
        other: distance
        for other in others
        if (distance := OSA.distance(word, other, score_cutoff=most)) <= most
    }
    least = min(distances.values(), default=0)
    return tuple(sorted(other for other, d in distances.items() if d == least)[:_MOST_SPELLINGS])
