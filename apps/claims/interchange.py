"""The one JSON shape of `compare`, `export_story` and the API: "variorum/1".

Names in it are read by other programs: they may be added to, never renamed. Every span is
checked before anything is handed out, so a wrong offset is an error here and not a riddle
for whoever reads the file.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

from apps.articles.text.spans import Span
from apps.articles.text.types import OriginDraft
from apps.claims.analysis.naming import name_finding
from apps.claims.analysis.types import (
    ArticleDraft,
    Attribution,
    ClaimDraft,
    ClusterDraft,
    ComparisonDraft,
    DateDraft,
    FindingDraft,
    QuantityDraft,
    SentenceFacts,
    StoryDraft,
)
from apps.claims.entity_json import StoryEntities, build_entities
from apps.claims.placing import place_findings

FORMAT = "variorum/1"

Json = dict[str, Any]


class SpanMismatch(ValueError):
    """A span does not hold the words stored beside it: a fault of the program, never of a text."""


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Where an article of a run came from. *file* is a name, never a path; *outlet* names
    its outlet for good (its slug) where one is stored: the keys of findings are made of it."""

    id: str
    file: str = ""
    outlet: str = ""


def choose_ids(named: Sequence[tuple[str, str]]) -> list[str]:
    """Return an id for each ``(external id, file name)``, in order, no two alike.

    An external id is kept. A file is called by the part of its name before the first
    "_" ("003" for "003_quake.txt") if that tells all files apart, else by its name
    without the ending, else by that and a number.
    """
    stems = [PurePath(name).name for _, name in named]
    stems = [stem.removesuffix(".gz").rsplit(".", 1)[0] or stem for stem in stems]
    for candidates in ([stem.split("_", 1)[0] for stem in stems], stems):
        ids = [
            external or candidate
            for (external, _), candidate in zip(named, candidates, strict=True)
        ]
        if all(ids) and len(set(ids)) == len(ids):
            return ids
    taken: set[str] = set()
    ids = []
    for (external, _), stem in zip(named, stems, strict=True):
        wanted = base = external or stem or "article"
        number = 1
        while wanted in taken:
            number += 1
            wanted = f"{base}-{number}"
        taken.add(wanted)
        ids.append(wanted)
    return ids


def rename_articles(comparison: ComparisonDraft, id_of: Mapping[str, str]) -> ComparisonDraft:
    """Return *comparison* with its articles, and the claims called after them, renamed.

    *id_of* gives the new id of every article. Keys of rows and findings stay as they are.
    """

    def claim_id(claim: str) -> str:
        article, dot, number = claim.rpartition(".")
        return f"{id_of[article]}{dot}{number}" if dot else claim

    def claim_(claim: ClaimDraft) -> ClaimDraft:
        return replace(
            claim,
            id=claim_id(claim.id),
            article=id_of[claim.article],
            parent=claim_id(claim.parent) if claim.parent else "",
        )

    def article_(article: ArticleDraft) -> ArticleDraft:
        return replace(
            article,
            id=id_of[article.id],
            claims=tuple(claim_(claim) for claim in article.claims),
        )

    def cluster_(cluster: ClusterDraft) -> ClusterDraft:
        links = [replace(k, a=claim_id(k.a), b=claim_id(k.b)) for k in cluster.links]
        claims = [claim_(claim) for claim in cluster.claims]
        return replace(cluster, claims=tuple(claims), links=tuple(links))

    def origin_(origin: OriginDraft) -> OriginDraft:
        articles = tuple(id_of[article] for article in origin.articles)
        source = None if origin.source is None else id_of[origin.source]
        return replace(origin, articles=articles, source=source)

    def finding_(finding: FindingDraft) -> FindingDraft:
        return replace(
            finding,
            claims=tuple(claim_id(claim) for claim in finding.claims),
            missing_in=tuple(id_of[article] for article in finding.missing_in),
            highlights=tuple(replace(h, article=id_of[h.article]) for h in finding.highlights),
        )

    return ComparisonDraft(
        articles=tuple(article_(article) for article in comparison.articles),
        stories=tuple(
            replace(
                story,
                articles=tuple(article_(article) for article in story.articles),
                clusters=tuple(cluster_(cluster) for cluster in story.clusters),
                origins=tuple(origin_(origin) for origin in story.origins),
                reuse=(),
            )
            for story in comparison.stories
        ),
        findings={
            story_id: tuple((key, finding_(finding)) for key, finding in found)
            for story_id, found in comparison.findings.items()
        },
    )


