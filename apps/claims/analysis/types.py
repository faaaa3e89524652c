"""What the machine thinks, as values: the drafts every step of analysis hands on.

All spans are character offsets into the text of the article named beside them.
Everything here is frozen, hashable where it is small, and equal when its words are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from apps.articles.text.spans import Span
from apps.articles.text.types import (
    OriginDraft,
    PublishedDate,
    ReuseLink,
    Role,
    SegmentDraft,
    SentenceDraft,
)


class Voice(StrEnum):
    STATED = "stated"
    ATTRIBUTED = "attributed"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class StatementKind(StrEnum):
    """What kind of statement a claim makes: *forecast* is about what is still to come,
    *evaluation* a judgement that no record can settle."""

    FACT = "fact"
    QUOTATION = "quotation"
    FORECAST = "forecast"
    EVALUATION = "evaluation"


class AttributionKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class QuantityType(StrEnum):
    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    MONEY = "money"
    MEASURE = "measure"
    AGE = "age"
    RATE = "rate"


class Outcome(StrEnum):
    SAME = "same"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    UNSUPPORTED = "unsupported"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Word(NamedTuple):
    """A token of a claim, so that later steps need no parser.

    Of all values there are most of these; a tuple is made in a third of the time.

    *head* is the index of its head within the claim's words, its own index when the
    head is outside or the word is a root. *dep* and *pos* are UD labels, *ent* the
    entity type or "". *quoted* is true between quotation marks.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    ent: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class QuantityDraft:
    """A number as an interval.

    *low* and *high* are inclusive, in the unit as written; None is an open end
    ("over 250" people: 251 and None). *counted* is the counted noun phrase without the
    number ("illegal aliens"), *head* its lemma; *unit* is "people", "USD", "%", "km" …,
    "" when only a thing is counted. *part_of* marks "among them", "including", "of whom".
    *si* is (unit, low, high) after conversion for measures, else None.
    """

    span: Span
    text: str
    low: Decimal | None
    high: Decimal | None
    type: QuantityType
    unit: str = ""
    counted: str = ""
    head: str = ""
    approximate: bool = False
    approximator: str = ""
    part_of: bool = False
    si: tuple[str, Decimal | None, Decimal | None] | None = None


