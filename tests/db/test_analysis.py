"""Analysis on the database: it may run again at any time, and stores only what is exact."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.actions import (
    import_article,
    move_to_story,
    open_batch,
    relabel_segment,
    undo_relabel,
)
from apps.articles.models import Article, Outlet, Segment, Sentence, Story
from apps.articles.text.types import RawArticle, Role
from apps.claims.actions import (
    analyse_article,
    annotate,
    compare_story,
    confirm_alignment,
    decide_finding,
    refuse_alignment,
)
from apps.claims.comparison import build_comparison
from apps.claims.models import (
    Alignment,
    AlignmentDecision,
    Annotation,
    Claim,
    ClaimGroup,
    Finding,
    FindingDecision,
    FindingSpan,
    Mention,
    Quantity,
)
from tests.db.stories import count_queries, make_user

pytestmark = pytest.mark.django_db

HARBOUR = """Crane collapses at Torvik harbour, killing three

TORVIK, May 4 - A loading crane collapsed at Torvik harbour on Sunday, killing three dockers \
and injuring at least 12, police said.

The crane, built in 1987, fell onto a warehouse at about 6 a.m., police spokesman Jonas Eide said.

"We had warned the company about the rust since March," union leader Marta Lunde said.

The port authority closed the harbour until Tuesday.

Sign up for our newsletter
"""
COAST = """Three dead after harbour crane falls in Torvik

Three dockers were killed and 40 injured when a loading crane collapsed at Torvik harbour on \
Sunday.

The crane fell onto a warehouse early in the morning.

"We warned the company about the rust in March," union leader Marta Lunde said.

The harbour stays closed until Tuesday, the port authority said. The company caused the \
accident by saving on repairs.
"""
ELSEWHERE = """Orchestra of Vellberg names new conductor

VELLBERG, May 4 - The Vellberg Philharmonic named the pianist Ana Ruiz as its conductor on Monday.

