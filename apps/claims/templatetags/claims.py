"""The words and the order pages show things in; no markup is made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django import template
from django.template import Context, Engine
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from apps.articles.importers.html import is_web_address
from apps.articles.models import Segment, Story
from apps.articles.text.cues import is_correction_notice
from apps.claims.claim_reviews import public_name
from apps.claims.drawn_parts import InAddresses, draw_part
from apps.claims.models import Annotation
from apps.claims.pieces import PRIORITY
from apps.claims.presentation import (
    SEVERITIES,
    Chip,
    Filters,
    FindingView,
    MarginMark,
    Paragraph,
    Piece,
    Reading,
    Row,
    TextPart,
    build_chips,
)

register = template.Library()

# What follows is looked up and translated when it is shown.
OUTCOME_WORDS = {
    "same": gettext_noop("the same"),
    "compatible": gettext_noop("both can be true"),
    "conflict": gettext_noop("cannot both be true"),
    "unsupported": gettext_noop("only one side says it"),
    "unsettled": gettext_noop("a person has to say"),
}

SEVERITY_WORDS = {
    "high": gettext_noop("high"),
    "medium": gettext_noop("medium"),
    "low": gettext_noop("low"),
}

STATE_WORDS = {
    "open": gettext_noop("open"),
    "confirmed": gettext_noop("confirmed"),
    "dismissed": gettext_noop("dismissed"),
    "judged": gettext_noop("one verdict"),
    "differ": gettext_noop("verdicts differ"),
    "reviewed": gettext_noop("reviewed by two"),
}

EVIDENCE_WORDS = {"primary": gettext_noop("primary"), "secondary": gettext_noop("secondary")}

ROLE_WORDS = {
    "headline": gettext_noop("headline"),
    "deck": gettext_noop("deck"),
    "byline": gettext_noop("byline"),
    "dateline": gettext_noop("dateline"),
    "body": gettext_noop("paragraph"),
    "caption": gettext_noop("caption"),
    "credit": gettext_noop("credit"),
    "teaser": gettext_noop("teaser"),
    "boilerplate": gettext_noop("page furniture"),
    "correction": gettext_noop("correction notice"),
    "other_story": gettext_noop("another story"),
}

VOICE_WORDS = {
    "stated": gettext_noop("stated as fact"),
    "attributed": gettext_noop("attributed"),
    "alleged": gettext_noop("alleged"),
    "denied": gettext_noop("denied"),
    "planned": gettext_noop("planned"),
    "conditional": gettext_noop("conditional"),
}
# How a named speaker is joined to a voice.
_SPEAKER_WORDS = {
    "attributed": gettext_noop("according to %(name)s"),
    "alleged": gettext_noop("alleged by %(name)s"),
    "denied": gettext_noop("denied by %(name)s"),
    "planned": gettext_noop("planned, according to %(name)s"),
    "conditional": gettext_noop("conditional, according to %(name)s"),
}

CAVEAT_WORDS = {
    "denial": gettext_noop("denial"),
    "open": gettext_noop("still open"),
    "cleared": gettext_noop("clears somebody"),
    "pending": gettext_noop("not final"),
    "reach": gettext_noop("limits it"),
}
# Short, for the cells of a grid.
GAP_WORDS = {
    "omitted": gettext_noop("left out"),
    "not_found": gettext_noop("perhaps in other words"),
    "not_covered": gettext_noop("seems not to write about it"),
    "not_analysed": gettext_noop("not read yet"),
    "refused": gettext_noop("match refused"),
}

TIME_WORDS = {
    "planned": gettext_noop("planned"),
    "denied": gettext_noop("denied"),
    "told": gettext_noop("told"),
    "ahead": gettext_noop("dated after the article"),
}

# At least this sure, said in these words; the last one needs nothing.
_CONFIDENCE_WORDS = (
    (0.9, gettext_noop("very sure")),
    (0.75, gettext_noop("sure")),
    (0.6, gettext_noop("fairly sure")),
    (0.4, gettext_noop("not sure")),
    (0.0, gettext_noop("a guess")),
)


_ELEMENTS = {"added": "ins", "removed": "del"}
# By mark, and whether a number is in it that the mark does not name.
_MARKED = {
    (mark, is_value): (
        element := _ELEMENTS.get(mark, "mark"),
        " ".join(
            [*["mark"] * (element != "mark"), f"mark--{mark}", *["mark--value"] * is_value],
        ),
    )
    for mark in PRIORITY
    for is_value in (False, True)
}


@register.filter
def by_severity(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the severities that have a count, the highest first; empty when none has."""
    return [(severity, counts[severity]) for severity in SEVERITIES if counts.get(severity)]