@dataclass(frozen=True, slots=True)
class DateDraft:
    """A date or time resolved against the article's own date.

    *iso* is ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY``, a range ``A/B``, ``YYYY-MM-DDTHH:MM``
    or ``THH:MM``; *anchor* the ISO date it was resolved against, None for absolute ones.
    *readings* holds other possible values when really open.
    """

    span: Span
    text: str
    iso: str
    anchor: str | None = None
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionDraft:
    """A name: *kind* is person, place, organisation, group, event or other; *canonical*
    the fullest form of the same entity in the article ("Marta Lunde" for "Lunde")."""

    span: Span
    text: str
    kind: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a statement is pinned on (source, cue, content after PARC and PolNeAR).

    *source* is the words as printed, *source_resolved* the fullest name of the speaker
    in the article. A source needs a cue or quotation marks; ``kind`` NONE means nobody.
    """

    kind: AttributionKind
    source: str = ""
    source_resolved: str = ""
    cue: str = ""
    content: str = ""
    source_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    content_spans: tuple[Span, ...] = ()


NOBODY = Attribution(AttributionKind.NONE)


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """One checkable statement with its words.

    *article* is the article's id in this run, *id* unique in the run ("003.c7"),
    *sentence* the index of its sentence. *subject* and *object* are the heads' lemmas
    in lower case, "" when there is none. *quotes* are spans inside quotation marks,
    marks left out. *hedges* are words that weaken it ("reportedly", "may", "at least").
    *parent* is the id of the claim this one is part of or is reported in, "" at the top.

    *form* says how the claim stands in its sentence: "sentence" (all of it), "predicate"
    (one of several), "clause", "content" (what is said or thought), "adverbial",
    "relative", "participle", "apposition" or "part" ("including …").

    The spans of subject, predicate, object and modifiers may lie outside the claim's own
    words, in its sentence: a second predicate shares the first one's subject. *qualifiers*
    are the words that limit the claim (negations, modals, conditions, hedges), inside it or
    elsewhere in the sentence, so that a part never says more than its sentence did.
    *reported_through* are the attributions around the claim's own, outermost first: in "A
    said B told C it was over", A's.
    """

    id: str
    article: str
    sentence: int
    span: Span
    text: str
    role: Role
    attribution: Attribution = NOBODY
    voice: Voice = Voice.STATED
    polarity: Polarity = Polarity.POSITIVE
    predicate: str = ""
    subject: str = ""
    object: str = ""
    quantities: tuple[QuantityDraft, ...] = ()
    dates: tuple[DateDraft, ...] = ()
    mentions: tuple[MentionDraft, ...] = ()
    places: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    quotes: tuple[Span, ...] = ()
    hedges: tuple[Span, ...] = ()
    words: tuple[Word, ...] = ()
    parent: str = ""
    kind: StatementKind = StatementKind.FACT
    form: str = "sentence"
    subject_span: Span | None = None
    predicate_span: Span | None = None
    object_span: Span | None = None
    modifiers: tuple[Span, ...] = ()
    qualifiers: tuple[Span, ...] = ()
    reported_through: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """The quantities and dates of one sentence, claims or no claims."""

    sentence: SentenceDraft
    quantities: tuple[QuantityDraft, ...] = ()
    dates: tuple[DateDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An analysed article: everything later steps may know of it.

    *position* orders articles of a run; *outlet* is the outlet's name. Claims are in
    text order. *mentions* are those of the whole article with their canonical names.
    """

    id: str
    outlet: str
    title: str
    url: str
    text: str
    published: PublishedDate | None
    segments: tuple[SegmentDraft, ...]
    sentences: tuple[SentenceFacts, ...]
    claims: tuple[ClaimDraft, ...]
    mentions: tuple[MentionDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """Somebody or something that articles of one story name.

    *name* is the fullest name any article prints, *forms* all printed ones, most frequent
    first. *canonical* holds (article id, kind, canonical name there) for each article,
    *mentions* (article id, span). *country* is set for peoples ("Chileans").
    """

    name: str
    kind: str
    forms: tuple[str, ...]
    canonical: tuple[tuple[str, str, str], ...]
    mentions: tuple[tuple[str, Span], ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two claims were linked, or an article joined a story.

    *code* is stable ("quote", "reuse", "quantity", "event", "participants", "place",
    "time", "meaning", "decision" …), *text* a phrase a reader understands ("both count people
    hurt in Torvik"), *weight* its share of the score, 0 to 1.
    """

    code: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """An alignment of two claims: ids in text order, score 0 to 1, reasons never empty."""

    a: str
    b: str
    score: float
    reasons: tuple[Reason, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ClusterDraft:
    """Claims of one story that answer the same question: one row of the comparison.

    *key* is stable across rebuilds; *claims* are ordered by article, then place;
    *title* is a short phrase for the row. *links* join the claims (a spanning set).
    """

    key: str
    title: str
    claims: tuple[ClaimDraft, ...]
    links: tuple[LinkDraft, ...] = ()


class CounterpartDraft(NamedTuple):
    """Two claims of different articles that may answer one question, in one row or not.

    *a* and *b* are claim ids, *rate* how often pairs scored like this one are right, 0 to 1.
    """

    a: str
    b: str
    rate: float


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """The articles about one event, with all that detectors may look at."""

    id: str
    title: str
    articles: tuple[ArticleDraft, ...]
    clusters: tuple[ClusterDraft, ...] = ()
    origins: tuple[OriginDraft, ...] = ()
    reuse: tuple[ReuseLink, ...] = ()
    counterparts: tuple[CounterpartDraft, ...] = ()

    def article(self, article_id: str) -> ArticleDraft:
        """Return the article with *article_id*; ``KeyError`` when it is not in the story."""
        for article in self.articles:
            if article.id == article_id:
                return article
        raise KeyError(article_id)

    def origin_of(self, article_id: str) -> int:
        """Return the index of the origin *article_id* belongs to, -1 when not computed."""
        for index, origin in enumerate(self.origins):
            if article_id in origin.articles:
                return index
        return -1


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words a finding compares: a span of an article's text."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What a detector reports.

    *claims* are claim ids, the side a reader would be misled by last. *missing_in* are
    article ids (omissions). *explanation* is one plain sentence that quotes both sides;
    *rule* the rule with its arithmetic; *confidence* 0 to 1; *changes_if* what would
    change the finding. *compared* are the words the finding rests on, they make its key.
    *needs_person* says what could not be settled ("only one outlet dates it"); such a
    finding is never a conflict. "" when the rule is sure enough.
    """

    kind: str
    outcome: Outcome
    severity: Severity
    claims: tuple[str, ...]
    explanation: str
    rule: str
    highlights: tuple[Highlight, ...] = ()
    missing_in: tuple[str, ...] = ()
    confidence: float = 0.5
    changes_if: str = ""
    compared: tuple[str, ...] = ()
    needs_person: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A difference that may be worth reporting, with what speaks for and against it.

    *features* are named numbers, mostly 0 to 1, from which a learned judge says how often
    such candidates are right; *same_as* groups candidates that are one difference ("19"
    against "22" in four articles). *doubt* names the weakest link in the reader's words.
    *at_stake* says that, if it is right, it is about what the story is about.
    """

    finding: FindingDraft
    features: dict[str, float]
    same_as: str = ""
    doubt: str = ""
    at_stake: bool = False


@dataclass(frozen=True, slots=True)
class Detector:
    """A rule that looks at one cluster of a story and yields findings.

    *find_in_story* is for rules that need the whole story (omission, single source),
    *find_candidates* for rules that only propose: a learned judge decides.
    *slug* is the finding's kind and is never renamed; *title* and *explanation* are
    what readers see beside the finding.
    """

    slug: str
    title: str
    explanation: str
    find: Callable[[ClusterDraft, StoryDraft], Iterator[FindingDraft]] | None = None
    find_in_story: Callable[[StoryDraft], Iterator[FindingDraft]] | None = None
    find_candidates: Callable[[StoryDraft], Iterator[Candidate]] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's must-link or cannot-link, kept by the words of the two claims.

    *a_article*/*b_article* are article ids of this run, *a_quote*/*b_quote* the claims'
    words; *accept* is true for must-link. *implied* where that follows from another one:
    it holds, but nobody looked at the two.
    """

    a_article: str
    a_quote: str
    b_article: str
    b_quote: str
    accept: bool
    implied: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonDraft:
    """All that one run over some articles found; the exported JSON is made of it.

    *findings* holds for each story id what was found, beside the key of its cluster
    (None for a finding about the whole story).
    """

    articles: tuple[ArticleDraft, ...]
    stories: tuple[StoryDraft, ...] = ()
    findings: dict[str, tuple[tuple[str | None, FindingDraft], ...]] = field(default_factory=dict)
