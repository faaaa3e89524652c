"""Names in GUM: which part of an annotated mention is a name, and of what kind.

GUM marks every mention of an entity with its kind ("person", "place", "organization" ...),
whole phrases with all that belongs to them: "the former mayor of Leeds, who resigned".
A name is the proper noun at the head of such a phrase with the words that are part of the
name. Demonyms get their own label (NORP), as in most English name corpora.

Annotation: Zeldes, "The GUM Corpus: Creating Multilayer Resources in the Classroom",
Language Resources and Evaluation 51(3), 2017.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from training.pipeline.conllu import Name, NamedText, Sentence, join_named
from training.pipeline.peoples import is_demonym
from training.pipeline.places import COUNTRIES

_LABELS = {"place": "LOC", "organization": "ORG", "event": "EVENT"}
# Never a name, though the head may be a proper noun ("Monday", "five Euros").
_NOT_NAMED = frozenset({"time", "quantity"})

# Opening "(12-person-giv:act-…", with ")" at the end when one word is the whole mention;
# closing "12)". A mention in pieces is written "12[1/2]".
_MARK = re.compile(r"\((\d+)(?:\[[\d/]+\])?-([a-z]+)-[^()]*(\)?)|(\d+)(?:\[[\d/]+\])?\)")
_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")

_TITLES = frozenset(
    "president secretary senator minister mr mrs ms dr sir madam mom dad mother father god "
    "governor pope king queen prime general justice judge officer congressman chairman captain "
    "professor prof lord lady uncle aunt grandma grandpa daddy mommy chancellor mayor dean "
    "director ceo".split()
)
_INNER = frozenset(
    "of the for and & - – 's ’s de la le du del von van der den al el bin ibn to".split()
)
_INNER_OF_PERSONS = frozenset("de von van der la bin al - ibn del da di el".split())
_LEADING = frozenset("the a an this that our my his her its their in on at".split())
_CASES_IN_NAMES = frozenset({"of", "for", "de", "la", "du", "del", "to"})
# What hangs on the head so is said about the thing, it is not part of its name.
_ABOUT = frozenset(
    "nmod:poss appos acl acl:relcl nmod:desc parataxis advcl nmod:npmod nmod:unmarked dep list".split()
)
_LONGEST_PATH = 15

Mention = tuple[int, int, str]
"""First word, last word, kind."""


def find_mentions(sentence: Sentence) -> list[Mention]:
    """Return the annotated mentions, in the order in which they end."""
    open_mentions: dict[str, list[tuple[int, str]]] = {}
    found: list[Mention] = []
    for index, word in enumerate(sentence.words):
        remark = _ENTITY.search(word.remarks)
        for mark in _MARK.finditer(remark[1]) if remark else ():
            number, kind, closed, ending = mark.groups()
            if ending and open_mentions.get(ending):
                start, opened_kind = open_mentions[ending].pop()
                found.append((start, index, opened_kind))
            elif number and closed:
                found.append((index, index, kind))
            elif number:
                open_mentions.setdefault(number, []).append((index, kind))
    return found


def find_names(sentence: Sentence) -> list[Name]:
    """Return the names with character offsets, left to right, none inside another.

    The longer of two that overlap stays. Demonyms that GUM does not count as mentions
    ("a Danish court") are added.
    """
    mentions = find_mentions(sentence)
    starts = frozenset(mention[0] for mention in mentions)
    labels: dict[tuple[int, int], str] = {}
    for mention in mentions:
        name = _name_in(sentence, mention, starts)
        if name is not None and labels.get(name[:2], "MISC") == "MISC":
            labels[name[:2]] = name[2]
    used: set[int] = set()
    names: list[Name] = []
    for (first, last), label in sorted(labels.items(), key=lambda item: item[0][0] - item[0][1]):
        if used.isdisjoint(range(first, last + 1)):
            used.update(range(first, last + 1))
            names.append((sentence.words[first].start, sentence.words[last].end, label))
    for index, word in enumerate(sentence.words):
        if index not in used and word.pos in ("ADJ", "PROPN", "NOUN") and is_demonym(word.form):
            names.append((word.start, word.end, "NORP"))
    return sorted(names)


def named_paragraphs(sentences: tuple[Sentence, ...]) -> Iterator[NamedText]:
    """Yield the paragraphs of a document with their names."""
    part: list[NamedText] = []
    for index, sentence in enumerate(sentences):
        if part and sentence.starts_paragraph:
            yield join_named(part, "")
            part = []
        follows = index + 1 < len(sentences) and not sentences[index + 1].starts_paragraph
        space = " " if follows and sentence.space_after else ""
        part.append(NamedText(sentence.text + space, tuple(find_names(sentence))))
    if part:
        yield join_named(part, "")


def _is_written_as_name(form: str) -> bool:
    return form[:1].isupper() or form[:1].isdigit()


def _name_in(sentence: Sentence, mention: Mention, starts: frozenset[int]) -> Mention | None:
    first, last, kind = mention
    words = sentence.words
    heads = [
        i
        for i in range(first, last + 1)
        if not first <= words[i].head <= last or words[i].head == i
    ]
    if not heads or kind in _NOT_NAMED:
        return None
    head = heads[0]
    form = words[head].form
    if words[head].pos != "PROPN":
        return (first, last, "NORP") if first == last and is_demonym(form) else None
    if not _is_written_as_name(form):
        return None
    grow = _grow_person if kind == "person" else _grow_thing
    left, right = grow(sentence, mention, head, starts)
    text = sentence.text[words[left].start : words[right].end]
    label = "PERSON" if kind == "person" else _LABELS.get(kind, "MISC")
    if is_demonym(text):
        label = "NORP"
    elif left == right and form.lower().strip(".") in _TITLES:
        return None
    elif label == "PERSON" and left == right and words[head].tag == "NNPS":
        label = "NORP"
    elif label in ("ORG", "MISC") and text in COUNTRIES:
        label = "LOC"
    return left, right, label


def _grow_person(
    sentence: Sentence, mention: Mention, head: int, starts: frozenset[int]
) -> tuple[int, int]:
    """Return the first and last word of a person's name: no title, no description."""
    first, last, _ = mention
    words = sentence.words

    def belongs(index: int) -> bool:
        word = words[index]
        if word.head not in family:
            return False
        if word.relation.startswith("flat"):
            return True
        if word.relation == "punct":
            return word.form in ("-", "–", ".")
        return (
            word.relation == "compound"
            and word.pos == "PROPN"
            and word.head == head
            and word.form.lower().strip(".") not in _TITLES
        )

    def fits(index: int) -> bool:
        form = words[index].form
        return (
            _is_written_as_name(form) and form[0].isalpha()
        ) or form.lower() in _INNER_OF_PERSONS

    family = {head}
    while more := {i for i in range(first, last + 1) if i not in family and belongs(i)}:
        family |= more
    left = right = head
    while left - 1 in family and fits(left - 1):
        left -= 1
    while right + 1 in family and fits(right + 1):
        right += 1
    while right > left and words[right].form in ("-", "–", "."):
        right -= 1
    return left, right


