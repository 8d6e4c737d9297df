"""Line charts as server-rendered SVG: their geometry, and a summary in words made from the data.

Every chart has a heading, a description, a summary and the table of its data beneath. Lines differ
by colour, dash and marker. A week without data is a gap with a band that says so; a partial week
has an open marker, and the running week is hatched. The axis begins at zero.

Source: Government Analysis Function, "Data visualisation: charts" and its colour palette.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil, floor, log10

from preview.usage.metrics.weeks import Known, Point
from preview.web.usage import wording

WIDTH, HEIGHT = 640.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 16.0, 24.0, 40.0
TWO = ("#12436D", "#F46A25")
FOUR = ("#12436D", "#28A197", "#801650", "#F46A25")
DASHES = ("", "8 4", "2 4", "12 4 2 4")
MARKERS = ("circle", "square", "diamond", "triangle")
X_LABELS = 5


@dataclass(frozen=True)
class Series:
    """A line: its name, its values by week, and what one of them is called."""

    title: str
    points: Sequence[Point]
    is_share: bool = False


@dataclass(frozen=True)
class Mark:
    """A value in the picture; open where it is partial."""

    x: float
    y: float
    open: bool


@dataclass(frozen=True)
class Line:
    """A series in the picture: stretches without gaps, its marks, and how it looks."""

    title: str
    colour: str
    dash: str
    marker: str
    stretches: list[str]
    marks: list[Mark]


@dataclass(frozen=True)
class Band:
    """A stretch of weeks that is drawn as one area."""

    x: float
    width: float


@dataclass
class Chart:
    """A chart, ready to be drawn by `_chart.html`."""

    id: str
    title: str
    description: str
    summary: list[str]
    series: Sequence[Series]
    weeks: list[date]
    lines: list[Line] = field(default_factory=list)
    gaps: list[Band] = field(default_factory=list)
    running: Band | None = None
    x_labels: list[tuple[float, str]] = field(default_factory=list)
    y_labels: list[tuple[float, str]] = field(default_factory=list)
    notes: list[tuple[float, str]] = field(default_factory=list)
    target: float | None = None

    def cells(self, week: date) -> list[str]:
        """Return a row of the table."""
        return [told(one, self.weeks.index(week)) for one in self.series]


def line_chart(
    place: str,
    title: str,
    description: str,
    series: Sequence[Series],
    *,
    today: date,
    notes: Sequence[tuple[date, str]] = (),
    target: float | None = None,
) -> Chart:
    """Return a chart of at most four series over the same weeks."""
    weeks = [point.week for point in series[0].points]
    scale = Scale(weeks, top_of(series, target), series[0].is_share)
    chart = Chart(place, title, description, summaries(series, today), series, weeks)
    colours = TWO if len(series) <= len(TWO) else FOUR
    for place_of, one in enumerate(series[: len(FOUR)]):
        chart.lines.append(
            drawn(one, scale, colours[place_of], DASHES[place_of], MARKERS[place_of])
        )
    chart.gaps = scale.gaps(series[0].points)
    if weeks[-1] <= today < weeks[-1] + timedelta(days=7):
        chart.running = Band(scale.x(len(weeks) - 1) - scale.step / 2, scale.step / 2)
    every = max(1, ceil(len(weeks) / X_LABELS))
    chart.x_labels = [
        (scale.x(n), wording.short_day(week)) for n, week in enumerate(weeks) if n % every == 0
    ]
    chart.y_labels = scale.y_labels()
    first, last = weeks[0], weeks[-1] + timedelta(days=6)
    chart.notes = [
        (scale.x((day - first).days / 7), text) for day, text in notes if first <= day <= last
    ]
    chart.target = None if target is None else scale.y(target)
    return chart


@dataclass(frozen=True)
class Scale:
    """Where weeks and values lie in the picture."""

    weeks: Sequence[date]
    top: float
    is_share: bool

    @property
    def step(self) -> float:
        """Return the width of a week."""
        return (WIDTH - LEFT - RIGHT) / max(1, len(self.weeks) - 0.5)

    def x(self, place: float) -> float:
        """Return where a week lies."""
        return round(LEFT + self.step * (place + 0.25), 1)

    def y(self, value: float) -> float:
        """Return where a value lies."""
        height = HEIGHT - TOP - BOTTOM
        return round(HEIGHT - BOTTOM - height * min(1.0, value / self.top), 1)

    def y_labels(self) -> list[tuple[float, str]]:
        """Return the labels of the axis, from zero."""
        values = [self.top * part / 4 for part in range(5)]
        if not self.is_share and self.top < 4:
            values = [float(n) for n in range(int(self.top) + 1)]
        text = wording.share if self.is_share else wording.number
        return [(self.y(value), text(value)) for value in values]

    def gaps(self, points: Sequence[Point]) -> list[Band]:
        """Return the stretches of weeks without data, joined."""
        bands: list[Band] = []
        for place, point in enumerate(points):
            if point.state != Known.MISSING:
                continue
            x, width = self.x(place) - self.step / 2, self.step
            if bands and abs(bands[-1].x + bands[-1].width - x) < 1:
                x, width = bands[-1].x, bands[-1].width + self.step
                bands.pop()
            left, right = max(LEFT, x), min(WIDTH, x + width)
            bands.append(Band(round(left, 1), round(right - left, 1)))
        return bands


def top_of(series: Sequence[Series], target: float | None) -> float:
    """Return a round number that no value is above; shares go up to 1."""
    if series[0].is_share:
        return 1.0
    values = [point.value for one in series for point in one.points if point.value is not None]
    most = max([*values, target or 0.0, 1.0])
    unit = 10 ** floor(log10(most))
    rounds = (1, 2, 4, 8, 10)
    return float(next(unit * n for n in rounds if unit * n >= most))


def drawn(one: Series, scale: Scale, colour: str, dash: str, marker: str) -> Line:
    """Return a series as stretches between its gaps."""
    stretches: list[list[str]] = [[]]
    marks = []
    for place, point in enumerate(one.points):
        if point.value is None:
            stretches.append([])
            continue
        x, y = scale.x(place), scale.y(point.value)
        stretches[-1].append(f"{x},{y}")
        marks.append(Mark(x, y, point.state == Known.PARTIAL))
    whole = [" ".join(part) for part in stretches if len(part) > 1]
    return Line(one.title, colour, dash, marker, whole, marks)


def told(one: Series, place: int) -> str:
    """Return a value in words: with what is not known about it."""
    point = one.points[place]
    if point.value is None:
        return wording.NO_DATA if point.state == Known.MISSING else "None to share"
    text = wording.share(point.value) if one.is_share else wording.number(point.value)
    partial = point.state == Known.PARTIAL and not one.is_share
    return f"At least {text}" if partial else text


def summaries(series: Sequence[Series], today: date) -> list[str]:
    """Return what the lines show, a sentence each, and how much is not known."""
    found = [summary(one, today) for one in series]
    points = series[0].points
    missing = sum(point.state == Known.MISSING for point in points)
    if missing:
        found.append(f"There is no data for {wording.plural(missing, 'week')}.")
    return found


def summary(one: Series, today: date) -> str:
    """Return the newest full week beside the first known one."""
    full = [
        (place, point.value)
        for place, point in enumerate(one.points)
        if point.value is not None and point.week + timedelta(days=6) < today
    ]
    if not full:
        return f"{one.title}: nothing is known of any full week."
    (first, before), (last, now) = full[0], full[-1]
    text = told(one, last)
    start = f"{one.title}: {text.lower() if text.startswith('At') else text} in the week of"
    sentence = f"{start} {wording.day(one.points[last].week)}"
    if last == first:
        return f"{sentence}."
    way = "the same as" if now == before else "down from" if now < before else "up from"
    then = told(one, first)
    then = then.lower() if then.startswith("At") else then
    return f"{sentence}, {way} {then} in the week of {wording.day(one.points[first].week)}."
