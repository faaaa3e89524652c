"""Words brought to a common form, so that "deported" and "deportation" can meet.

A crude stemmer, on purpose: it runs after the lemmatizer and only has to bring verbs
and the nouns made of them together. What it gets wrong costs a shared word at most.
"""

from __future__ import annotations

from functools import lru_cache

from apps.claims.analysis.types import ClaimDraft, Word

# Longest first; a suffix is cut only when four letters or more are left, so that
# "nation" stays "nation" while "deportation" becomes "deport".
_SUFFIXES = (
    "izations",
    "isations",
    "ization",
    "isation",
    "ations",
    "itions",
    "ation",
    "ition",
    "ments",
    "ances",
    "ences",
    "nesses",
    "ators",
    "atives",
    "ating",
    "ative",
    "ator",
    "ated",
    "ates",
    "ions",
    "ment",
    "ance",
    "ence",
    "ness",
    "ings",
    "ate",
    "ion",
    "able",
    "ible",
    "ally",
    "ing",
    "ers",
    "ors",
    "ies",
    "ied",
    "er",
    "or",
    "ed",
    "es",
    "ly",
    "al",
    "y",
    "e",
    "s",
)
_SHORTEST_STEM = 4
# Words that would fall together with another one.
_KEPT = frozenset(
    "committee police policy general universe university united minister ministry".split()
)

# Words that say nothing about what a claim is about, after lemmatizing. Verbs of saying
# are here too: two claims are not alike because both were "said".
STOP_LEMMAS = frozenset(
    """
    a about above accord according after again against all almost along already also although always am among an
    and another any anyone anything are around as ask at away back be because become been before being below
    between both but by can come could day did do does done down during each either else even ever every
    everyone far few for from further get give go good great had has have having he her here hers herself him
    himself his how however i if in include including indeed instead into is it its itself just keep know last
    late later least less let like likely little look lot made make many may maybe me might mine more most much
    must my myself near nearly need never new next no none nor not now of off often on once one only onto or
    other others our out over own part per perhaps put quite rather really report reportedly right same say
    see seem several shall she should since so some something sometimes soon still such take tell than that the
    their them themselves then there these they thing think this those though through thus time to today
    together too toward towards two under until up upon us use very want was way we well went were what whatever
    when where whether which while who whole whom whose why will with within without would year yes yet you your
    yourself 's n't ca wo mr mrs ms dr st monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    """.split()
)
_CONTENT_POS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "INTJ", "X", "SYM", "ADP"})


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return *word* in lower case without its ending: "deportees" and "deport" are one."""
    word = word.lower().strip("'’.-")
    if word.endswith("ees") and len(word) > _SHORTEST_STEM + 3:
        word = word[:-3]
    elif word.endswith("ee") and len(word) > _SHORTEST_STEM + 2:
        word = word[:-2]
    if word in _KEPT:
        return word
    for suffix in _SUFFIXES:
        if (
            word.endswith(suffix)
            and not word.endswith("ee")
            and len(word) - len(suffix) >= _SHORTEST_STEM
        ):
            word = word[: -len(suffix)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    if word.endswith("i"):
        word = word[:-1] + "y"
    return word


def is_content_word(word: Word) -> bool:
    """Say whether *word* carries meaning of its own: no function word, no punctuation."""
    return bool(content_stem(word.pos, word.lemma, word.text))


@lru_cache(maxsize=65536)
def content_stem(pos: str, lemma: str, text: str) -> str:
    """Return the stem of a word that carries meaning of its own, of any other nothing."""
    has_meaning = (
        pos in _CONTENT_POS
        and lemma.lower() not in STOP_LEMMAS
        and any(char.isalnum() for char in text)
        and (len(text) > 1 or text.isdigit())
    )
    return stem(lemma or text) if has_meaning else ""


def content_stems(claim: ClaimDraft) -> list[str]:
    """Return the stems of a claim's content words in text order, repeats included."""
    return [
        found for word in claim.words if (found := content_stem(word.pos, word.lemma, word.text))
    ]
