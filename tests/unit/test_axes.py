"""Where values lie on the axes of the charts."""

from __future__ import annotations

import pytest

from apps.claims.axes import Axis, build_axis, build_ticks, percent


def _labels(axis: Axis) -> list[str]:
    return [tick.label for tick in build_ticks(axis, lambda value: f"{value:g}")]


def test_an_axis_has_room_on_both_sides_of_its_values():
    axis = build_axis([100, 120])

    assert 0 < axis.place(100) < axis.place(120) < 100


def test_an_open_end_has_more_room_to_go_on():
    closed, opened = build_axis([100, 120]), build_axis([100, 120], opens_high=True)

    assert opened.place(120) < closed.place(120)


@pytest.mark.parametrize(
    ("values", "begins_at_nought"), [([9, 12], False), ([3, 12], True), ([0, 5], True)]
)
def test_small_counts_are_shown_from_nought_and_near_ones_close_up(values, begins_at_nought):
    assert build_axis(values).starts_at_nought is begins_at_nought


def test_values_far_apart_are_shown_by_their_ratio():
    axis = build_axis([10, 1000])

    assert axis.is_ratio
    assert axis.place(100) == pytest.approx(50)
    assert _labels(axis) == ["10", "100", "1000"]


@pytest.mark.parametrize("values", [[7], [0], [-3, 4], [0.001, 0.002], [1e12, 3e15], [5, 5]])
def test_every_axis_names_a_few_values_inside_it(values):
    axis = build_axis(values)

    labels = _labels(axis)

    assert 1 <= len(labels) <= 8
    assert all(0 <= axis.place(float(label)) <= 100 for label in labels)


def test_an_axis_without_a_value_is_refused():
    with pytest.raises(ValueError, match="needs a value"):
        build_axis([])


def test_places_are_written_for_svg_not_for_readers():
    assert percent(12.5) == "12.5%"
    assert percent(100.0) == "100%"