Ruiz, 44, follows Piotr Hahn, who led the orchestra for 16 years, the orchestra said.
"""


def save(text: str, outlet: str, *, url: str = "", hour: int = 9, kind: str = "command") -> Article:
    raw = RawArticle(
        text=text,
        name=f"{outlet}.txt",
        outlet=outlet,
        url=url,
        published=datetime(2031, 5, 4, hour, tzinfo=UTC),
    )
    item = import_article(raw=raw, batch=open_batch(kind=kind))
    assert item.article is not None
    return Article.objects.get(pk=item.article.pk)


def analyse(article: Article) -> Article:
    analyse_article(article=Article.objects.get(pk=article.pk))
    return Article.objects.get(pk=article.pk)


@pytest.fixture
def harbour() -> Story:
    """Two outlets on one accident, analysed and compared."""
    first = analyse(save(HARBOUR, "Torvik Post"))
    analyse(save(COAST, "Coast Daily", hour=12))
    assert first.story is not None
    return compare_story(story=first.story)


def test_every_stored_span_holds_the_words_stored_beside_it(harbour):
    rows = [
        row
        for model in (Segment, Sentence, Claim)
        for row in model.objects.select_related("article")
    ]
    rows += FindingSpan.objects.select_related("article")

    assert rows
    for row in rows:
        assert row.article.text[row.start : row.end] == row.quote
    for row in [
        *Quantity.objects.select_related("claim__article"),
        *Mention.objects.select_related("claim__article"),
    ]:
        assert row.claim.article.text[row.start : row.end] == row.quote


def test_articles_on_one_event_become_one_story_and_another_event_another(harbour):
    other = analyse(save(ELSEWHERE, "Torvik Post"))

    assert harbour.articles.count() == 2
    assert other.story != harbour


def test_an_article_does_not_join_a_demonstration_story_on_the_same_event():
    shown = analyse(save(HARBOUR, "Torvik Post", kind="seed"))
    also_shown = analyse(save(COAST, "Coast Daily", hour=12, kind="seed"))
    real = analyse(save(COAST.replace("40", "41"), "Shore Times", hour=12))

    assert shown.story == also_shown.story
    assert real.story != shown.story
    assert not real.story.is_demonstration


def test_analysing_again_replaces_and_never_doubles(harbour):
    article = harbour.articles.first()
    before = list(Claim.objects.filter(article=article).values_list("key", "position"))
    segments = Segment.objects.filter(article=article).count()

    again = analyse(article)

    assert list(Claim.objects.filter(article=article).values_list("key", "position")) == before
    assert Segment.objects.filter(article=article).count() == segments
    assert (again.state, again.analysed_times, again.story) == ("analysed", 2, harbour)


def test_a_stored_claim_comes_back_as_the_draft_it_was(harbour):
    for claim in Claim.objects.all():
        draft = claim.as_draft()
        assert (draft.text, draft.span.start, draft.article) == (
            claim.quote,
            claim.start,
            str(claim.article_id),
        )


def test_comparing_again_keeps_the_rows_and_findings_it_finds_again(harbour):
    groups = dict(ClaimGroup.objects.values_list("key", "pk"))
    findings = dict(Finding.objects.values_list("key", "pk"))
    assert groups and findings

    compare_story(story=harbour)

    assert dict(ClaimGroup.objects.values_list("key", "pk")) == groups
    assert dict(Finding.objects.values_list("key", "pk")) == findings


def test_rows_keep_their_identity_when_every_article_was_read_again(harbour):
    groups = dict(ClaimGroup.objects.values_list("key", "pk"))
    findings = dict(Finding.objects.values_list("key", "pk"))

    for article in harbour.articles.all():
        analyse(article)
    compare_story(story=harbour)

    assert dict(ClaimGroup.objects.values_list("key", "pk")) == groups
    assert dict(Finding.objects.values_list("key", "pk")) == findings


def test_every_alignment_says_why(harbour):
    assert Alignment.objects.count() > 0
    for alignment in Alignment.objects.all():
        assert all(reason["text"] for reason in alignment.reasons)


def test_comparing_a_story_leaves_other_stories_alone(harbour):
    other = analyse(save(ELSEWHERE, "Torvik Post")).story
    compare_story(story=other)
    before = list(ClaimGroup.objects.filter(story=other).values())

    compare_story(story=harbour)

    assert list(ClaimGroup.objects.filter(story=other).values()) == before


def test_a_comparison_overtaken_by_new_analysis_is_done_again_and_stores_nothing(
    harbour, monkeypatch
):
    from apps.claims.analysis import pipeline

    ClaimGroup.objects.all().delete()
    ProcrastinateJob.objects.all().delete()
    build = pipeline.build_story

    def overtaken(*arguments, **options):
        analyse(harbour.articles.first())
        return build(*arguments, **options)

    monkeypatch.setattr(pipeline, "build_story", overtaken)
    compare_story(story=harbour)

    assert not ClaimGroup.objects.exists()
    assert ProcrastinateJob.objects.filter(task_name="compare_story", status="todo").count() == 1


def test_a_story_a_person_chose_is_kept(harbour):
    other = analyse(save(ELSEWHERE, "Torvik Post")).story
    article = harbour.articles.first()
    move_to_story(article=article, story=other, user=make_user("ed", "editor"))

    assert analyse(article).story == other


def test_a_text_that_is_no_article_joins_no_story():
    article = analyse(save("Sign up for our newsletter\n\nFollow us", "Torvik Post"))

    assert article.state == "analysed"


def test_an_analysis_asked_for_twice_waits_once(harbour):
    ProcrastinateJob.objects.all().delete()
    article = harbour.articles.first()
    user = make_user("ed", "editor")
    relabel_segment(article=article, start=0, end=5, role="teaser", user=user)
    relabel_segment(article=article, start=0, end=6, role="teaser", user=user)

    assert ProcrastinateJob.objects.filter(task_name="analyse_article").count() == 1


def test_finding_a_story_does_not_take_more_queries_in_a_larger_archive(harbour):
    def cost(outlet: str, hour: int) -> int:
        article = save(HARBOUR + f"\n\nReported by {outlet}.", outlet, hour=hour)
        return count_queries(analyse, article)

    first = cost("Fjord Radio", 13)
    for number in range(4):
        analyse(save(ELSEWHERE + f"\n\nSeat {number} is empty.", f"Vellberg {number}"))

    assert cost("Island News", 14) == first


# --- people's work outlives analysis -----------------------------------------------------------


def test_what_people_decided_outlives_a_new_analysis_of_everything(harbour):
    user = make_user("ed", "admin")
    article, second = harbour.articles.order_by("published_at")
    confirmed, dismissed = Finding.objects.filter(story=harbour).order_by("position")[:2]
    decide_finding(story=harbour, finding_key=confirmed.key, value="confirm", user=user)
    decide_finding(story=harbour, finding_key=dismissed.key, value="dismiss", reason=2, user=user)
    row = next(r for r in build_comparison(harbour).rows if all(c.readings for c in r.cells))
    a, b = (Claim.objects.get(pk=cell.readings[0].claim_id) for cell in row.cells)
    a_words, b_words = a.quote, b.quote
    refuse_alignment(story=harbour, claim=a, other=b, user=user)
    start = article.text.index("Sign up for our newsletter")
    relabel_segment(article=article, start=start, end=start + 26, role=Role.BODY.value, user=user)
    annotate(article=article, start=0, end=5, note="Which crane?", user=user)

    for each in (article, second):
        analyse(each)
    compare_story(story=harbour)

    states = {
        view.key: view.state
        for view in build_comparison(harbour).story_findings
        + tuple(f for r in build_comparison(harbour).rows for f in r.findings)
    }
    kept = FindingDecision.objects.values_list("finding_key", "value")
    assert set(kept) == {(confirmed.key, "confirm"), (dismissed.key, "dismiss")}
    assert states[confirmed.key] == "confirmed"
    assert states[dismissed.key] == "dismissed"
    apart = [
        Alignment.objects.get(claim__article=article, claim__quote=a_words).group_id,
        Alignment.objects.get(claim__article=second, claim__quote=b_words).group_id,
    ]
    assert apart[0] != apart[1]
    assert AlignmentDecision.objects.get().value == "refuse"
    put_back = Segment.objects.get(article=article, start__lte=start, end__gte=start + 26)
    assert (put_back.role, put_back.by_person) == ("body", True)
    note = Annotation.objects.get()
    assert article.text[note.start : note.end] == note.quote == "Crane"


def test_claims_a_person_put_together_stay_together(harbour):
    first, second = harbour.articles.order_by("published_at")
    a = Claim.objects.filter(article=first, quote__startswith="The crane, built").first()
    b = Claim.objects.filter(article=second, quote__startswith="The company caused").first()
    assert a is not None and b is not None
    assert a.alignment.group_id != b.alignment.group_id
    confirm_alignment(story=harbour, claim=a, other=b, user=make_user())

    for article in (first, second):
        analyse(article)
    compare_story(story=harbour)

    groups = Alignment.objects.filter(claim__quote__in=[a.quote, b.quote])
    assert len(set(groups.values_list("group_id", flat=True))) == 1
    assert groups.filter(is_confirmed=True).exists()


def test_a_renamed_outlet_keeps_the_decisions_on_its_findings(harbour):
    finding = Finding.objects.filter(story=harbour).first()
    decide_finding(story=harbour, finding_key=finding.key, value="confirm", user=make_user())
    Outlet.objects.filter(name="Coast Daily").update(name="The Daily Coast")

    compare_story(story=harbour)

    assert Finding.objects.filter(story=harbour, key=finding.key).exists()


def test_a_decision_is_not_inherited_by_changed_words(harbour):
    user = make_user()
    finding = Finding.objects.filter(story=harbour).first()
    decide_finding(story=harbour, finding_key=finding.key, value="confirm", user=user)
    Finding.objects.filter(pk=finding.pk).update(key="other-words")

    views = [f for row in build_comparison(harbour).rows for f in row.findings]
    views += build_comparison(harbour).story_findings

    assert next(v for v in views if v.key == "other-words").state == "open"


def test_taking_a_label_back_gives_the_machine_s_label_again(harbour):
    user = make_user("ed", "editor")
    article = harbour.articles.order_by("published_at").first()
    start = article.text.index("The port authority")
    correction = relabel_segment(
        article=article, start=start, end=start + 52, role="boilerplate", user=user
    )
    analyse(article)
    assert not Claim.objects.filter(article=article, quote__contains="port authority").exists()

    undo_relabel(correction=correction)
    analyse(article)

    assert Claim.objects.filter(article=article, quote__contains="port authority").exists()


def test_a_new_version_takes_the_place_of_the_old_one_in_its_story(harbour):
    url = "https://torvik.example.org/crane"
    old = analyse(save(HARBOUR.replace("three", "two"), "Fjord Radio", url=url))
    new = analyse(save(HARBOUR.replace("three", "four"), "Fjord Radio", url=url, hour=15))
    compare_story(story=harbour)

    assert (old.story, new.story) == (harbour, harbour)
    columns = build_comparison(harbour).columns
    assert new.pk in [column.article_id for column in columns]
    assert old.pk not in [column.article_id for column in columns]