@register.filter
def parted(pieces: Iterable[Piece]) -> list[tuple[str, str, str]]:
    """Return each of *pieces* as its text, the element it is marked with, "" for none, and that
    one's classes: names of their own are looked up faster than parts of a thing, and a page has
    thousands."""
    return [
        (piece.text, *_MARKED[piece.mark, piece.is_value and piece.mark != "number"])
        if piece.mark
        else (piece.text, "", "")
        for piece in pieces
    ]


@register.filter
def beside(items: Sequence[object], others: Sequence[object]) -> Iterator[tuple[object, object]]:
    """Walk through two sequences of the same length together."""
    return zip(items, others, strict=True)


@register.simple_tag
def query(filters: Filters, **changes: object) -> str:
    """Return the query string of *filters* with *changes*."""
    return filters.as_query(**changes)


@register.simple_tag
def whole_matrix(story: Story, filters: Filters) -> str:
    """Return the address of the matrix with all its rows on one page."""
    pairs = "&".join(filter(None, (filters.as_query(), "rows=all")))
    return f"{story.get_absolute_url()}?{pairs}"


@register.filter
def outcome_words(outcome: str) -> str:
    return _said(OUTCOME_WORDS, outcome)


@register.filter
def severity_words(severity: str) -> str:
    return _said(SEVERITY_WORDS, severity)


@register.filter
def state_words(state: str) -> str:
    """Return what people made of a finding, see ``FindingView.shown_state``."""
    return _said(STATE_WORDS, state)


@register.filter
def evidence_words(kind: str) -> str:
    return _said(EVIDENCE_WORDS, kind)


register.filter(public_name)


@register.filter
def verdict_words(verdict: str) -> str:
    """Return a verdict as readers see it; a site's own verdicts are as the site wrote them."""
    return gettext(verdict) if verdict else ""


def _said(words: Mapping[str, str], value: str) -> str:
    found = words.get(value)
    return gettext(found) if found else value


@register.filter
def caveat_words(kind: str) -> str:
    return _said(CAVEAT_WORDS, kind)


@register.filter
def gap_words(kind: str) -> str:
    return _said(GAP_WORDS, kind)


@register.filter
def time_words(status: str) -> str:
    return _said(TIME_WORDS, status)


@register.filter
def role_words(role: str) -> str:
    return _said(ROLE_WORDS, role).replace("_", " ")


# Letters of scripts in which English is not written: Greek and Cyrillic to Thai and Tibetan,
# Chinese, Japanese, Korean, the forms Hebrew and Arabic letters take.
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


@register.filter
def words_language(words: str | Iterable[Piece | TextPart]) -> str:
    """Return the language *words* of an article are in: "en", "" where they are in another script,
    of which nobody knows the language."""
    text = words if isinstance(words, str) else "".join(piece.text for piece in words or ())
    if _OTHER_SCRIPT.search(text) is None:
        return "en"
    others = len(_OTHER_SCRIPT.findall(text))
    return "" if 2 * others > len(_LETTER.findall(text)) else "en"


@register.filter
def segment_words(segment: Segment) -> str:
    """Return what a stored part of a text is."""
    return role_words("correction" if is_correction_notice(segment.reason) else segment.role)


# In Python, not in the template: a page has hundreds of them, and blocks of words to translate
# are slow there.
@register.filter
def note_words(role: str) -> str:
    """Return what the link to note something on a part of a text is called."""
    return gettext("Note on this %(part)s") % {"part": role_words(role)}


@register.filter
def move_words(outlet: str) -> str:
    """Return what the link is called that moves what *outlet* says to another row."""
    return gettext("Move what %(outlet)s says") % {"outlet": outlet}


@register.filter
def put_back_words(role: str) -> str:
    """Return what the button is called that puts a part of a text back."""
    return gettext("Put this %(part)s back into the story") % {"part": role_words(role)}


