"""The exported JSON: exact spans, stable bytes, the same shape from files and from the database."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.articles.actions import move_to_story
from apps.articles.text.spans import Span
from apps.articles.text.types import OriginDraft, Role, SegmentDraft, SentenceDraft
from apps.claims.actions import compare_story
from apps.claims.analysis.types import (
    ArticleDraft,
    ClaimDraft,
    ClusterDraft,
    ComparisonDraft,
    MentionDraft,
    QuantityDraft,
    QuantityType,
    SentenceFacts,
    StoryDraft,
)
from apps.claims.interchange import (
    SpanMismatch,
    build_interchange,
    choose_ids,
    number_json,
    render_json,
    write_text,
)
from apps.claims.stored_drafts import claim_as_json, claim_from_json
from tests.db.stories import make_user
from tests.db.test_analysis import COAST, ELSEWHERE, HARBOUR, analyse, save

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "a folder"
    folder.mkdir()
    meta = []
    for name, text, outlet in (
        ("01_post.txt", HARBOUR, "Torvik Post"),
        ("02_coast.txt", COAST, "Coast Daily"),
        ("03_music.txt", ELSEWHERE, "Vellberg Sun"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        meta.append({"file": name, "outlet": outlet, "published": "2031-05-05T09:00:00+00:00"})
    (folder / "meta.json").write_text(json.dumps(meta))
    return folder


def compare(*arguments: object, output: Path) -> dict:
    call_command("compare", *map(str, arguments), output=output)
    return json.loads(output.read_text(encoding="utf-8"))


# --- compare -----------------------------------------------------------------------------------


def test_compare_prints_all_parts_and_every_span_is_exact(folder, tmp_path):
    export = compare(folder, output=tmp_path / "out.json")

    texts = {article["id"]: article["text"] for article in export["articles"]}
    assert export["format"] == "variorum/1"
    assert texts["01"] == HARBOUR
    assert [sorted(story["articles"]) for story in export["stories"]] == [["01", "02"], ["03"]]
    for article in export["articles"]:
        for sentence in article["sentences"]:
            assert article["text"][sentence["start"] : sentence["end"]] == sentence["text"]
            for found in sentence["quantities"] + sentence["dates"]:
                assert article["text"][found["start"] : found["end"]] == found["text"]
    sentences = {s["id"] for article in export["articles"] for s in article["sentences"]}
    for claim in export["claims"]:
        assert texts[claim["article"]][claim["start"] : claim["end"]] == claim["text"]
        assert claim["sentence"] in sentences
    claims = {claim["id"] for claim in export["claims"]}
    for group in export["groups"] + export["findings"]:
        assert set(group["claims"]) <= claims
    groups = {group["id"] for group in export["groups"]} | {None}
    assert {finding["group"] for finding in export["findings"]} <= groups


def test_compare_gives_the_same_bytes_in_another_process(folder):
    # Each process orders its sets by another seed; an order that leaks out shows here.
    outputs = [
        subprocess.run(
            [sys.executable, "manage.py", "compare", str(folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["findings"]


def test_compare_stops_at_the_stage_asked_for(folder, tmp_path):
    extracted = compare(folder, "--stage=extract", output=tmp_path / "1.json")
    aligned = compare(folder, "--stage=align", "--one-story", output=tmp_path / "2.json")

    assert extracted["claims"] and extracted["stories"] == extracted["groups"] == []
    assert len(aligned["stories"]) == 1 and aligned["groups"] and aligned["findings"] == []


def test_compare_names_what_it_cannot_read_and_reads_the_rest(folder, tmp_path, capsys):
    (folder / "04_empty.txt").write_text(" \n")
    output = tmp_path / "out.json"

    with pytest.raises(SystemExit) as stopped:
        call_command("compare", str(folder), str(tmp_path / "nowhere.txt"), output=output)

    assert stopped.value.code == 1
    message = capsys.readouterr().err
    assert "04_empty.txt" in message and "nowhere.txt" in message
    assert len(json.loads(output.read_text())["articles"]) == 3


def test_compare_writes_nothing_when_nothing_can_be_read(tmp_path):
    output = tmp_path / "out.json"

    with pytest.raises(SystemExit) as stopped:
        call_command("compare", str(tmp_path / "nowhere.txt"), output=output)

    assert stopped.value.code == 2
    assert not output.exists()


def test_a_folder_in_place_of_an_output_file_is_said_before_the_work(folder, tmp_path):
    with pytest.raises(CommandError, match="is a folder"):
        call_command("compare", str(folder), output=tmp_path)
    with pytest.raises(CommandError, match="no such folder"):
        call_command("compare", str(folder), output=tmp_path / "nowhere" / "out.json")

    assert list(tmp_path.parent.glob("*.part")) == []


def test_compare_keeps_the_ids_of_json_lines(tmp_path):
    lines = tmp_path / "articles.jsonl.gz"
    records = [{"id": "x-7", "outlet": "Torvik Post", "published": "2031-05-04", "text": HARBOUR}]
    with gzip.open(lines, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)

    export = compare(lines, output=tmp_path / "out.json")

    (article,) = export["articles"]
    assert (article["id"], article["published"]) == ("x-7", "2031-05-04")
    assert article["published_source"] == "stated"


def test_compare_touches_no_database(folder, tmp_path):
    # Without the django_db mark any query would fail this test.
    assert compare(folder, output=tmp_path / "out.json")["articles"]


# --- export_story ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_stored_story_is_exported_in_the_same_shape_and_again_in_the_same_bytes(folder, tmp_path):
    story = analyse(save(HARBOUR, "Torvik Post")).story
    analyse(save(COAST, "Coast Daily", hour=12))
    compare_story(story=story)
    story.refresh_from_db()
    outputs = [tmp_path / "first.json", tmp_path / "second.json"]
    for output in outputs:
        call_command("export_story", story.slug, output=output)
    stored = json.loads(outputs[0].read_text())
    (folder / "03_music.txt").unlink()
    (folder / "meta.json").write_text(
        json.dumps(
            [
                {"file": "01_post.txt", "outlet": "Torvik Post", "published": "2031-05-04T09:00Z"},
                {"file": "02_coast.txt", "outlet": "Coast Daily", "published": "2031-05-04T12:00Z"},
            ]
        )
    )
    computed = compare(folder, "--one-story", output=tmp_path / "computed.json")

    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert stored.keys() == computed.keys()
    assert [article["id"] for article in stored["articles"]] == ["Torvik Post", "Coast Daily"]
    assert stored["findings"] and {
        highlight["article"] for f in stored["findings"] for highlight in f["highlights"]
    } <= {"Torvik Post", "Coast Daily"}
    assert [claim["text"] for claim in stored["claims"]] == [c["text"] for c in computed["claims"]]
    assert sorted(len(group["claims"]) for group in stored["groups"]) == sorted(
        len(group["claims"]) for group in computed["groups"]
    )
    assert [(f["kind"], f["key"], f["explanation"]) for f in stored["findings"]] == [
        (f["kind"], f["key"], f["explanation"]) for f in computed["findings"]
    ]


@pytest.mark.django_db
def test_a_story_an_article_has_left_is_exported_without_it(tmp_path):
    story = analyse(save(HARBOUR, "Torvik Post")).story
    moved = analyse(save(COAST, "Coast Daily", hour=12))
    compare_story(story=story)
    move_to_story(article=moved, story=None, user=make_user("ed", "editor"))

    output = tmp_path / "out.json"
    call_command("export_story", story.slug, output=output)

    export = json.loads(output.read_text())
    assert [article["id"] for article in export["articles"]] == ["Torvik Post"]
    assert export["origins"] == [["Torvik Post"]]


@pytest.mark.django_db
def test_an_unknown_story_is_named():
    with pytest.raises(CommandError, match="no-such-story"):
        call_command("export_story", "no-such-story")


# --- the shape ---------------------------------------------------------------------------------


def _one_claim(text: str = "About 40 boats sank.") -> ArticleDraft:
    span = Span(0, len(text))
    quantity = QuantityDraft(
        Span(6, 8), "40", Decimal(36), Decimal(44), QuantityType.CARDINAL, counted="boats"
    )
    claim = ClaimDraft(
        id="a.c1",
        article="a",
        sentence=0,
        span=span,
        text=text,
        role=Role.BODY,
        quantities=(quantity,),
    )
    return ArticleDraft(
        id="a",
        outlet="North Post",
        title="",
        url="",
        text=text,
        published=None,
        segments=(SegmentDraft(span, Role.BODY, "sentences"),),
        sentences=(SentenceFacts(SentenceDraft(span, 0, Role.BODY), (quantity,)),),
        claims=(claim,),
    )


def test_a_claim_whose_words_are_not_at_its_place_is_never_handed_out():
    article = _one_claim()
    wrong = replace(article.claims[0], text="About 41 boats sank.")

    with pytest.raises(SpanMismatch, match="41"):
        build_interchange(ComparisonDraft(articles=(replace(article, claims=(wrong,)),)))


def test_a_quantity_off_by_one_is_never_handed_out():
    article = _one_claim()
    wrong = replace(article.claims[0].quantities[0], span=Span(5, 7))
    claim = replace(article.claims[0], quantities=(wrong,))

    with pytest.raises(SpanMismatch):
        build_interchange(ComparisonDraft(articles=(replace(article, claims=(claim,)),)))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (Decimal("250"), "250"),
        (Decimal("2.50"), "2.5"),
        (Decimal("0"), "0"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_numbers_are_written_whole_where_they_are_whole(value, written):
    assert json.dumps(number_json(value)) == written


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        ([("", "003_a1b2.txt"), ("", "004_c3.txt")], ["003", "004"]),
        ([("", "01_post.txt"), ("", "01_coast.txt")], ["01_post", "01_coast"]),
        ([("", "a/x.txt"), ("", "b/x.txt")], ["x", "x-2"]),
        ([("kept", "x.txt"), ("", "y.html")], ["kept", "y"]),
        ([("twice", "x.txt"), ("twice", "y.txt")], ["twice", "twice-2"]),
        ([], []),
    ],
)
def test_articles_are_called_by_what_tells_them_apart(named, ids):
    assert choose_ids(named) == ids


def test_compressed_output_has_no_time_in_it(tmp_path):
    paths = [tmp_path / "one.json.gz", tmp_path / "two.json.gz"]
    for path in paths:
        write_text(path, render_json({"é": 1}))

    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert json.loads(gzip.decompress(paths[0].read_bytes())) == {"é": 1}
    assert list(tmp_path.iterdir()) == sorted(paths)


def test_a_stored_claim_is_read_back_as_it_was():
    claim = _one_claim().claims[0]

    stored = json.loads(json.dumps(claim_as_json(claim)))

    assert claim_from_json(stored, article="a") == claim


def test_names_are_exported_linked_across_the_articles_of_a_story():
    def named(article_id: str, text: str, *names: tuple[str, str]) -> ArticleDraft:
        mentions = tuple(
            MentionDraft(
                Span(text.index(name), text.index(name) + len(name)), name, "person", canonical
            )
            for name, canonical in names
        )
        span = Span(0, len(text))
        claim = ClaimDraft(
            id=f"{article_id}.c1", article=article_id, sentence=0, span=span, text=text,
            role=Role.BODY, mentions=mentions,
        )  # fmt: skip
        return replace(
            _one_claim(text), id=article_id, claims=(claim,), mentions=mentions,
            sentences=(SentenceFacts(SentenceDraft(span, 0, Role.BODY)),),
        )  # fmt: skip

    north = named("n", "About 40 boats sank, Ada Byrne said.", ("Ada Byrne", "Ada Byrne"))
    south = named("s", "About 50 boats sank, Byrne said.", ("Byrne", "Byrne"))
    story = StoryDraft("st1", "Boats", (north, south))

    export = build_interchange(ComparisonDraft(articles=(north, south), stories=(story,)))

    (entity,) = export["entities"]
    assert (entity["id"], entity["story"], entity["name"]) == ("e1", "st1", "Ada Byrne")
    assert [(m["article"], m["text"]) for m in entity["mentions"]] == [("n", "Ada Byrne"), ("s", "Byrne")]  # fmt: skip
    assert [claim["entities"] for claim in export["claims"]] == [["e1"], ["e1"]]


def test_rows_and_stories_are_exported_with_the_independent_origins_that_tell_them():
    def told_by(name: str) -> ArticleDraft:
        one = _one_claim()
        claim = replace(one.claims[0], id=f"{name}.c1", article=name)
        return replace(one, id=name, outlet=name, claims=(claim,))

    articles = tuple(told_by(name) for name in ("wire", "copy", "own"))
    story = StoryDraft(
        id="st1",
        title="",
        articles=articles,
        clusters=(ClusterDraft("k1", "Boats", tuple(article.claims[0] for article in articles)),),
        origins=(OriginDraft(("wire", "copy"), "wire", "61 runs of words are the same"),),
    )

    export = build_interchange(ComparisonDraft(articles=articles, stories=(story,)))

    assert export["origins"] == [["wire", "copy"], ["own"]]
    assert export["stories"][0]["independent_origins"] == 2
    assert export["groups"][0]["independent_origins"] == 2
    assert export["origin_evidence"][0] == {
        "articles": ["wire", "copy"],
        "source": "wire",
        "evidence": "61 runs of words are the same",
    }
