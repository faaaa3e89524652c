from __future__ import annotations

from apps.articles.text.spans import Span, build_finder


def test_what_overlaps_a_span_is_found_in_order_whatever_it_is_nested_in() -> None:
    spans = [Span(0, 50), Span(2, 4), Span(10, 20), Span(30, 31)]
    find = build_finder(["all", "early", "middle", "late"], spans)

    assert find(Span(12, 31)) == ["all", "middle", "late"]
    assert find(Span(4, 10)) == ["all"]
    assert find(Span(50, 60)) == []