def build_interchange(
    comparison: ComparisonDraft, *, sources: Iterable[ArticleSource] = ()
) -> Json:
    """Return *comparison* as plain JSON values; raises ``SpanMismatch`` on an inexact span.

    Sentences, stories, entities, groups and findings are numbered in order ("003.s4", "st1",
    "e1", "g1", "f1"); a story has its groups in the order of its rows.
    """
    sources = list(sources)
    file_of = {source.id: source.file for source in sources}
    outlets = {source.id: source.outlet for source in sources if source.outlet}
    text_of = {article.id: article.text for article in comparison.articles}
    group_ids: dict[tuple[str, str], str] = {}
    groups: list[Json] = []
    findings: list[Json] = []
    origins: list[Json] = []
    entities: list[Json] = []
    entities_of: dict[str, StoryEntities] = {}
    for story in comparison.stories:
        named = build_entities(story, first=len(entities) + 1)
        entities.extend(named.exported)
        entities_of.update((article.id, named) for article in story.articles)
        origin_of = _origin_numbers(story)
        for cluster in story.clusters:
            group_id = f"g{len(groups) + 1}"
            group_ids[story.id, cluster.key] = group_id
            groups.append(_group(cluster, group_id, story.id, origin_of))
        origins.extend(_origins(story))
        found = place_findings(story, comparison.findings.get(story.id, ()))
        for cluster_key, finding in found:
            group = None if cluster_key is None else group_ids.get((story.id, cluster_key))
            key = name_finding(story, finding, outlets=outlets)
            findings.append(
                _finding(finding, f"f{len(findings) + 1}", key, story.id, group, text_of)
            )
    return {
        "format": FORMAT,
        "articles": [_article(a, file_of.get(a.id, "")) for a in comparison.articles],
        "claims": [
            _claim(claim, article, entities_of.get(article.id))
            for article in comparison.articles
            for claim in article.claims
        ],
        "stories": [
            {
                "id": story.id,
                "title": story.title,
                "articles": [article.id for article in story.articles],
                "independent_origins": len(_origins(story)),
            }
            for story in comparison.stories
        ],
        "origins": [origin["articles"] for origin in origins],
        "origin_evidence": origins,
        "entities": entities,
        "groups": groups,
        "findings": findings,
    }


def render_json(value: Json) -> str:
    """Return *value* as the text of a file: the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write *text* as UTF-8, compressed when the name ends in ``.gz``, whole or not at all.

    The compressed form carries no time and no name, so equal texts make equal files.
    """
    data = text.encode("utf-8")
    if path.suffix == ".gz":
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0) as file:
            file.write(data)
        data = packed.getvalue()
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(data)
    draft.replace(path)


def _exact(text: str, span: Span, words: str, what: str) -> None:
    if span.end > len(text) or span.of(text) != words:
        raise SpanMismatch(
            f"{what}: [{span.start}, {span.end}) is {text[span.start : span.end]!r}, not {words!r}"
        )


def _article(article: ArticleDraft, file: str) -> Json:
    published = article.published
    for segment in article.segments:
        if segment.span.end > len(article.text):
            raise SpanMismatch(f"segment of article {article.id} ends after its text")
    return {
        "id": article.id,
        "file": file or None,
        "outlet": article.outlet or None,
        "url": article.url or None,
        "title": article.title or None,
        "published": published.iso if published else None,
        "published_source": published.source if published else None,
        "text": article.text,
        "segments": [
            {
                "start": segment.span.start,
                "end": segment.span.end,
                "role": segment.role.value,
                "reason": segment.reason,
                "duplicate_of": segment.duplicate_of,
            }
            for segment in article.segments
        ],
        "sentences": [
            _sentence(facts, number, article)
            for number, facts in enumerate(article.sentences, start=1)
        ],
    }


def _sentence_id(article: ArticleDraft, number: int) -> str:
    return f"{article.id}.s{number}"


def _sentence(facts: SentenceFacts, number: int, article: ArticleDraft) -> Json:
    span = facts.sentence.span
    if span.end > len(article.text):
        raise SpanMismatch(f"sentence {number} of article {article.id} ends after its text")
    return {
        "id": _sentence_id(article, number),
        "start": span.start,
        "end": span.end,
        "text": span.of(article.text),
        "kind": facts.sentence.role.value,
        "quantities": [quantity_json(quantity, article.text) for quantity in facts.quantities],
        "dates": [date_json(found, article.text) for found in facts.dates],
    }


def number_json(value: Decimal | None) -> int | float | None:
    """Return *value* as a JSON number, whole where it is whole; None stays open."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def quantity_json(quantity: QuantityDraft, text: str) -> Json:
    """Return a quantity as exported; *text* is its article's. Raises ``SpanMismatch``."""
    _exact(text, quantity.span, quantity.text, "quantity")
    exported: Json = {
        "text": quantity.text,
        "start": quantity.span.start,
        "end": quantity.span.end,
        "low": number_json(quantity.low),
        "high": number_json(quantity.high),
        "unit": quantity.unit,
        "counted": quantity.counted,
        "approximate": quantity.approximate,
        "type": quantity.type.value,
    }
    if quantity.si is not None:
        unit, low, high = quantity.si
        exported["si"] = {"unit": unit, "low": number_json(low), "high": number_json(high)}
    return exported


