"""Charts: gaps stay gaps, partial weeks are marked, words are made from the data."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from preview.usage.metrics.weeks import Known, Point
from preview.web.usage.charts import HEIGHT, WIDTH, Chart, Series, line_chart

FIRST = date(2026, 3, 2)


def chart(*values: float | None, partial: tuple[int, ...] = (), today: int = 99) -> Chart:
    points = []
    for number, value in enumerate(values):
        state = Known.MISSING if value is None else Known.KNOWN
        state = Known.PARTIAL if number in partial else state
        points.append(Point(FIRST + timedelta(weeks=number), value, state))
    return line_chart(
        "a", "A", "B", [Series("Sessions", points)], today=FIRST + timedelta(weeks=today)
    )


def test_a_week_without_data_breaks_the_line_and_has_a_band() -> None:
    one = chart(5, 4, None, None, 2, 1)
    assert [len(part.split()) for part in one.lines[0].stretches] == [2, 2]
    assert len(one.gaps) == 1
    assert len(one.lines[0].marks) == 4
    assert one.cells(one.weeks[2]) == ["No data"]
    assert "There is no data for 2 weeks." in one.summary


def test_a_zero_is_drawn_on_the_axis() -> None:
    one = chart(0, 4)
    assert one.lines[0].marks[0].y == one.y_labels[0][0]
    assert one.gaps == []


def test_a_partial_week_is_open_and_says_at_least() -> None:
    one = chart(5, 3, partial=(1,), today=1)
    assert [mark.open for mark in one.lines[0].marks] == [False, True]
    assert one.cells(one.weeks[1]) == ["At least 3"]
    assert one.running is not None


def test_the_summary_compares_the_newest_full_week_with_the_first() -> None:
    assert chart(9, 4).summary == [
        "Sessions: 4 in the week of 9 March 2026, down from 9 in the week of 2 March 2026."
    ]
    assert chart(None, None).summary[0] == "Sessions: nothing is known of any full week."
    assert chart(3, 8, 7, today=2).summary[0].startswith("Sessions: 8 in the week of 9 March")


values = st.lists(st.none() | st.floats(0, 1e6), min_size=1, max_size=60)


@given(values)
def test_everything_lies_inside_the_picture(found: list[float | None]) -> None:
    one = chart(*found)
    for mark in one.lines[0].marks:
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.y <= HEIGHT
    for band in one.gaps:
        assert band.x >= 0
        assert band.x + band.width <= WIDTH + 1
    assert len(one.lines[0].marks) == sum(value is not None for value in found)
