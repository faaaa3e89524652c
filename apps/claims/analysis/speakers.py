"""Speakers by name: pronouns, bare surnames and descriptions resolved within an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from apps.articles.text.spans import Span
from apps.claims.analysis.attribution_candidates import Ranges
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.syntax import Syntax
from apps.claims.analysis.types import MentionDraft
from apps.claims.analysis.word_lists import word_set

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "it", "its", "we", "i", "who", "which", "that"})
_PRONOUNS = _HE | _SHE | _THEY
_ANYBODY = frozenset("anybody anyone nobody everybody everyone those one".split())
# How far back a pronoun looks for its name, in characters.
_REACH = 1500
# What the place of a name in its clause adds, and a title or first name that fits.
_STANDING = {"nsubj": 0.35, "nsubj:pass": 0.35, "obl:agent": 0.2}
_PART_OF_NAME = frozenset({"flat", "compound", "appos", "nmod:desc"})
_GENDER_KNOWN = 0.25


class Speakers:
    """Names the sources of one article. Built once; ``resolve`` is cheap."""

    def __init__(self, syntax: Syntax, mentions: Sequence[MentionDraft]) -> None:
        self._syntax = syntax
        self._people = sorted((m for m in mentions if m.kind == "person"), key=lambda m: m.span)
        self._starts = [mention.span.start for mention in self._people]
        self._all = sorted(
            (m for m in mentions if m.kind in {"person", "organisation"}), key=lambda m: m.span
        )
        self._all_starts = [mention.span.start for mention in self._all]
        self._gender = self._genders()

    def resolve(self, source: Ranges, cue: int) -> str:
        """Return the fullest name of *source*; its own words when it is nobody named."""
        syntax = self._syntax
        first, last = source[0][0], source[-1][1]
        words = syntax.text[syntax.starts[first] : syntax.ends[last]]
        if first == last and syntax.lower[first] in _PRONOUNS:
            return self._resolve_pronoun(syntax.lower[first], first, cue)
        span = Span(syntax.starts[first], syntax.ends[last])
        inside = [mention for mention in self._people if span.contains(mention.span)]
        if len(inside) == 1 or (inside and not re.search(r"\band\b|,", words)):
            mention = inside[0]
            # "Ada Byrne's lawyer" is not Ada Byrne.
            if not re.match(r"[’']s?\s\w", syntax.text[mention.span.end : mention.span.end + 4]):
                return mention.canonical
        if (
            inside
            and re.match(r"^[A-Z]", inside[0].text)
            and inside[0].span.start <= span.start + 30
        ):
            follow = syntax.text[inside[0].span.end : inside[0].span.end + 2]
            if follow.startswith(","):
                return inside[0].canonical
        return self._described(words, span) or _within_a_sentence(syntax, first, words)

    def _described(self, words: str, span: Span) -> str:
        """ "The governor" is the person whose title it is, when one only carries it."""
        match = re.fullmatch(
            r"(?:the|her|his|their)\s(?:\w+\s){0,2}?(?P<title>\w+)", words.strip(), re.IGNORECASE
        )
        if match is None:
            return ""
        title = match.group("title").lower()
        if title not in read_words("titles") and title not in read_words("roles"):
            return ""
        bearers = {
            mention.canonical
            for mention in self._people
            if mention.span.start < span.start and self._carries(mention, title)
        }
        return next(iter(bearers)) if len(bearers) == 1 else ""

    def _carries(self, mention: MentionDraft, title: str) -> bool:
        text = self._syntax.text
        before = text[max(0, mention.span.start - 40) : mention.span.start].lower()
        after = text[mention.span.end : mention.span.end + 60].lower()
        short = _ABBREVIATIONS.get(title, title)
        words = (
            re.findall(r"\w+", re.split(r"[.!?]\s", before)[-1])[-4:]
            + re.findall(r"\w+", mention.text.lower())[:3]
        )
        if title in words or short in words:
            return True
        apposition = re.match(r",\s(?:the|a|an|its|their)?\s?([^,.;]{2,50})", after)
        return (
            apposition is not None
            and re.search(rf"\b{re.escape(title)}\b", apposition.group(1)) is not None
        )

    def _resolve_pronoun(self, pronoun: str, index: int, cue: int) -> str:
        syntax = self._syntax
        place = syntax.starts[index]
        if pronoun in {"who", "which", "that"}:
            # The noun the relative clause hangs on.
            top = index
            for _ in range(5):
                if syntax.deps[top] in {"acl:relcl", "acl"}:
                    noun = syntax.heads[top]
                    inside = [
                        m for m in self._all if m.span.start <= syntax.starts[noun] < m.span.end
                    ]
                    return inside[0].canonical if inside else _phrase(syntax, noun)
                if syntax.heads[top] == top:
                    break
                top = syntax.heads[top]
            return syntax.words[index]
        if pronoun in {"i", "we"}:
            return syntax.words[index]
        if pronoun in {"it", "its", "they", "their", "them"}:
            return self._resolve_body(pronoun, index) or syntax.words[index]
        wanted = "m" if pronoun in _HE else "f"
        quoted = syntax.quote[index] >= 0
        candidates: dict[str, float] = {}
        here = bisect_left(self._starts, place)
        for back in range(here - 1, -1, -1):
            mention = self._people[back]
            if place - mention.span.start > _REACH:
                break
            gender = self._gender.get(mention.canonical, "")
            if gender and gender != wanted:
                continue
            token = self._token_at(mention.span.start)
            score = self._nearness(token, index) + self._standing(mention)
            score += _GENDER_KNOWN if gender else 0.0
            if not quoted and syntax.quote[token] >= 0:
                score -= 0.5
            if self._is_possessor(mention):
                score -= 0.15
            candidates[mention.canonical] = max(candidates.get(mention.canonical, -1.0), score)
        for name, token, gender in self._unlisted(index):
            if gender in {"", wanted}:
                score = self._nearness(token, index) + _STANDING["nsubj"]
                score += _GENDER_KNOWN if gender else -0.1
                candidates[name] = max(candidates.get(name, -1.0), score)
        if not candidates:
            return syntax.words[index]
        return min(candidates, key=lambda name: (-candidates[name], name))

    def _nearness(self, token: int, index: int) -> float:
        """Return how near a name is to a pronoun after it; the same paragraph counts most."""
        syntax = self._syntax
        distance = syntax.starts[index] - syntax.starts[token]
        same = syntax.line[token] == syntax.line[index]
        return 1.0 / (1 + distance / 100) + (0.25 if same else 0.0)

    def _standing(self, mention: MentionDraft) -> float:
        """Return what a name's place in its clause says for it: subjects are spoken of next."""
        syntax = self._syntax
        token = self._token_at(mention.span.end - 1)
        for _ in range(6):
            dep = syntax.deps[token]
            if dep in _STANDING:
                return _STANDING[dep]
            if dep not in _PART_OF_NAME or syntax.heads[token] == token:
                return 0.0
            token = syntax.heads[token]
        return 0.0

    def _unlisted(self, index: int) -> list[tuple[str, int, str]]:
        """Return people a paragraph's subjects name who are no mentions: (name, token, gender).

        "Mr Hale" and "Principal Ada Byrne-Moss" that the name finder passed over.
        """
        syntax = self._syntax
        found: list[tuple[str, int, str]] = []
        line = syntax.line[index]
        token = index - 1
        while token >= 0 and syntax.line[token] == line and index - token < 120:
            if (
                syntax.pos[token] == "PROPN"
                and syntax.deps[token] in {"nsubj", "nsubj:pass"}
                and syntax.quote[token] < 0
            ):
                first = token
                while first > 0 and (
                    syntax.pos[first - 1] == "PROPN" or syntax.words[first - 1] == "-"
                ):
                    first -= 1
                last = token
                while last + 1 < index and (
                    syntax.deps[last + 1] == "flat"
                    or (syntax.words[last + 1] == "-" and syntax.heads[last + 1] >= first)
                ):
                    last += 1
                words = [syntax.lower[place].rstrip(".") for place in range(first, last + 1)]
                gender = _gender_of(words)
                titled = words[0] in read_words("titles")
                if (gender or titled) and not self._is_listed(first, last):
                    name = syntax.text[syntax.starts[first] : syntax.ends[last]]
                    found.append((name, first, gender))
            token -= 1
        return found

    def _is_listed(self, first: int, last: int) -> bool:
        """Return whether the last word of a name is in a mention."""
        start = self._syntax.starts[last]
        here = bisect_left(self._all_starts, start + 1)
        return any(
            mention.span.start <= start < mention.span.end
            for mention in self._all[max(0, here - 3) : here]
        )

    def _resolve_body(self, pronoun: str, index: int) -> str:
        """ "It" is the body, "they" the people, that the sentence before was about."""
        syntax = self._syntax
        many = pronoun in {"they", "their", "them"}
        line = syntax.line[index]
        begin = syntax.bounds[syntax.sentence[index]][0]
        token = begin - 1
        while token >= 0 and syntax.line[token] == line:
            if syntax.deps[token] in {"nsubj", "nsubj:pass"} and syntax.quote[token] < 0:
                lemma = syntax.lemmas[token]
                if many:
                    fits = syntax.tags[token] == "NNS" and (
                        lemma in read_words("people") or lemma in read_words("roles")
                    )
                else:
                    fits = syntax.ents[token] == "ORG" or (
                        lemma in word_set("speaking_bodies")
                        and lemma not in read_words("people")
                        and lemma not in read_words("roles")
                    )
                if fits and syntax.pos[token] in {"NOUN", "PROPN"}:
                    return self._name_at(token) or _phrase(syntax, token)
                if syntax.sentence[token] < syntax.sentence[begin] - 1:
                    break
            token -= 1
        return ""

    def _name_at(self, token: int) -> str:
        start = self._syntax.starts[token]
        here = bisect_left(self._all_starts, start + 1)
        for mention in self._all[max(0, here - 3) : here]:
            if mention.span.start <= start < mention.span.end:
                return mention.canonical
        return ""

    def _token_at(self, place: int) -> int:
        index = bisect_left(self._syntax.starts, place)
        return min(index, len(self._syntax) - 1)

    def _is_possessor(self, mention: MentionDraft) -> bool:
        return self._syntax.text[mention.span.end : mention.span.end + 2] in {"'s", "’s"}

    def _genders(self) -> dict[str, str]:
        """Return the gender of people whose titles or first names tell it ("Mr.", "Ms.")."""
        male, female = read_words("names_male"), read_words("names_female")
        genders: dict[str, str] = {}
        text = self._syntax.text
        for mention in self._people:
            before = text[max(0, mention.span.start - 26) : mention.span.start].lower()
            title = re.search(r"(\w+)\.?\s$", before)
            own = mention.text.lower().split()[0].rstrip(".")
            words = {own, title.group(1) if title else ""}
            if words & _MALE_TITLES or re.search(
                r"(?:spokes|congress|council|chair|business|police|sales|fire)man\s$|(?:father|son|brother|husband|king|prince)\s$",
                before,
            ):
                genders[mention.canonical] = "m"
            elif words & _FEMALE_TITLES or re.search(
                r"woman\s$|(?:mother|daughter|sister|wife|queen|princess)\s$", before
            ):
                genders[mention.canonical] = "f"
            elif mention.canonical not in genders:
                first = mention.canonical.split()[0].lower()
                if first in female:
                    genders[mention.canonical] = "f"
                elif first in male:
                    genders[mention.canonical] = "m"
        return genders