@register.filter
def set_aside_words(role: str) -> str:
    """Return what the button is called that sets a part of a text aside."""
    return gettext("Set this %(part)s aside") % {"part": role_words(role)}


@register.filter
def roles_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Return the roles of *paragraphs* in words, each once, in order."""
    return list(dict.fromkeys(role_words(paragraph.shown_role) for paragraph in paragraphs))


@register.filter
def confidence_words(confidence: float) -> str:
    """Return how sure a finding is, in words with the share in hundred ("sure, 82 of 100")."""
    words = next(words for least, words in _CONFIDENCE_WORDS if confidence >= least)
    return gettext("%(sure)s, %(share)s of 100") % {
        "sure": gettext(words),
        "share": round(confidence * 100),
    }


@register.filter
def percent(share: float) -> str:
    """Return a share of 0 to 1 as a whole percentage; something small is never called nothing."""
    if 0 < share < 0.01:
        return gettext("under 1%%") % ()
    return gettext("%(share)s%%") % {"share": number_format(round(share * 100))}


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


# Whether a link may lead there: anything but the web is shown as text.
register.filter(is_web_address)


@register.filter
def whose(words: str, sides: Iterable[tuple[str, str]]) -> str:
    """Return the outlets of whose *words* a verdict judges, "" where none has them.

    *sides* are outlets with their words, each on one line.
    """
    plain = " ".join(words.split())
    return ", ".join(dict.fromkeys(outlet for outlet, said in sides if plain and said == plain))


@register.filter
def has_company(row: Row) -> bool:
    """Return whether the row holds more than one reading."""
    return sum(len(cell.readings) for cell in row.cells) > 1


@register.simple_tag(takes_context=True)
def draw_row(context: Context, row: Row) -> SafeString:
    """Return a row of the matrix as it was drawn before; else draw it, and keep it."""
    if row.drawn is not None:
        return row.drawn
    comparison = context["comparison"]
    with context.push(row=row, columns=comparison.columns):
        html = Engine.get_default().get_template("claims/_row.html").render(context)
    if comparison.keep_drawn is not None:
        comparison.keep_drawn(row.group_id, html)
    return html


@register.filter
def in_addresses(story: Story) -> InAddresses:
    """Return what a drawn part needs of *story*."""
    return InAddresses(story.slug)


# Only with values that say all the part shows: see there.
register.simple_tag(draw_part, name="drawn")


@register.filter
def chips(findings: Iterable[FindingView]) -> tuple[Chip, ...]:
    """Return *findings* with those of one kind and state together."""
    return build_chips(findings)


@register.simple_tag
def about_words(finding: FindingView | Chip) -> str:
    """Return what a finding is called and whom it is about: "Left out by South Mail"."""
    if not finding.outlets:
        return finding.title
    words = gettext("%(title)s: %(outlets)s")
    if finding.kind == "omission":
        words = gettext("%(title)s by %(outlets)s")
    return words % {"title": finding.title, "outlets": ", ".join(finding.outlets)}


@register.simple_tag
def voice_words(reading: Reading) -> str:
    """Return who says it and how, in words: "according to Mara Lind", "stated as fact; in part
    alleged"."""
    words = spoken_words(reading.voice, reading.attributed_to)
    if not reading.in_part:
        return words
    others = [spoken_words(voice, speaker) for voice, speaker in reading.in_part]
    return gettext("%(voice)s; in part %(others)s") % {"voice": words, "others": ", ".join(others)}


@register.simple_tag
def spoken_words(voice: str, speaker: str) -> str:
    """Return how something is put and by whom, in words: "according to Mara Lind"."""
    if speaker and voice in _SPEAKER_WORDS:
        return gettext(_SPEAKER_WORDS[voice]) % {"name": speaker}
    return _said(VOICE_WORDS, voice)


@register.simple_tag
def decided_words(finding: FindingView) -> str:
    """Return how often readers agreed with findings of this kind."""
    total = finding.confirmed_times + finding.dismissed_times
    if not total:
        return gettext("no reader has judged one yet")
    return gettext("readers confirmed %(confirmed)s of %(total)s") % {
        "confirmed": finding.confirmed_times,
        "total": total,
    }
