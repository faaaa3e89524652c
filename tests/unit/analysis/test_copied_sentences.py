"""Which earlier sentence a copy is held against, in stories small and large."""

from __future__ import annotations

from apps.articles.text.spans import Span
from apps.articles.text.types import ReuseLink, Role
from apps.claims.analysis.copied_sentences import SentenceView, find_copies
from apps.claims.analysis.wording import content_stems, find_tokens

LINE = "The lighthouse keeper of Sandholm closed the harbour for two nights on Friday"


def view(article: str, text: str) -> SentenceView:
    tokens = tuple(find_tokens(text))
    return SentenceView(article, 0, Span(0, len(text)), Role.BODY, tokens, content_stems(tokens))


def test_in_a_small_story_a_copy_is_held_against_every_earlier_article():
    texts = {f"a{n}": f"{LINE} again" if n == 5 else LINE for n in range(6)}
    views = {name: [view(name, text)] for name, text in texts.items()}

    pairs = list(find_copies(views, {name: at for at, name in enumerate(views)}, ()))

    assert {pair.a.article for pair in pairs if pair.b.article == "a5"} == {"a0", "a1", "a2", "a3", "a4"}  # fmt: skip


def test_among_a_hundred_copies_each_is_held_against_a_few_earlier_ones():
    views = {f"a{n}": [view(f"a{n}", LINE)] for n in range(100)}

    pairs = list(find_copies(views, {name: at for at, name in enumerate(views)}, ()))

    compared = [sum(pair.b.article == name for pair in pairs) for name in views]
    assert max(compared) == 16
    assert min(compared[1:]) == 1


def test_of_a_hundred_articles_the_one_that_was_copied_is_not_passed_over():
    texts = {f"a{n}": f"Rain fell on pier number {n} of the old town all week long" for n in range(100)}  # fmt: skip
    texts |= {"a60": LINE, "a90": f"{LINE} evening"}
    views = {name: [view(name, text)] for name, text in texts.items()}
    span = Span(0, len(LINE))
    link = ReuseLink("a60", span, "a90", span, 0.95)

    pairs = list(find_copies(views, {name: at for at, name in enumerate(views)}, (link,)))

    assert [pair.a.article for pair in pairs if pair.b.article == "a90"] == ["a60"]
