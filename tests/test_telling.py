"""An answer in words: of every kind, never more certain than its numbers, in words for people."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backstory.cause import BETTER, TOO_LITTLE, UNCLEAR, WORSE, Answer, Check, explain, tell_parts
from backstory.cause.finding import Finding, finding
from backstory.cause.fortnight import fortnights, tell_fortnights
from backstory.cause.open_questions import OPEN, RULED_OUT, Pace, Standing, standing
from backstory.cause.sentences import brief, headline, paragraph
from backstory.cause.simulate import simulate
from backstory.cause.telling import change_of_mind, everything, lowered, one_sentence
from backstory.cause.wording import LABELS, NUMBERS, at_most, label
from backstory.journal.answered import Report
from backstory.load import EXPOSURE_UNITS

FORBIDDEN = ("damage", "safe", "diagnos", "risk", "dose", "exposure", "you are clear", "_", "nan", "-0.0", "+")
PACE = Pace(scored=60, a_week=6.0, standard_errors=2.3)
FAILED, PASSED, NOT_APPLICABLE = (Check("one week", passed, "A sentence.") for passed in (False, True, None))


def simulated(points: float, days: int, seed: int) -> pd.DataFrame:
    year = simulate(np.random.default_rng(seed), days, points)
    index = pd.date_range("2026-01-05", periods=days)
    return pd.DataFrame({"pain": year.pain, "load": year.load}, index=index)


def short(seed: int) -> pd.DataFrame:
    """Too few days for most effects."""
    return simulated(0.6, 40, seed)


def beside(days: pd.DataFrame) -> pd.DataFrame:
    """Days with other columns beside the load, none of which has an effect."""
    rng, size = np.random.default_rng(8), len(days)
    return days.assign(
        sleep_h=rng.normal(7.2, 1.0, size), steps=rng.normal(8000, 2500, size).clip(0), constant=3.0,
        painkiller=(rng.random(size) < 0.15).astype(float), hard_sets=12 * days["load"],
    )  # fmt: skip


def slept(days: pd.DataFrame) -> pd.DataFrame:
    """Days on which longer nights are followed by less pain."""
    sleep = pd.Series(np.random.default_rng(4).normal(7.2, 1.0, len(days)), days.index)
    return days.assign(sleep_h=sleep, pain=(days["pain"] - 1.2 * (sleep.shift(1) - 7.2).fillna(0)).clip(0, 10))


def rising(days: pd.DataFrame) -> pd.DataFrame:
    """Days on which a week above the usual, by itself, is followed by more pain."""
    load = days["load"] * (1 + 0.8 * np.sin(np.arange(len(days)) / 12))
    rise = (load.rolling(7).mean() - load.shift(7).rolling(21).mean()).clip(lower=0).shift(1).fillna(0)
    return days.assign(load=load, pain=(days["pain"] + 6 * rise).clip(0, 10))


def half_known(days: pd.DataFrame) -> pd.DataFrame:
    """Days of which too few are known, so that a check is not passed."""
    return days.assign(load=days["load"].where(np.random.default_rng(2).random(len(days)) < 0.6))


KINDS: dict[str, Callable[[], Answer]] = {
    "worse": lambda: explain(simulated(1.2, 365, 1)),
    "better": lambda: explain(simulated(-1.5, 365, 2)),
    "open": lambda: next(one for one in map(explain, map(short, range(40))) if "Still open" in one.findings),
    "ruled out": lambda: explain(simulated(0.0, 365, 4)),
    "too little": lambda: explain(simulated(0.0, 20, 4)),
    "nothing yet": lambda: explain(simulated(0.0, 20, 4).assign(pain=np.nan, load=np.nan)),
    "rise": lambda: explain(rising(simulated(0.0, 365, 7)), exposures=["load", "rise"]),
    "sleep": lambda: explain(slept(simulated(0.0, 300, 7)), exposures=["load", "sleep_h"]),
    "several": lambda: explain(beside(simulated(1.5, 300, 7))),
    "painkillers": lambda: explain(beside(simulated(0.0, 200, 7)), exposures=["painkiller"]),
    "lowered": lambda: explain(half_known(simulated(1.5, 365, 1))),
}


@cache
def answer(kind: str) -> Answer:
    return KINDS[kind]()


def row(kind: str, exposure: str = "load") -> dict[str, Any]:
    (found,) = [one for one in answer(kind).effects.to_dict("records") if one["exposure"] == exposure]
    return {str(name): value for name, value in found.items()}


def words(kind: str) -> str:
    whole = everything(answer(kind))
    return "\n".join([whole.sentence, *whole.paragraphs, whole.fortnight_text, *whole.caveats, answer(kind).text])


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_every_kind_is_for_people(kind: str) -> None:
    text = words(kind)
    assert not [word for word in FORBIDDEN if word in text.lower()], text
    assert not re.search(r"  |\.\.|\d\.\d\d|,\.|\(\)", text), "two blanks, two stops, two decimals, an empty bracket"
    sentence = one_sentence(answer(kind))
    assert sentence[0].isupper() and sentence.endswith(".") and "\n" not in sentence


def test_more_pain_is_told_with_the_numbers_of_the_effect() -> None:
    effect, text = row("worse"), answer("worse").findings
    assert one_sentence(answer("worse")) == "Days with more load on the low back are followed by more pain."
    assert f"On each of the {NUMBERS[effect['mornings']]} mornings after a day like {example_day(text)}" in text
    assert f"about {effect['points_per_morning']:.1f} points more, {effect['points']:.1f} in all" in text
    assert f"({effect['lo90']:.1f} to {effect['hi90']:.1f}; people notice a change of 2)" in text
    ends = f"({effect['delay_lo90']:.1f} to {effect['delay_hi90']:.1f})"
    assert f"{effect['delay_days']:.1f} days later {ends}" in text


def example_day(text: str) -> str:
    found = re.search(r"a day like (\d+ \w+ 2026)", text)
    assert found is not None
    return found[1]


def test_the_example_is_a_day_of_ones_own_about_one_standard_deviation_above_the_mean() -> None:
    effect, days = row("worse"), answer("worse").days
    load = float(days["load"][pd.Timestamp(example_day(answer("worse").text))])
    assert (load - effect["mean"]) / effect["sd"] == pytest.approx(1, abs=0.15)
    assert f"({load / days['load'][days['load'] > 0].median():.1f} x your usual training day)" in answer("worse").text


def test_less_pain_is_told_as_readily_and_that_rest_is_followed_by_more() -> None:
    effect, text = row("better"), answer("better").findings
    assert one_sentence(answer("better")).endswith("are followed by less pain, rest days by more.")
    assert f"{-effect['points_per_morning']:.1f} points less, {-effect['points']:.1f} in all" in text
    assert f"({-effect['hi90']:.1f} to {-effect['lo90']:.1f}; people notice" in text
    rest = [-effect[name] * effect["mean"] / effect["sd"] for name in ("points", "hi90", "lo90")]
    assert f"after a rest day it hurt about {rest[0]:.1f} points more in all ({rest[1]:.1f} to {rest[2]:.1f})" in text


def test_who_never_rests_is_told_of_days_with_less() -> None:
    told = Finding("load", BETTER, "a day like 3 May 2026", -1.0, -1.5, -0.5)
    assert headline(told, Standing("found")).endswith("followed by less pain, days with less by more.")


def test_longer_nights_are_told_as_nights() -> None:
    text = answer("sleep").findings.split("\n")[1]
    assert text.startswith("Longer nights are followed by less pain, shorter ones by more.")
    night = r"after a night like that of \d+ \w+ 2026 \(\d\.\d h; your average is 7\.\d\)"
    assert re.search(rf"On (the|each of the two|each of the three) mornings? {night}", text)


def test_a_rise_is_told_as_a_week_above_the_usual() -> None:
    told, effect = answer("rise"), row("rise", "rise")
    share = (effect["mean"] + effect["sd"]) / told.days["load"].mean()
    assert effect["verdict"] == WORSE, "the simulated effect is large"
    assert "Weeks that rise above your usual are followed by more pain." in told.text
    assert f"On a morning after a week with {share:.0%} more load on the low back than your usual one" in told.text
    numbers = f"{effect['points']:.1f} points more than otherwise ({effect['lo90']:.1f} to {effect['hi90']:.1f}"
    assert numbers in told.text


def test_what_is_open_says_how_much_is_possible_and_for_how_long() -> None:
    effect, text = row("open"), answer("open").findings
    assert effect["verdict"] == UNCLEAR
    at_least = max(effect["hi90"], -effect["lo90"]) / min(effect["mornings"], 3)
    assert f"Still open: up to {at_most(at_least):.1f} a morning" in text
    assert re.search(r"(up to|more than) \d\.\d less|less pain is unlikely", text)
    assert re.search(r"about (one more week|\d+ more weeks)\.|more than a year", text)
    assert "are followed by" not in words("open")
    assert "cannot be said yet" in everything(answer("open")).fortnight_text


def test_what_is_ruled_out_says_what_is_unlikely() -> None:
    effect = row("ruled out")
    largest = max(effect["hi90"], -effect["lo90"]) / min(effect["mornings"], 3)
    assert f"So more than {at_most(largest):.1f} a morning is unlikely, up or down." in answer("ruled out").findings
    assert f"more than {at_most(largest):.1f} points a morning is unlikely" in one_sentence(answer("ruled out"))
    assert f"anything from {-effect['lo90']:.1f} less to {effect['hi90']:.1f} more fits" in answer("ruled out").text


def test_too_little_says_what_it_takes_and_what_could_be_found_by_when() -> None:
    whole = everything(answer("too little"))
    assert whole.sentence == "There is no answer yet: it takes 10 more scored mornings (18 of 28)."
    assert {row.day for row in whole.chances} == {30, 90, 180} and not whole.fortnights and not whole.caveats
    assert "ten people like you (going by your 18 scores" in answer("too little").text
    assert "in ten typical people" in answer("nothing yet").text


def test_painkillers_are_never_called_a_cause() -> None:
    said = "Painkillers are taken because of pain: they are held constant here, and never called a cause."
    assert answer("painkillers").findings == one_sentence(answer("painkillers")) == said
    assert said in answer("several").text


def test_what_was_not_found_beside_an_effect_takes_a_line() -> None:
    main, others, lockstep = answer("several").findings.split("\n")
    assert main.startswith("Days with more load on the low back are followed by more pain.")
    assert re.search(r"Sleep( and steps)?: more than 0\.\d a morning is unlikely", others)
    assert "Constant: too little to say anything; it does not vary enough" in others and "Hard sets" not in others
    assert lockstep.startswith(
        "Load on the low back and hard sets always come together here: they cannot be told apart"
    )


def test_a_failed_check_takes_the_claim_back_and_the_text_says_so() -> None:
    told, effect = answer("lowered"), row("lowered")
    assert effect["verdict"] == WORSE, "the estimator's own verdict stands in the table"
    assert "are followed by" not in words("lowered")
    failed = [check.name for check in told.checks if check.passed is False]
    assert failed and all(f"“{name}”" in told.findings for name in failed)
    assert "would say “followed by more pain”" in one_sentence(told) and f"{effect['points']:.1f}" in told.findings
    assert not everything(told).fortnights
    assert "the training that your log does not hold" in told.caveats


def test_the_report_of_a_lowered_answer_claims_nothing_and_asks_for_no_parts() -> None:
    taken_back, stands = (
        Report(
            main=main,
            parts=main,
            lockstep=[("load_squat", "load_hinge")],
            others=None,
            left_out_before=None,
            checks=tuple(main.checks),
            covered=(),
            next_step="Next: go on.",
            update="",
        )
        for main in (answer("lowered"), answer("worse"))
    )
    assert taken_back.verdict == UNCLEAR and "Which part" not in taken_back.text
    assert stands.verdict == WORSE and "Which part of it? Days with more load" in stands.text


@pytest.mark.parametrize("verdict", [WORSE, BETTER, UNCLEAR, TOO_LITTLE])
def test_only_claims_are_lowered_and_only_by_checks_that_failed(verdict: str) -> None:
    assert lowered(verdict, [PASSED, NOT_APPLICABLE]) == (verdict, "")
    said, sentence = lowered(verdict, [PASSED, FAILED, NOT_APPLICABLE])
    if verdict in (WORSE, BETTER):
        assert said == UNCLEAR and "the check “one week”, so" in sentence
    else:
        assert (said, sentence) == (verdict, "")
    assert "the checks “one week” and “two weeks”" in lowered(WORSE, [FAILED, replace(FAILED, name="two weeks")])[1]


def test_parts_that_come_together_are_told_with_the_trial_that_would_tell() -> None:
    text = tell_parts(None, [("load_squat", "load_hinge")])
    assert text == (
        "Squatting and hinging always come together here: they cannot be told apart. A self-trial would tell: heavy "
        "squatting against light squatting, hinging kept the same."
    )
    assert tell_parts(None, [("load_push", "load_pull", "load_carry")]) == (
        "Pushing, pulling and carrying always come together here: they cannot be told apart. Days with much of one and "
        "little of another would tell."
    )


def test_parts_that_were_asked_about_are_told() -> None:
    text = tell_parts(answer("several"))
    assert text.startswith("Days with more load on the low back") and "Painkillers are taken because" in text
    assert "28 more scored mornings" in tell_parts(answer("nothing yet"))


@pytest.mark.parametrize("verdict", [WORSE, BETTER, UNCLEAR])
@pytest.mark.parametrize("checks", [[], [FAILED]])
@pytest.mark.parametrize("main", ["load", "load_squat", "sleep_h"])
def test_what_would_change_its_mind_is_one_concrete_sentence(verdict: str, checks: list[Check], main: str) -> None:
    text = change_of_mind(verdict, checks, main)
    assert text.startswith("What would change its mind: ") and text.endswith(".") and text.count(".") == 1
    assert ("self-trial" in text) == (main != "sleep_h")
    assert ("another week in which it shows" in text) == bool(checks)


def test_weekly_looks_are_named_only_where_the_threshold_allows_for_them() -> None:
    assert "You may look every week: the threshold allows for it." in answer("worse").caveats
    assert "week:" not in explain(simulated(0.0, 60, 3), weekly=False).text


def test_every_column_of_the_daily_table_has_its_name() -> None:
    told_by_people = {"sleep_h", "sleep_quality", "sitting_h", "steps", "stress", "painkiller", "rise"}
    assert LABELS.keys() == EXPOSURE_UNITS.keys() | told_by_people
    assert label("unaccustomed_sets") == "sets of exercises new to you" and label("my_own") == "my own"


POINTS = st.floats(-4, 4)


@st.composite
def findings(draw: st.DrawFn, verdicts: tuple[str, ...] = (WORSE, BETTER, UNCLEAR)) -> Finding:
    """A finding whose numbers go together."""
    verdict, size, half = draw(st.sampled_from(verdicts)), draw(st.floats(0.05, 4)), draw(st.floats(0.02, 2))
    points = size if verdict == WORSE else -size if verdict == BETTER else draw(POINTS)
    exposure = draw(st.sampled_from(["load", "load_hinge", "sleep_h", "steps", "hard_sets", "my_own"]))
    return Finding(
        exposure, verdict, "a day like 3 May 2026", points, points - half, points + half,
        mornings=draw(st.integers(1, 7)), in_a_row=draw(st.sampled_from([True, False, None])),
        delay_days=(2.0, 1.0, 3.0), rest=draw(st.sampled_from([None, (-points, -points - half, -points + half)])),
    )  # fmt: skip


@given(findings((WORSE, BETTER)))
def test_a_claim_holds_the_numbers_it_rests_on(told: Finding) -> None:
    text = paragraph(told, standing(told, PACE))
    more = "more" if told.verdict == WORSE else "less"
    assert f"followed by {more} pain" in text
    if round(abs(told.a_morning), 1):
        assert f"about {abs(told.a_morning):.1f} points {more}" in text
    else:
        assert f"less than 0.1 points {more}" in text
    assert (f"{abs(told.points):.1f} in all" in text) == (told.mornings > 1)
    if told.low > 0.05 or told.high < -0.05:
        near, far = sorted((abs(told.low), abs(told.high)))
        assert f"({near:.1f} to {far:.1f}; people notice" in text
    elif told.low < -0.05 and told.high > 0.05:
        assert f"({-told.low:.1f} less to {told.high:.1f} more; people notice" in text, "both directions are named"
    assert not [word for word in FORBIDDEN if word in text.lower()]


@given(findings((WORSE,)))
def test_less_pain_is_told_in_the_words_of_more(told: Finding) -> None:
    """But for the rest days, which are named where training is followed by less pain."""
    assume(told.low > 0.05)
    told = replace(told, rest=None)
    mirrored = replace(told, verdict=BETTER, points=-told.points, low=-told.high, high=-told.low)
    where = standing(told, PACE)
    worse, better = (paragraph(one, where).removeprefix(headline(one, where)) for one in (told, mirrored))
    assert worse.replace(" more", " less") == better


@given(findings((UNCLEAR,)))
def test_nothing_is_claimed_where_nothing_is_clear(told: Finding) -> None:
    where = standing(told, PACE)
    for text in (headline(told, where), brief([(told, where)]), paragraph(told, where)):
        assert "followed by" not in text and not [word for word in FORBIDDEN if word in text.lower()]
    assert where.state in (OPEN, RULED_OUT)
    if where.state == RULED_OUT:
        assert max(abs(told.low), abs(told.high)) / min(told.mornings, 3) < 0.5 and told.low <= 0 <= told.high
        (limit,) = re.findall(r"more than (\d\.\d) points a morning", headline(told, where))
        assert float(limit) >= round(max(-told.low, told.high) / min(told.mornings, 3), 6)
    else:
        assert where.weeks is None or 1 <= where.weeks <= 52


def test_an_example_that_lies_further_off_scales_the_numbers() -> None:
    """A column of zeros and ones has no day at one standard deviation."""
    days = pd.DataFrame({"nap": [1.0, 0, 0, 0] * 5}, pd.date_range("2026-01-05", periods=20))
    mean, sd = days["nap"].mean(), days["nap"].std()
    effect = {"exposure": "nap", "points": 1.0, "lo90": 0.5, "hi90": 1.5, "mornings": 2, "delay_days": 1.5}
    told = finding(
        effect | {"delay_lo90": 1.0, "delay_hi90": 2.0, "mean": mean, "sd": sd, "verdict": WORSE}, days, None, "nap"
    )
    times = (1 - mean) / sd
    assert (told.points, told.low, told.high) == pytest.approx((times, 0.5 * times, 1.5 * times))
    assert told.in_a_row is None and told.rest is None and "1.0; your average is 0.2" in told.example


def test_a_fortnight_is_the_sum_of_what_its_days_bring() -> None:
    """Against fourteen days gone through one by one, and a band that is drawn."""
    found = answer("worse").estimate
    assert found is not None
    lighter, heavier = fortnights(found, "load")
    curve, change = found.lag_curve("load")[0], -0.3 * found.mean[0] / found.sd[0]
    mornings = [
        sum(change * curve[day - before] for before in range(1, day + 1) if day - before < 7) for day in range(1, 15)
    ]
    assert lighter.points == pytest.approx(np.mean(mornings))
    assert (heavier.points, heavier.lo90, heavier.hi90) == pytest.approx(
        (-lighter.points, -lighter.hi90, -lighter.lo90)
    )
    rng, posterior = np.random.default_rng(1), found.posterior
    means, covariances = posterior.lags(0)
    acts = np.array([15 - lag for lag in range(1, 8)]) / 14
    drawn = [
        acts @ rng.multivariate_normal(means[g], covariances[g]) * change * found.unit
        for g in rng.choice(len(means), 4000, p=posterior.weight)
    ]
    assert (lighter.lo90, lighter.hi90) == pytest.approx(np.quantile(drawn, [0.05, 0.95]), abs=0.015)


def test_a_fortnight_is_told_with_its_numbers_and_only_where_an_effect_was_found() -> None:
    lighter, heavier = everything(answer("worse")).fortnights
    text = everything(answer("worse")).fortnight_text
    assert f"at 70% of its load, would be expected to bring about {-lighter.points:.1f} points less a morning" in text
    assert f"at 130%, about {heavier.points:.1f} points more ({heavier.lo90:.1f} to {heavier.hi90:.1f} more)" in text
    assert "less pain" not in everything(answer("better")).fortnight_text.split("at 130%")[0]
    assert tell_fortnights((), "load") == everything(answer("ruled out")).fortnight_text
    assert everything(answer("painkillers")).fortnight_text == ""