_MALE_TITLES = frozenset(
    {
        "mr",
        "sir",
        "king",
        "prince",
        "lord",
        "duke",
        "fr",
        "father",
        "brother",
        "sheikh",
        "pope",
        "rabbi",
        "imam",
    }
)
_FEMALE_TITLES = frozenset(
    {"mrs", "ms", "miss", "dame", "lady", "queen", "princess", "duchess", "sister"}
)
_ABBREVIATIONS = {
    "governor": "gov", "senator": "sen", "representative": "rep", "professor": "prof", "doctor": "dr", "lieutenant": "lt",
    "captain": "capt", "sergeant": "sgt", "general": "gen", "colonel": "col", "reverend": "rev", "congressman": "rep", "congresswoman": "rep",
}  # fmt: skip


def _gender_of(words: Sequence[str]) -> str:
    """Return "m" or "f" if a title or a first name of *words* (lower case) tells, else ""."""
    for word in words:
        if word in _MALE_TITLES:
            return "m"
        if word in _FEMALE_TITLES:
            return "f"
    for word in words[:-1]:
        if word in read_words("names_female"):
            return "f"
        if word in read_words("names_male"):
            return "m"
    return ""


def _within_a_sentence(syntax: Syntax, first: int, words: str) -> str:
    """Return *words*, which begin with token *first*, as they are printed behind others: "The
    officials" are "the officials", "Colombian officials" stay."""
    rest = syntax.words[first][1:]
    is_plain = syntax.pos[first] in {"DET", "NOUN", "ADJ", "NUM", "ADV"} and rest == rest.lower()
    is_name = bool(syntax.ents[first]) and syntax.pos[first] not in {"DET", "NUM"}
    return words[:1].lower() + words[1:] if is_plain and not is_name else words


def _phrase(syntax: Syntax, noun: int) -> str:
    """Return the words of *noun* up to it, "" for nobody in particular ("for anybody who …")."""
    first = syntax.left[noun]
    while first < noun and syntax.deps[first] in {"case", "mark", "punct", "cc"}:
        first += 1
    if syntax.lower[noun] in _ANYBODY:
        return ""
    return _within_a_sentence(syntax, first, syntax.text[syntax.starts[first] : syntax.ends[noun]])
