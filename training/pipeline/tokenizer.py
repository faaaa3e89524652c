"""Cut words as the treebanks do, where spaCy's own rules for English do otherwise.

What a pipeline cuts differently it can only get wrong. "e-mail" and "co-founder" are one
word there, "65-70" is three, "!!!" is one mark, telephone numbers are whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

# Hyphenated with these the treebanks keep the word whole more often than not.
PREFIXES = (
    "anti bio co counter cross e eco ex hyper inter intra macro mega micro mid mini multi non over "
    "post pre pro pseudo quasi re semi socio sub trans ultra un"
).split()
ABBREVIATIONS = (
    "Adm. Attn. Bros. Capt. Cllr. Col. Cpl. Dept. Det. Esp. Fr. Fri. Ft. Gov. Hon. Insp. Lieut. Lt. "
    "Maj. Mlle. Mon. Msgr. Pres. Rep. Reps. Sat. Sen. Sens. Sgt. Sr. Supt. Thur. Thurs. Tue. Tues. "
    "Vol. Wed. al. approx. ca. div. esp. lb. lbs. oz. vol."
).split()
# Marks that come in rows and count as one.
_RUNS = (
    r"[!?]{2,}",
    r"\.[!?]+",
    r"\*{2,}",
    r"={2,}",
    r"_{2,}",
    r"~{2,}",
    r"#{2,}",
    r"-{3,}",
    r"<<+",
    r">>+",
)
# Matches "555-010-0199", "1-555-010-0199"; not "1990-2001".
_TELEPHONE = r"(?:\+?1-)?\d{3}-\d{3}-\d{4}"
_NEGATED = "ai are ca could did do does had has have is must should was were wo would".split()
_MEANT = {"wo": "will", "ca": "can"}


def adapt_tokenizer(nlp: Language) -> None:
    """Change *nlp*'s tokenizer in place; it is saved with the pipeline."""
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any function
    defaults = nlp.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*_RUNS, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*_RUNS, *(defaults.suffixes or ())]).search
    infixes = compile_infix_regex([_RUNS[0], *(defaults.infixes or ())])
    tokenizer.infix_finditer = infixes.finditer
    # Matches "co-founder", "e-mail", "!!!"; not "co-", "so-called".
    hyphenated = rf"(?i:{'|'.join(PREFIXES)})-[^\W\d_]{{2,}}"
    tokenizer.token_match = re.compile(rf"^(?:{hyphenated}|{_TELEPHONE}|{'|'.join(_RUNS)})$").match
    for form in ABBREVIATIONS:
        tokenizer.add_special_case(form, [{"ORTH": form}])
    for verb in _NEGATED:
        for mark in "'’":
            negation = f"N{mark}T"
            tokenizer.add_special_case(
                verb.upper() + negation,
                [
                    {"ORTH": verb.upper(), "NORM": _MEANT.get(verb, verb)},
                    {"ORTH": negation, "NORM": "not"},
                ],
            )
    for form in ("wan", "Wan"):
        tokenizer.add_special_case(
            f"{form}na", [{"ORTH": form, "NORM": "want"}, {"ORTH": "na", "NORM": "to"}]
        )


def build_blank() -> Language:
    """Return an English pipeline that only cuts words, as the trained one does."""
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    return nlp


def make_tokenizer_callback() -> Callable[[Language], None]:
    """For ``[initialize.before_init]``: needed to train, not to load."""
    return adapt_tokenizer


registry.callbacks("variorum.adapt_tokenizer.v1")(make_tokenizer_callback)
