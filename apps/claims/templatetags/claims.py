"""The words and the order pages show things in; no markup is made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django import template

from apps.articles.models import Story
from apps.claims.models import Annotation
from apps.claims.presentation import (
    Chip,
    Filters,
    FindingView,
    MarginMark,
    Paragraph,
    Reading,
    Row,
    TextPart,
    build_chips,
)

register = template.Library()

SEVERITIES = ("high", "medium", "low")

OUTCOME_WORDS = {
    "same": "the same",
    "compatible": "both can be true",
    "conflict": "cannot both be true",
    "unsupported": "only one side says it",
    "unsettled": "a person has to say",
}

ROLE_WORDS = {
    "headline": "headline",
    "deck": "deck",
    "byline": "byline",
    "dateline": "dateline",
    "body": "paragraph",
    "caption": "caption",
    "credit": "credit",
    "teaser": "teaser",
    "boilerplate": "page furniture",
    "other_story": "another story",
}

VOICE_WORDS = {
    "stated": "stated as fact",
    "attributed": "attributed",
    "alleged": "alleged",
    "denied": "denied",
    "planned": "planned",
    "conditional": "conditional",
}
# How a named speaker is joined to a voice.
_SPEAKER_WORDS = {
    "attributed": "according to {}",
    "alleged": "alleged by {}",
    "denied": "denied by {}",
    "planned": "planned, according to {}",
    "conditional": "conditional, according to {}",
}

CAVEAT_WORDS = {
    "denial": "denial",
    "open": "still open",
    "cleared": "clears somebody",
    "pending": "not final",
    "reach": "limits it",
}
# Short, for the cells of a grid.
GAP_WORDS = {
    "omitted": "left out",
    "not_covered": "not covered",
    "not_analysed": "not read yet",
    "refused": "match refused",
}

TIME_WORDS = {
    "planned": "planned",
    "denied": "denied",
    "told": "told",
    "ahead": "dated after the article",
}

# At least this sure, said in these words; the last one needs nothing.
_CONFIDENCE_WORDS = (
    (0.9, "very sure"),
    (0.75, "sure"),
    (0.6, "fairly sure"),
    (0.4, "not sure"),
    (0.0, "a guess"),
)


@register.filter
def by_severity(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the severities that have a count, the highest first; empty when none has."""
    return [(severity, counts[severity]) for severity in SEVERITIES if counts.get(severity)]


@register.filter
def beside(items: Sequence[object], others: Sequence[object]) -> Iterator[tuple[object, object]]:
    """Walk through two sequences of the same length together."""
    return zip(items, others, strict=True)


@register.simple_tag
def query(filters: Filters, **changes: object) -> str:
    """Return the query string of *filters* with *changes*."""
    return filters.as_query(**changes)


@register.simple_tag
def row_link(story: Story, filters: Filters, group_id: int) -> str:
    """Return the address of a row in the whole matrix."""
    pairs = "&".join(filter(None, (filters.as_query(), "rows=all")))
    return f"{story.get_absolute_url()}?{pairs}#claim-{group_id}"


@register.filter
def outcome_words(outcome: str) -> str:
    return OUTCOME_WORDS.get(outcome, outcome)


@register.filter
def caveat_words(kind: str) -> str:
    return CAVEAT_WORDS.get(kind, kind)


@register.filter
def gap_words(kind: str) -> str:
    return GAP_WORDS.get(kind, kind)


@register.filter
def time_words(status: str) -> str:
    return TIME_WORDS.get(status, status)


@register.filter
def role_words(role: str) -> str:
    return ROLE_WORDS.get(role, role.replace("_", " "))


