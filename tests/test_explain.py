"""What `explain` promises to anybody who calls it."""

import numpy as np
import pandas as pd
import pytest

from backstory.cause import explain
from backstory.cause.simulate import simulate
from backstory.errors import InputError

FORBIDDEN = ("damage", "safe", "diagnos", "risk", "dose", "exposure", "you are clear")


def simulated(points: float = 0.0, days: int = 200, seed: int = 5) -> pd.DataFrame:
    year = simulate(np.random.default_rng(seed), days, points)
    index = pd.date_range("2026-01-05", periods=days)
    return pd.DataFrame({"pain": year.pain, "load": year.load}, index=index)


def test_a_large_effect_is_found_with_its_sign_and_size() -> None:
    days = simulated(points=2.0, days=365)
    effect = explain(days).effects.iloc[0]
    assert effect["verdict"] == "worse"
    assert effect["lo90"] < 2.0 < effect["hi90"]
    assert effect["points_per_morning"] == pytest.approx(effect["points"] / effect["mornings"])
    assert 1 <= effect["delay_days"] <= 3
    assert effect["mean"] == pytest.approx(days["load"].mean())
    assert effect["sd"] == pytest.approx(days["load"].std())


def test_an_effect_that_helps_is_said_as_readily() -> None:
    answer = explain(simulated(points=-2.0, days=365))
    assert answer.verdict == "better"
    assert "followed by less pain" in answer.text


def test_units_and_order_of_rows_do_not_matter() -> None:
    days = simulated(points=1.0)
    plain = explain(days).effects.iloc[0]
    scaled = explain(days.assign(load=days["load"] * 1000).sample(frac=1, random_state=1)).effects.iloc[0]
    assert scaled["points"] == pytest.approx(plain["points"], rel=1e-9)
    assert scaled["sd"] == pytest.approx(1000 * plain["sd"])


def test_a_missing_day_is_a_day_not_recorded() -> None:
    days = simulated()
    gaps = days["pain"].isna() & (days["load"] == 0)
    holes = days.copy()
    holes.loc[gaps, "load"] = np.nan
    assert explain(days[~gaps]).effects.equals(explain(holes).effects)


def test_more_questions_ask_for_more_evidence() -> None:
    """Questions that cannot be answered change nothing but the number of questions."""
    days = simulated(points=0.7, days=150, seed=7).assign(one=1.0, two=1.0, three=1.0)
    alone, among_four = explain(days, exposures=["load"], weekly=False), explain(days, weekly=False)
    assert alone.effects["points"].tolist() == among_four.effects["points"].tolist()[:1]
    assert (alone.verdict, among_four.verdict) == ("worse", "no clear effect")


def test_weekly_is_the_stricter_look() -> None:
    claims = {True: 0, False: 0}
    for seed in range(30):
        days = simulated(points=0.6, days=150, seed=seed)
        for weekly in claims:
            claims[weekly] += explain(days, weekly=weekly).verdict == "worse"
    assert 0 < claims[True] < claims[False]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda d: d.iloc[:20], "mornings"),
        (lambda d: d.assign(load=d["load"].where(np.cumsum(d["load"] > 0) <= 7, 0)), "1 more training days (7 of 8)"),
        (lambda d: d.assign(pain=np.nan), "28 more scored mornings (0 of 28)"),
        (lambda d: d.assign(pain=3.0), "every score is the same"),
        (lambda d: d.assign(load=0.0), "8 more training days (0 of 8)"),
    ],
)
def test_too_little_is_said_with_what_is_missing(change: object, missing: str) -> None:
    answer = explain(change(simulated()))  # type: ignore[operator]
    assert answer.verdict == "not enough data"
    assert missing in answer.text
    assert answer.effects["points"].isna().all()


def test_twenty_eight_scores_and_eight_training_days_are_enough() -> None:
    days = simulated(days=120)
    scored = np.cumsum(days["pain"].notna()) <= 28
    assert explain(days.assign(pain=days["pain"].where(scored))).verdict != "not enough data"
    assert (
        explain(days.assign(pain=days["pain"].where(np.cumsum(days["pain"].notna()) <= 27))).verdict
        == "not enough data"
    )


