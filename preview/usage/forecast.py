"""When use ends, as a range: simulated from how likely each organisation stops in a week.

The slowest organisation sets the end, so a line through totals is too early. Each organisation has
a weekly chance (hazard) of stopping that nobody knows; over all organisations the hazards follow a
gamma distribution. Its shape and mean are learnt from who stopped when and who has not yet, on a
grid, with all their uncertainty. Then, thousands of times: draw shape and mean, each remaining
organisation's hazard given that it lasted so long, and its end; the last end is the end of all.

One that has been silent for a while may have stopped already: with its rate, so likely is the
silence. One that is blocked begins when its blocker is expected to be resolved.

Source: Lomax (Pareto II) survival of exponentials with gamma frailty; Monte Carlo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST_WEEKS = 12
RUNS = 4_000
SEED = 20_260_101
SHAPES = np.geomspace(1.5, 16.0, 24)  # below, the tail has no mean to speak of
MEANS = np.geomspace(0.004, 0.6, 40)
LONGEST_WEEKS = 52 * 20
MOST_FALLING = 4.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Organisation:
    """What the forecast needs of an organisation, in weeks.

    `at_risk` is how long it could have stopped: since measuring began or its blocker was resolved,
    until it stopped or until now. `stopped`: its silence is convincing. `silent` is the time since
    its last use, `rate` its sessions a week before. `opens_in` is when its blocker is expected to
    be resolved: 0 for none, None where nobody knows. `falling` is how many times less it is used
    now than before, at least 1.
    """

    at_risk: float
    stopped: bool = False
    silent: float = 0.0
    rate: float = 1.0
    opens_in: float | None = 0.0
    falling: float = 1.0


@dataclass(frozen=True)
class Outlook:
    """Weeks from now to the end: 10, 50 and 90 % of the simulated ends; or why there is none."""

    early: float | None = None
    middle: float | None = None
    late: float | None = None
    refusal: str = ""


def outlook(
    organisations: Sequence[Organisation], weeks_of_data: float, *, seed: int = SEED
) -> Outlook:
    """Return when the last organisation stops; the same input gives the same answer."""
    active = [one for one in organisations if not one.stopped]
    if refusal := why_none(active, weeks_of_data):
        return Outlook(refusal=refusal)
    if not active:
        return Outlook(0.0, 0.0, 0.0)
    generator = np.random.default_rng(seed)
    shapes, scales = drawn(organisations, generator)
    ends = simulated(active, shapes, scales, generator)
    early, middle, late = np.quantile(ends.max(axis=1), [0.1, 0.5, 0.9])
    return Outlook(float(early), float(middle), float(late))


def why_none(active: Sequence[Organisation], weeks_of_data: float) -> str:
    """Return why no honest forecast can be made, empty where one can."""
    if weeks_of_data < FEWEST_WEEKS:
        return (
            f"No forecast: there are {int(weeks_of_data)} weeks of data, "
            f"and {FEWEST_WEEKS} are needed."
        )
    undated = sum(one.opens_in is None for one in active)
    if undated:
        who = "1 organisation is" if undated == 1 else f"{undated} organisations are"
        return f"No forecast: {who} blocked, and nobody knows when that ends."
    return ""


def drawn(
    organisations: Sequence[Organisation], generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw shapes and scales (weeks) of the hazards' distribution as the data allow."""
    weights = likelihood(organisations)
    chosen = generator.choice(weights.size, size=RUNS, p=weights.ravel())
    shape_places, mean_places = np.unravel_index(chosen, weights.shape)
    shapes = SHAPES[shape_places]
    return shapes, shapes / MEANS[mean_places]


def likelihood(organisations: Sequence[Organisation]) -> Floats:
    """Return how well each shape (rows) and mean hazard (columns) fits, adding up to 1.

    A stop after t weeks has density a bᵃ/(b+t)ᵃ⁺¹, lasting longer than t the chance (b/(b+t))ᵃ.
    An organisation that is silent counts as lasting until its last use.
    """
    shape = SHAPES[:, None]
    scale = shape / MEANS[None, :]
    found = np.zeros_like(scale)
    for one in organisations:
        if one.opens_in != 0:
            continue
        lasted = max(0.5, one.at_risk if one.stopped else one.at_risk - one.silent)
        found += shape * (np.log(scale) - np.log(scale + lasted))
        if one.stopped:
            found += np.log(shape) - np.log(scale + lasted)
    weights = np.exp(found - found.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def simulated(
    active: Sequence[Organisation],
    shapes: Floats,
    scales: Floats,
    generator: np.random.Generator,
) -> Floats:
    """Return simulated ends in weeks from now: a row a run, a column an organisation."""
    waits = np.array([one.opens_in or 0.0 for one in active])
    lasted = np.array([0.0 if one.opens_in else one.at_risk for one in active])
    hazards = generator.gamma(shapes[:, None], 1 / (scales[:, None] + lasted[None, :]))
    hazards *= np.clip([one.falling for one in active], 1.0, MOST_FALLING)
    ends = waits + generator.exponential(1 / np.maximum(hazards, 1e-9))
    gone = generator.random(ends.shape) < already_stopped(active, shapes, scales, lasted)
    return np.asarray(np.minimum(np.where(gone, 0.0, ends), LONGEST_WEEKS), dtype=np.float64)


def already_stopped(
    active: Sequence[Organisation], shapes: Floats, scales: Floats, lasted: Floats
) -> Floats:
    """Return how likely each organisation's silence is its end, by Bayes' rule."""
    silent = np.array([0.0 if one.opens_in else one.silent for one in active])
    rates = np.array([one.rate for one in active])
    hazard = shapes[:, None] / (scales[:, None] + lasted[None, :])
    stopped = 1 - np.exp(-hazard * silent[None, :])
    by_chance = np.exp(-rates * silent)[None, :]
    chance = stopped / np.maximum(stopped + (1 - stopped) * by_chance, 1e-12)
    return np.asarray(np.where(silent[None, :] > 0, chance, 0.0), dtype=np.float64)