def date_json(found: DateDraft, text: str) -> Json:
    """Return a date as exported; *text* is its article's. Raises ``SpanMismatch``."""
    _exact(text, found.span, found.text, "date")
    return {
        "text": found.text,
        "start": found.span.start,
        "end": found.span.end,
        "iso": found.iso,
        "anchor": found.anchor,
    }


def _pair(span: Span | None, text: str) -> list[int] | None:
    return None if span is None else _pairs([span], text)[0]


def _pairs(spans: Sequence[Span], text: str) -> list[list[int]]:
    for span in spans:
        if span.end > len(text):
            raise SpanMismatch(f"[{span.start}, {span.end}) ends after its text")
    return [[span.start, span.end] for span in spans]


def _attribution(attribution: Attribution, text: str) -> Json:
    return {
        "kind": attribution.kind.value,
        "source": attribution.source,
        "source_resolved": attribution.source_resolved,
        "cue": attribution.cue,
        "content": attribution.content,
        "source_spans": _pairs(attribution.source_spans, text),
        "cue_spans": _pairs(attribution.cue_spans, text),
        "content_spans": _pairs(attribution.content_spans, text),
    }


def _claim(claim: ClaimDraft, article: ArticleDraft, entities: StoryEntities | None) -> Json:
    text = article.text
    _exact(text, claim.span, claim.text, f"claim {claim.id}")
    return {
        "id": claim.id,
        "article": claim.article,
        "sentence": _sentence_id(article, claim.sentence + 1),
        "parent": claim.parent or None,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "kind": claim.role.value,
        "attribution": _attribution(claim.attribution, text),
        "voice": claim.voice.value,
        "polarity": claim.polarity.value,
        "predicate": claim.predicate,
        "statement": claim.kind.value,
        "form": claim.form,
        "subject_span": _pair(claim.subject_span, text),
        "predicate_span": _pair(claim.predicate_span, text),
        "object_span": _pair(claim.object_span, text),
        "modifier_spans": _pairs(claim.modifiers, text),
        "qualifier_spans": _pairs(claim.qualifiers, text),
        "reported_through": [_attribution(outer, text) for outer in claim.reported_through],
        "quantities": [quantity_json(quantity, text) for quantity in claim.quantities],
        "dates": [date_json(found, text) for found in claim.dates],
        "places": list(claim.places),
        "participants": list(claim.participants),
        "entities": entities.of_claim(claim) if entities else [],
    }


def _origins(story: StoryDraft) -> list[Json]:
    """Every article of the story is in one origin, alone if nothing else is known.

    *source* is the article the others go back to, null where nobody knows.
    """
    known: list[Json] = [
        {"articles": list(origin.articles), "source": origin.source, "evidence": origin.reason}
        for origin in story.origins
    ]
    joined = {article_id for origin in story.origins for article_id in origin.articles}
    return known + [
        {"articles": [article.id], "source": article.id, "evidence": ""}
        for article in story.articles
        if article.id not in joined
    ]


def _origin_numbers(story: StoryDraft) -> dict[str, int]:
    """Return for each article of the story the number of its origin."""
    return {
        article_id: number
        for number, origin in enumerate(_origins(story))
        for article_id in origin["articles"]
    }


def _group(
    cluster: ClusterDraft, group_id: str, story_id: str, origin_of: Mapping[str, int]
) -> Json:
    reasons: list[str] = []
    for link in cluster.links:
        reasons.extend(reason.text for reason in link.reasons if reason.text not in reasons)
    return {
        "id": group_id,
        "key": cluster.key,
        "story": story_id,
        "title": cluster.title,
        "independent_origins": len({origin_of[claim.article] for claim in cluster.claims}),
        "claims": [claim.id for claim in cluster.claims],
        "reasons": reasons,
    }


def _finding(
    finding: FindingDraft,
    finding_id: str,
    key: str,
    story_id: str,
    group_id: str | None,
    text_of: Mapping[str, str],
) -> Json:
    for highlight in finding.highlights:
        if highlight.span.end > len(text_of[highlight.article]):
            raise SpanMismatch(f"a highlight of {finding_id} ends after its text")
    return {
        "id": finding_id,
        "key": key,
        "story": story_id,
        "group": group_id,
        "kind": finding.kind,
        "outcome": finding.outcome.value,
        "severity": finding.severity.value,
        "claims": list(finding.claims),
        "missing_in": list(finding.missing_in),
        "explanation": finding.explanation,
        "rule": finding.rule,
        "confidence": round(finding.confidence, 4),
        "changes_if": finding.changes_if,
        "needs_person": finding.needs_person or None,
        "highlights": [
            {
                "article": highlight.article,
                "start": highlight.span.start,
                "end": highlight.span.end,
            }
            for highlight in finding.highlights
        ],
    }