def _grow_thing(
    sentence: Sentence, mention: Mention, head: int, starts: frozenset[int]
) -> tuple[int, int]:
    """Return the first and last word of a place's, organisation's or other thing's name."""
    first, last, _ = mention
    words = sentence.words

    def belongs(index: int) -> bool:
        form = words[index].form
        if not (_is_written_as_name(form) or form.lower() in _INNER):
            return False
        for _ in range(_LONGEST_PATH):
            if index == head:
                return True
            if words[index].relation in _ABOUT:
                return False
            if words[index].relation == "nmod" and not any(
                words[i].head == index
                and words[i].relation == "case"
                and words[i].form.lower() in _CASES_IN_NAMES
                for i in range(first, last + 1)
            ):
                return False
            index = words[index].head
            if not first <= index <= last:
                return False
        return False

    left = right = head
    while left - 1 >= first and belongs(left - 1):
        left -= 1
    while right + 1 <= last and belongs(right + 1):
        # "Denmark and Norway" are two; "Trinidad and Tobago" is one mention.
        if words[right + 1].form.lower() in ("and", "&") and right + 2 in starts:
            break
        right += 1
    while left < head and (
        not _is_written_as_name(words[left].form) or words[left].form.lower() in _LEADING
    ):
        left += 1
    while right > head and not _is_written_as_name(words[right].form):
        right -= 1
    return left, right