@register.filter
def roles_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Return the roles of *paragraphs* in words, each once, in order."""
    return list(dict.fromkeys(role_words(paragraph.role) for paragraph in paragraphs))


@register.filter
def confidence_words(confidence: float) -> str:
    """Return how sure a finding is, in words with the share in hundred ("sure, 82 of 100")."""
    words = next(words for least, words in _CONFIDENCE_WORDS if confidence >= least)
    return f"{words}, {round(confidence * 100)} of 100"


@register.filter
def percent(share: float) -> str:
    """Return a share of 0 to 1 as a whole percentage; something small is never called nothing."""
    if 0 < share < 0.01:
        return "under 1%"
    return f"{round(share * 100)}%"


@register.filter
def unlocalised(value: float) -> str:
    """Return a number as machines write it, whatever the reader's language."""
    return str(value)


@register.filter
def span_of(paragraph: Paragraph) -> str:
    """Return the paragraph's place in its article's text, as "start-end"."""
    return f"{paragraph.parts[0].start}-{paragraph.parts[-1].end}" if paragraph.parts else ""


@register.filter
def mark_number(anchor: str) -> str:
    """Return the number at the end of a margin mark's anchor ("m12": "12")."""
    return anchor[len(anchor.rstrip("0123456789")) :]


@register.filter
def numbers_ending_in(part: TextPart, paragraph: Paragraph) -> str:
    """Return the numbers of the marks whose words end with *part*, with commas."""
    after = {
        anchor for other in paragraph.parts if other.start == part.end for anchor in other.anchors
    }
    return ", ".join(mark_number(anchor) for anchor in part.anchors if anchor not in after)


@register.filter
def note_href(anchor: str, paragraph: Paragraph) -> str:
    """Return where the mark's note stands: beside its paragraph, or beside an earlier one."""
    if any(mark.anchor == anchor for mark in paragraph.margin):
        return f"#{anchor}-{paragraph.segment_id}"
    return f"#segment-{paragraph.segment_id}"


@register.filter
def highest_of(anchors: Iterable[str], margin: Iterable[MarginMark]) -> str:
    """Return the highest severity among the marks named by *anchors*, "none" without one."""
    found = {mark.severity for mark in margin if mark.anchor in anchors}
    return next((severity for severity in SEVERITIES if severity in found), "none")


@register.filter
def on(notes: Iterable[Annotation], paragraph: Paragraph) -> list[Annotation]:
    """Return the notes whose words begin in *paragraph*."""
    start, end = paragraph.parts[0].start, paragraph.parts[-1].end
    return [note for note in notes if start <= note.start < end]


@register.filter
def is_web_address(address: str) -> bool:
    """Return whether a link may lead there; anything but the web is shown as text."""
    return address.startswith(("https://", "http://"))


@register.filter
def has_company(row: Row) -> bool:
    """Return whether the row holds more than one reading."""
    return sum(len(cell.readings) for cell in row.cells) > 1


@register.filter
def chips(findings: Iterable[FindingView]) -> tuple[Chip, ...]:
    """Return *findings* with those of one kind and state together."""
    return build_chips(findings)


@register.simple_tag
def about_words(finding: FindingView | Chip) -> str:
    """Return what a finding is called and whom it is about: "Left out by South Mail"."""
    if not finding.outlets:
        return finding.title
    joint = " by " if finding.kind == "omission" else ": "
    return f"{finding.title}{joint}{', '.join(finding.outlets)}"


@register.simple_tag
def voice_words(reading: Reading) -> str:
    """Return who says it and how, in words: "according to Mara Lind", "alleged"."""
    return spoken_words(reading.voice, reading.attributed_to)


@register.simple_tag
def spoken_words(voice: str, speaker: str) -> str:
    """Return how something is put and by whom, in words: "according to Mara Lind"."""
    if speaker and voice in _SPEAKER_WORDS:
        return _SPEAKER_WORDS[voice].format(speaker)
    return VOICE_WORDS.get(voice, voice)


@register.simple_tag
def decided_words(finding: FindingView) -> str:
    """Return how often readers agreed with findings of this kind."""
    total = finding.confirmed_times + finding.dismissed_times
    if not total:
        return "no reader has judged one yet"
    return f"readers confirmed {finding.confirmed_times} of {total}"
