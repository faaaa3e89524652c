"""The values pages show: the matrix, its rows, the article page, the finding card, the lists.

Everything here is ready to be rendered: no queries hide in it, and text that is to be marked
arrives cut into pieces. ``comparison`` and its neighbours build them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from apps.claims.density import Density


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. *mark* is "" (plain), "differs", "removed", "added", "number", "quote",
    "hedge" or "source"; *is_value* when a number is in it, whatever it is marked for."""

    text: str
    mark: str = ""
    is_value: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One article of the story. *sigil* is its letter ("A"), *name* what addresses call it: its
    outlet's, and which of the outlet's articles it is ("dyke-mail~2"); *goes_back_to* the outlet its
    text goes back to, "" when it is independent or nobody knows; then *same_text_as* names the
    outlets that have one text with it. *origin* numbers the independent origins; *copies* are
    the letters and outlets of the copies folded into it."""

    article_id: int
    sigil: str
    outlet: str
    outlet_slug: str
    title: str
    url: str
    published_at: datetime | None
    published_label: str
    published_is_inferred: bool
    state: str
    is_wire: bool
    origin: int
    goes_back_to: str = ""
    same_text_as: str = ""
    origin_reason: str = ""
    copies: tuple[tuple[str, str], ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a column. *added* counts rows it has and the reference lacks, *lacking*
    the reverse; *left_query* and *right_query* are the query strings of the matrix with the
    column moved, None where it cannot go; *reference_query* that with it as the reference, or
    without one when it is."""

    column: Column
    is_reference: bool
    added: int
    lacking: int
    reference_query: str
    left_query: str | None
    right_query: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says in a row: its words with marks, and what they come to.

    *value* is the normalised value ("251 or more people"), "" without one; *voice* how it is
    put, *attributed_to* the speaker; *in_part* other voices of parts of it, each with its
    speaker; *place* where it stood ("headline",
    "paragraph 4"); *limits* words elsewhere in its sentence that limit it; *why* the reasons it is in this row; *score* 0 to 1; *is_repeat* when
    the same article says the same words further up in the cell; *same_as* is the letter of the
    column whose reading has the very same words, "" when they differ or it is compared with nothing.
    """

    claim_id: int
    claim_key: str
    pieces: tuple[Piece, ...]
    value: str
    voice: str
    attributed_to: str
    place: str
    why: tuple[str, ...]
    score: float
    is_confirmed: bool
    href: str
    limits: tuple[str, ...] = ()
    is_repeat: bool = False
    same_as: str = ""
    in_part: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words of an article that findings, called *titles*, set against a row they are not in.

    *place* is where they stand ("caption"), *href* leads there: to their row, or into the
    article when they are in none; *cell* is what their cell is called on the page, "" then.
    """

    titles: tuple[str, ...]
    pieces: tuple[Piece, ...]
    place: str
    href: str
    cell: str = ""

    @property
    def words(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Cell:
    """*kind* is "reading", "elsewhere", "omitted", "not_found", "not_covered", "not_analysed" or
    "refused"; *label* says so in words for the empty ones. *against* is how it stands to the
    reference: "added" (says what it lacks), "lacks" (the reverse) or "". *elsewhere* are words
    that findings of the row compare and that are not in it: of an "elsewhere" cell they are all."""

    article_id: int
    kind: str
    readings: tuple[Reading, ...] = ()
    label: str = ""
    against: str = ""
    elsewhere: tuple[Elsewhere, ...] = ()


# What a finding is that nobody confirmed or dismissed, by how the verdicts on it stand.
STANDING_STATES: Mapping[str, str] = {
    "none": "open",
    "waiting": "judged",
    "differ": "differ",
    "agreed": "reviewed",
    "settled": "reviewed",
}

# What a rule could not settle is a question to people, beside the four outcomes.
UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with what people decided. *state* is "open", "confirmed" or "dismissed";
    *sigils* and *outlets* are the columns it is about, filled in rows of the matrix;
    *confirmed_times* and *dismissed_times* count all decisions on this kind of finding;
    *needs_person* is what the rule could not settle, "" when it did; *assigned_to* is the
    account whose work it is, *assignee* the name shown for it, "" when it is nobody's;
    *standing* is how the verdicts on it stand that anybody may see (``second_reading``), *acts*
    are who decided, judged, read or settled it, by account, and when."""

    key: str
    kind: str
    title: str
    outcome: str
    severity: str
    explanation: str
    rule: str
    changes_if: str
    confidence: float
    state: str
    reason: str
    note: str
    decided_by: str
    decided_at: datetime | None
    confirmed_times: int
    dismissed_times: int
    group_id: int | None
    sides: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    missing_in: tuple[str, ...] = ()
    verdict: str = ""
    sigils: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    needs_person: str = ""
    assigned_to: str = ""
    assignee: str = ""
    standing: str = "none"
    acts: tuple[tuple[str, datetime], ...] = ()

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """Its sides as plain words on one line, each with its outlet."""
        return tuple(
            (outlet, " ".join("".join(piece.text for piece in pieces).split()))
            for outlet, pieces in self.sides
        )

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided or judged it."""
        return self.state == "open" and self.standing == "none"

    @property
    def shown_state(self) -> str:
        """What people made of it: decided, else as far as its verdicts have come."""
        return self.state if self.state != "open" else STANDING_STATES[self.standing]

    @property
    def shown_outcome(self) -> str:
        """The outcome as readers see and filter it: what is unsettled is none of the four."""
        return UNSETTLED if self.needs_person else self.outcome

    @property
    def is_omission(self) -> bool:
        """Whether it is about those that lack something, not those that have it."""
        return self.kind == "omission"


@dataclass(frozen=True, slots=True)
class Muting:
    """A kind of finding kept out of sight, with how many of a story's findings that is;
    *everywhere* says that it is muted in all stories."""

    kind: str
    title: str
    count: int
    everywhere: bool
    muted_by: str
    muted_at: datetime


@dataclass(frozen=True, slots=True)
class Chip:
    """Findings of one kind in one row, shown as one mark; *sigils* and *outlets* are those of
    all of them. *needs_person* is what the first could not settle: those that were settled
    have a mark of their own."""

    kind: str
    title: str
    severity: str
    state: str
    findings: tuple[FindingView, ...]
    sigils: tuple[str, ...]
    outlets: tuple[str, ...]
    needs_person: str = ""


def build_chips(findings: Iterable[FindingView]) -> tuple[Chip, ...]:
    """Return *findings* with those of one kind and state together, in order of their first.

    They come the worst first, so the first has the severity of all.
    """
    alike: dict[tuple[str, str, bool], list[FindingView]] = {}
    for finding in findings:
        key = (finding.kind, finding.state, bool(finding.needs_person))
        alike.setdefault(key, []).append(finding)
    chips = []
    for (kind, state, _), found in alike.items():
        about = {
            pair for finding in found for pair in zip(finding.sigils, finding.outlets, strict=True)
        }
        # The letters of columns: "B" before "AA".
        columns = sorted(about, key=lambda pair: (len(pair[0]), pair))
        chips.append(
            Chip(
                kind=kind,
                title=found[0].title,
                severity=found[0].severity,
                state=state,
                findings=tuple(found),
                sigils=tuple(sigil for sigil, _ in columns),
                outlets=tuple(outlet for _, outlet in columns),
                needs_person=found[0].needs_person,
            )
        )
    return tuple(chips)


@dataclass(frozen=True, slots=True)
class Row:
    """A claim group across the story's articles, one cell a column. *severity* is the
    highest of its findings that nobody dismissed, "" without one; *origins* counts independent
    origins; *stamp* stands for all it shows, see ``stamps``; *decided_by* is who decided last
    what belongs in it, *decided_at* when: None for nobody. One that *is_kept* is shown on the
    page already: it has a place and a stamp, and nothing else; nor has one that was *drawn*
    before, which comes as that."""

    group_id: int
    key: str
    title: str
    cells: tuple[Cell, ...]
    findings: tuple[FindingView, ...]
    severity: str
    origins: int
    position: int
    stamp: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    is_kept: bool = False
    drawn: SafeString | None = None


# The worst first.
SEVERITIES = ("high", "medium", "low")
SORTS = ("severity", "position", "origins", "time")
STATES = ("open", "decided", "confirmed", "dismissed", "all")
# What is marked in the cells, in the order the key goes through them.
DIFFS = ("words", "values", "normalised", "only", "off")
# What the address says for findings that are nobody's work: no account has such a name.
NOBODY = "no one"
# Rows by how they stand to the reference column: those it lacks, those it alone has.
RESTS = ("all", "added", "alone")
# What of the address is the reader's view of the matrix, not a filter: clearing keeps it.
_VIEW = ("order", "reference", "with_copies", "diff", "by_topic")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the URL asks for. Unknown values are dropped, so any URL gives a page.

    *order* and *reference* name articles, the reference "" for none; *assigned* an account,
    or ``NOBODY``; *done_by* an account that decided or judged something, *done_since* the
    first day of it.
    """

    severities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    state: str = "all"
    assigned: str = ""
    done_by: str = ""
    done_since: date | None = None
    query: str = ""
    sort: str = "severity"
    only_differences: bool = False
    shared_only: bool = True
    with_muted: bool = False
    order: tuple[str, ...] = ()
    reference: str = ""
    with_copies: bool = True
    diff: str = "words"
    by_topic: bool = False
    rest: str = "all"

    def as_query(self, **changes: object) -> str:
        """Return these filters as a query string, with *changes*; defaults are left out."""
        pairs: list[tuple[str, str]] = []
        for name, parameter in _PARAMETERS.items():
            value = changes.get(name, getattr(self, name))
            if value == _DEFAULTS[name]:
                continue
            if name == "order" and isinstance(value, tuple):
                pairs.append((parameter, ".".join(map(str, value))))
            elif isinstance(value, tuple):
                pairs.extend((parameter, str(item)) for item in value)
            elif isinstance(value, bool):
                pairs.append((parameter, "1" if value else "0"))
            else:
                pairs.append((parameter, str(value)))
        return urlencode(pairs)

    @property
    def is_default(self) -> bool:
        return self.as_query() == self.view_query

    @property
    def view_query(self) -> str:
        """The query string of the same view of the matrix, without filters."""
        return Filters(**{name: getattr(self, name) for name in _VIEW}).as_query()

    @property
    def order_value(self) -> str:
        return ".".join(self.order)


def read_words(value: str | None, *, length: int = 200) -> str:
    """Return what was typed on one line. A NUL, which no database takes, counts as a space."""
    return " ".join((value or "").replace("\0", " ").split())[:length]


_PARAMETERS: Mapping[str, str] = {
    "severities": "severity",
    "kinds": "kind",
    "outcomes": "outcome",
    "outlets": "outlet",
    "state": "state",
    "assigned": "assigned",
    "done_by": "by",
    "done_since": "since",
    "query": "q",
    "sort": "sort",
    "only_differences": "differences",
    "shared_only": "shared",
    "with_muted": "muted",
    "order": "order",
    "reference": "against",
    "with_copies": "wire",
    "diff": "diff",
    "by_topic": "topics",
    "rest": "rest",
}
_DEFAULTS = {each.name: each.default for each in fields(Filters)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The matrix. *counts* are open findings by severity over the whole story; *found* and
    *total* count rows with and without the filters; *story_findings* belong to no row.

    *view* stands for what makes the same row look otherwise: columns, reference, copies.
    *rows* are all rows found, or a part of them, which begins after *first* rows. *other_sides*
    are those a search brought along, with the title of the row it found. *muted* are
    the kinds of findings kept out of sight. *keep_drawn* keeps a row as it is drawn, by its
    number; None where rows are not kept. *alone* counts the rows found that one outlet alone
    tells, *more_alone* those that the filters would find if these were not left out.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    story_findings: tuple[FindingView, ...]
    filters: Filters
    total: int
    independent_origins: int
    counts: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    found: int = 0
    first: int = 0
    muted: tuple[Muting, ...] = ()
    headings: tuple[Heading, ...] = ()
    has_copies: bool = False
    starts: Mapping[int, str] = field(default_factory=dict)
    other_sides: Mapping[int, str] = field(default_factory=dict)
    density: Density | None = None
    view: str = ""
    keep_drawn: Callable[[int, SafeString], None] | None = None
    alone: int = 0
    more_alone: int = 0

    @property
    def led_rows(self) -> list[tuple[Row, str, str]]:
        """The rows, each with the topic that begins with it and the title of the row it is the
        other side of, "" where there is none."""
        return [
            (row, self.starts.get(row.group_id, ""), self.other_sides.get(row.group_id, ""))
            for row in self.rows
        ]

    @property
    def next(self) -> int:
        """How many rows stand before those still to come; 0 when none do."""
        end = self.first + len(self.rows)
        return end if end < self.found else 0

    @property
    def remaining(self) -> int:
        return self.found - self.first - len(self.rows)


@dataclass(frozen=True, slots=True)
class MarginMark:
    """A note in the margin of an article: findings and single claims beside their paragraph.
    *others* are outlets with their wordings, *more* counts those that only the row has."""

    anchor: str
    kind: str
    severity: str
    label: str
    finding_key: str = ""
    href: str = ""
    others: tuple[tuple[str, str], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class TextPart:
    """A run of an article's text inside a paragraph. *anchors* are the margin marks it belongs
    to; *mark* as in Piece; *note_ids* the annotations on it."""

    text: str
    start: int
    end: int
    mark: str = ""
    anchors: tuple[str, ...] = ()
    note_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A segment (or a paragraph of one) of an article page, with what stands in its margin."""

    segment_id: int
    role: str
    reason: str
    parts: tuple[TextPart, ...]
    margin: tuple[MarginMark, ...] = ()
    is_set_aside: bool = False
    is_correction: bool = False

    @property
    def shown_role(self) -> str:
        """What readers are told it is: a notice of a correction is no mere page furniture."""
        return "correction" if self.is_correction else self.role


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One outlet's full text with margin marks. Shares: 0 to 1 of its story sentences."""

    column: Column
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[object, ...]
    orphaned_notes: tuple[object, ...]
    shared_share: float
    only_here_share: float
    contradicted_share: float


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in the list. *counts* are open findings by severity; *waiting* counts articles
    still to be read, *failed* those that could not be; *changed_at* is when an article came, was
    read or moved, or its rows changed."""

    slug: str
    title: str
    outlets: tuple[str, ...]
    articles: int
    origins: int
    counts: Mapping[str, int]
    published_label: str
    waiting: int
    failed: int
    is_demonstration: bool
    changed_at: datetime | None = None


STORY_SORTS = ("newest", "findings", "outlets", "title")


@dataclass(frozen=True, slots=True)
class StoryFilters:
    """What the URL of the story list asks for; unknown values are dropped."""

    query: str = ""
    outlet: str = ""
    severity: str = ""
    sort: str = "newest"
    page: int = 1

    def as_query(self, **changes: object) -> str:
        """Return these filters as a query string, with *changes*; defaults are left out."""
        pairs = []
        for name, parameter in _STORY_PARAMETERS.items():
            value = changes.get(name, getattr(self, name))
            if value != _STORY_DEFAULTS[name]:
                pairs.append((parameter, str(value)))
        return urlencode(pairs)

    @property
    def is_default(self) -> bool:
        return self.as_query(page=1, sort="newest") == ""


_STORY_PARAMETERS: Mapping[str, str] = {
    "query": "q",
    "outlet": "outlet",
    "severity": "severity",
    "sort": "sort",
    "page": "page",
}
_STORY_DEFAULTS = {each.name: each.default for each in fields(StoryFilters)}


@dataclass(frozen=True, slots=True)
class StoryList:
    """One page of stories. *total* counts all that match; *previous* and *next* are the query
    strings of the pages beside it, "" at the ends. *outlets* are the choices, slug and name."""

    lines: tuple[StoryLine, ...]
    filters: StoryFilters
    total: int
    previous: str = ""
    next: str = ""
    outlets: tuple[tuple[str, str], ...] = ()