def test_a_constant_or_doubled_exposure_leaves_the_rest_standing() -> None:
    days = simulated(points=2.0, days=365)
    answer = explain(days.assign(constant=5.0, double=2 * days["load"], never=np.nan))
    verdicts = dict(zip(answer.effects["exposure"], answer.effects["verdict"], strict=True))
    assert verdicts == {
        "load": "worse", "constant": "not enough data", "double": "not enough data", "never": "not enough data"
    }  # fmt: skip
    assert "does not vary enough" in answer.text


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (simulated().assign(pain=11.0), "between 0 and 10"),
        (simulated().assign(load=np.inf), "infinite"),
        (pd.concat([simulated(), simulated()]), "Each day may stand once"),
        (simulated().drop(columns="pain"), "no column 'pain'"),
        (simulated()[["pain"]], "nothing to ask about"),
        (simulated().iloc[:0], "no days"),
        (simulated().assign(load="heavy"), "hold numbers"),
        (simulated().set_axis([f"day {n}" for n in range(200)]), "indexed by date"),
    ],
)
def test_days_that_cannot_be_are_refused_in_one_clear_line(days: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        explain(days)
    assert "\n" not in str(refused.value)


def test_other_exposures_are_named_by_the_caller() -> None:
    with pytest.raises(InputError, match="once"):
        explain(simulated(), exposures=["load", "load"])
    with pytest.raises(InputError, match="no column 'gardening'"):
        explain(simulated(), exposures=["gardening"])


@pytest.mark.parametrize("points", [-2.0, 0.0, 2.0])
def test_the_text_is_for_people(points: float) -> None:
    answer = explain(simulated(points=points, days=300).assign(sleep_h=7.0))
    text = answer.text.lower()
    assert not [word for word in FORBIDDEN if word in text]
    assert "people notice a change of 2" in text and "cannot know what nobody recorded" in text and "every week" in text
    assert "202" in text, "a day of the person's own stands as the example"


def test_the_rise_over_the_usual_is_asked_by_name() -> None:
    days = simulated(days=300)
    effects = explain(days, exposures=["load", "rise"]).effects.set_index("exposure")
    assert effects.loc["rise", "mornings"] == 1
    assert float(str(effects.loc["rise", "lo90"])) < 0 < float(str(effects.loc["rise", "hi90"]))
    own = explain(days.assign(rise=np.arange(300) % 3), exposures=["load", "rise"]).effects.set_index("exposure")
    assert own.loc["rise", "mean"] == pytest.approx(1.0), "a column of that name is the caller's own"


def test_painkillers_are_never_called_a_cause() -> None:
    """Taken on the days when the back hurts, they go before pain, since pain has a memory."""
    days = simulated(days=365)
    felt = days["pain"].ffill().fillna(3)
    days["painkiller"] = ((felt >= 4) | (felt.shift(-1).fillna(3) >= 5)).astype(float)
    alone = explain(days, exposures=["load"], weekly=False).effects
    effects = explain(days, weekly=False).effects.set_index("exposure")
    assert effects.loc["painkiller", "verdict"] == "no clear effect"
    assert effects.loc["load", "verdict"] == alone["verdict"].iloc[0], "they take no share of the threshold"


def test_the_delay_has_a_band_where_something_was_found() -> None:
    effect = explain(simulated(points=2.0, days=365)).effects.iloc[0]
    assert 1 <= effect["delay_lo90"] < effect["delay_days"] < effect["delay_hi90"] <= 7
    assert effect["points_per_unit"] == pytest.approx(effect["points"] / effect["sd"])


@pytest.mark.parametrize("jump", [-1.5, 1.5])
def test_a_routine_and_a_pain_level_that_change_together_make_no_effect(jump: float) -> None:
    claims = 0
    for seed in range(20):
        days = simulated(days=200, seed=seed)
        half = np.arange(200) >= 100
        pain = (days["pain"] + jump * half).clip(0, 10)
        claims += explain(days.assign(load=days["load"] * (1 + half), pain=pain), weekly=False).verdict == "worse"
    assert claims <= 3


def test_the_time_zone_of_the_index_is_the_persons_own() -> None:
    days = simulated()
    assert explain(days.tz_localize("Europe/Berlin")).effects.equals(explain(days).effects)


def test_thirty_years_answer() -> None:
    days = simulated(days=30 * 365)
    assert explain(days).verdict in ("worse", "better", "no clear effect")
