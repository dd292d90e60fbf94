"""Half a year ahead: what a simulation does and leaves alone, when it refuses, and what it says of painful days."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backstory.cause import NO_EFFECT, Mornings, expected, score
from backstory.cause.painful_days import Effect
from backstory.errors import InputError, NotEnough
from backstory.journal import Journal, helping, open_journal
from backstory.journal import ahead as looking
from backstory.journal.ahead import ahead
from backstory.journal.ahead_telling import NO_ANSWER, NO_SCORES
from backstory.journal.loading import weigh
from backstory.journal.plan_wish import Wish
from backstory.model import CheckIn, Session, Set
from conftest import Run

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday
TODAY, MONDAY, DAY = date(2026, 11, 24), date(2026, 11, 30), timedelta(days=1)
LOG_WEEKS = 16
WISH = Wish(days=("mon", "thu"), minutes=(30,))
SHARES = np.array([0.5, 0.3, 0.2, 0.0, 0.0, 0.0, 0.0])


def train(journal: Journal, weeks: int = LOG_WEEKS, weekdays: tuple[int, ...] = (0, 2, 4)) -> None:
    """Until last Sunday, one session of three heavy; a run each Saturday."""
    sessions = []
    for n in range(weeks * 7):
        day = MONDAY - 7 * DAY - (n + 1) * DAY
        if day.weekday() == 5:
            sessions.append(Session("strong", day, title="run", duration_s=1800.0))
        if day.weekday() in weekdays:
            kg = 120.0 if n % 3 == 0 else 50.0
            names = ("Squat (Barbell)", "Bench Press (Barbell)", "Deadlift (Barbell)", "Bent Over Row (Barbell)")
            sets = tuple(Set(name, load_kg=kg, reps=8.0) for name in names for _ in range(4))
            sessions.append(Session("strong", day, sets))
    journal.store.save_import("a.csv", "strong", sessions, (), (), NOW)


def score_mornings(journal: Journal, a_unit: float) -> None:
    """Each morning of the log: 2 points, some more after load, and what chance adds."""
    rng, loads = np.random.default_rng(5), {item.day: item.load.power_sums[1] or 0.0 for item in weigh(journal)}
    first = min(loads)
    days = [first + n * DAY for n in range((TODAY - first).days)]
    pain = [2 + a_unit * (loads.get(day - DAY, 0.0) + 0.5 * loads.get(day - 2 * DAY, 0.0)) for day in days]
    scores = np.clip(np.round(pain + rng.normal(0, 0.7, len(days))), 0, 10)
    check_ins = [CheckIn(day, pain=float(one), when="morning") for day, one in zip(days, scores, strict=True)]
    journal.store.save_import("b.csv", "diary", (), check_ins, (), NOW)


@pytest.fixture(autouse=True)
def one_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is quicker; how several are put together is seen once."""
    monkeypatch.setattr(looking, "LIVES", (1,))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(str(tmp_path / "home" / "journal.db"), clock=lambda: NOW) as opened:
        yield opened


def simulated(journal: Journal, folder: Path, **given: Any) -> dict[str, Any]:
    """Two short sessions a week, which are planned quickly."""
    folder.mkdir()
    return ahead(journal, folder, 4, **{"wish": WISH, **given})


@dataclass(frozen=True)
class Seen:
    """A journal with a back that minds load, and what came of it, with two lives."""

    place: Path
    before: list[bytes]
    told: dict[str, Any]
    copies: Path
    progress: list[tuple[int, int]]


def data_of(place: Path) -> list[bytes]:
    """The database and its log of writes; not what its readers share in memory."""
    return [file.read_bytes() for file in (place, place.with_name(f"{place.name}-wal"))]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    folder, progress = tmp_path_factory.mktemp("ahead"), list[tuple[int, int]]()
    place = folder / "journal.db"
    with pytest.MonkeyPatch.context() as patch, open_journal(str(place), clock=lambda: NOW) as journal:
        patch.setattr(looking, "LIVES", (1, 2))
        train(journal)
        score_mornings(journal, 0.06)
        before = data_of(place)
        told = simulated(journal, folder / "1", progress=lambda done, of: progress.append((done, of)))
        yield Seen(place, before, told, folder / "1", progress)


def test_it_is_the_same_twice_and_leaves_the_journal_as_it_is(
    seen: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "LIVES", (1, 2))
    with open_journal(str(seen.place), clock=lambda: NOW) as journal:
        assert simulated(journal, tmp_path / "2") == seen.told
    assert data_of(seen.place) == seen.before
    assert seen.progress == [(done, 8) for done in range(9)]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in seen.copies.iterdir())
    weeks = seen.told["by_week"]
    assert [week["week"] for week in weeks] == [(MONDAY + 7 * n * DAY).isoformat() for n in range(4)]
    assert all(week["load"]["lo"] <= week["load"]["plan"] <= week["load"]["hi"] for week in weeks)
    assert "no forecast" in seen.told["warning"]


def test_a_life_holds_every_planned_set_as_asked_and_what_goes_on_beside(seen: Seen) -> None:
    last, loads = MONDAY + 28 * DAY, []
    for number in (1, 2):
        with open_journal(str(seen.copies / f"life-{number}.db"), clock=lambda: NOW) as copy:
            lived = [item for item in weigh(copy) if MONDAY <= item.day < last]
            mornings = [one for one in copy.store.check_ins() if one.day > TODAY]
        lifted = [item for item in lived if item.session.sets]
        assert {item.day.weekday() for item in lifted} == {0, 3} and len(lifted) == 8
        assert all(one.reps or one.duration_s for item in lifted for one in item.session.sets)
        assert {one.rpe for item in lifted for one in item.session.sets if one.load_kg} <= {6.0, 7.0, 8.0}
        assert [item.day.weekday() for item in lived if item.session.title == "run"] == [5] * 4
        assert [one.day for one in mornings] == [TODAY + n * DAY for n in range(1, (last - TODAY).days + 1)]
        loads.append([
            sum(item.load.power_sums[1] or 0 for item in lifted if (item.day - MONDAY).days // 7 == week)
            for week in range(4)
        ])  # fmt: skip
    for number, week in enumerate(seen.told["by_week"]):
        both = sorted(one[number] for one in loads)
        assert [week["load"]["lo"], week["load"]["hi"]] == pytest.approx(both)
        assert week["load"]["plan"] == pytest.approx(sum(both) / 2)


def test_as_before_is_the_last_eight_weeks_over_and_over(seen: Seen) -> None:
    log = dict.fromkeys(range(4), 0.0)
    with open_journal(str(seen.place), clock=lambda: NOW) as journal:
        for item in weigh(journal):
            n = (item.day - (MONDAY - 9 * 7 * DAY)).days // 7
            if n in log:
                log[n] += item.load.power_sums[1] or 0.0
    weeks = seen.told["by_week"]
    assert [week["load"]["before"] for week in weeks] == pytest.approx(list(log.values()))
    assert {week["sessions"]["before"] for week in weeks} == {3}
    assert {week["working_sets"]["before"] for week in weeks} == {48}


def test_a_back_that_minds_load_has_fewer_painful_days_with_less_of_it(seen: Seen) -> None:
    load = [np.mean([week["load"][way] for week in seen.told["by_week"]]) for way in ("plan", "before")]
    assert load[0] < 0.7 * load[1]
    painful = seen.told["painful_days"]
    assert painful["fewer"]["lo90"] > 0 and painful["plan"]["days"] < painful["before"]["days"]
    assert any("fewer by the plan" in sentence for sentence in seen.told["text"])


def test_without_scores_or_an_answer_it_says_so_and_load_acts_on_nothing(journal: Journal, tmp_path: Path) -> None:
    train(journal, 3, (0, 4))
    told = simulated(journal, tmp_path / "1")
    assert told["painful_days"] is None and NO_SCORES in told["text"]
    days = [TODAY - n * DAY for n in range(1, 30)]
    check_ins = [CheckIn(day, pain=float(n % 5), when="morning") for n, day in enumerate(days)]
    journal.store.save_import("b.csv", "diary", (), check_ins, (), NOW)
    told = simulated(journal, tmp_path / "2")
    painful = told["painful_days"]
    assert NO_ANSWER in told["text"] and painful["plan"] == painful["before"]
    assert painful["plan"]["days"] == pytest.approx(28 * sum(n % 5 >= 4 for n in range(29)) / 29)


def test_the_same_load_brings_the_same_days_and_more_load_more_or_fewer_by_the_sign() -> None:
    rng = np.random.default_rng(1)
    scores, pulls = rng.integers(0, 7, 100).astype(float), rng.normal(0, 3, 100)
    usual, heavy = np.full(63, 4.0), np.full(63, 8.0)
    for effect, sign in ((0.2, 1), (-0.2, -1), (0.0, 0)):
        mornings = Mornings(scores, pulls, 4.0, Effect(effect, 0.02 * abs(effect), SHARES))
        *_, none = expected(mornings, [usual], [usual])
        *_, fewer = expected(mornings, [usual], [heavy])
        assert (none.lo90, none.days, none.hi90) == (0.0, 0.0, 0.0)
        assert np.sign([fewer.lo90, fewer.days, fewer.hi90]).tolist() == [sign] * 3
    wide = Mornings(scores, pulls, 4.0, Effect(0.0, 0.1, SHARES))
    *_, open_still = expected(wide, [usual], [heavy])
    assert open_still.lo90 < 0 < open_still.hi90


def test_expected_days_are_those_that_drawing_gives() -> None:
    """Drawn mornings, each rounded to a whole score and counted, share no code with the expectation."""
    rng = np.random.default_rng(2)
    pulls, a_unit, loads = rng.normal(0, 2, 180), 0.3, rng.uniform(0, 12, 63)
    scores = np.clip(np.round(2 + a_unit * pulls + rng.normal(0, 1.2, 180)), 0, 10)
    mornings = Mornings(scores, pulls, 4.0, Effect(a_unit, 0.0, SHARES))
    felt = [sum(SHARES[lag] * (loads[day - lag - 1] - 4.0) for lag in range(7)) for day in range(7, 63)]
    counts = []
    for _ in range(800):
        left = mornings.drawn(rng, len(felt), a_unit)
        counts.append(sum(score(a, b, a_unit) >= mornings.painful for a, b in zip(left, felt, strict=True)))
    by_drawing = float(np.mean(counts))
    assert mornings.painful_days(loads, a_unit) == pytest.approx(by_drawing, rel=0.08)
    assert Mornings(scores, pulls, 4.0, NO_EFFECT).painful_days(loads, 0.0) == pytest.approx(
        56 * float(np.mean(scores >= mornings.painful))
    )


def test_what_cannot_be_is_refused_in_a_line(journal: Journal, tmp_path: Path) -> None:
    for weeks in (3, 27):
        with pytest.raises(InputError, match="4 to 26"):
            ahead(journal, tmp_path, weeks)
    with pytest.raises(NotEnough, match="your log holds 0"):
        ahead(journal, tmp_path, 4)
    train(journal, weeks=2)
    with pytest.raises(NotEnough, match="your log holds 2"):
        ahead(journal, tmp_path, 4)
    train(journal)
    with pytest.raises(InputError, match="begins today"):
        ahead(journal, tmp_path, 4, Wish(first=TODAY))
    everything = ("deadlift", "squat", "bench-press")
    (tmp_path / "1").mkdir()
    with pytest.raises(NotEnough, match=f"No plan can hold .* {TODAY.isoformat()}"):
        ahead(journal, tmp_path / "1", 4, Wish(days=("thu",), minutes=(20,), keep=everything))
    helping.note(journal, {"RF01": True})
    with pytest.raises(NotEnough) as refused:
        ahead(journal, tmp_path, 4)
    assert "\n" not in str(refused.value) and helping.stands(journal).judgement.plan != "usual"


def test_the_command_tells_it_and_its_json_is_the_contract(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "own.db"
    with open_journal(str(place), clock=lambda: datetime.now(UTC)) as journal:
        today = journal.today()
        names = ("Squat (Barbell)", "Bench Press (Barbell)")
        sets = tuple(Set(name, load_kg=50.0, reps=8.0) for name in names for _ in range(3))
        sessions = [Session("strong", today - n * 2 * DAY, sets) for n in range(5, 40)]
        journal.store.save_import("a.csv", "strong", sessions, (), (), journal.clock())
    told = run("plan", "--days", "mon,thu", "--minutes", 30, "--journal", place, "ahead", "--weeks", 4, "--json")
    assert told.code == 0 and told.json["simulated"] and len(told.json["by_week"]) == 4
    read = run("plan", "--days", "mon,thu", "--minutes", 30, "--journal", place, "ahead", "--weeks", 4)
    assert read.code == 0 and "no forecast" in " ".join(read.out.split()) and "SIMULATED" in read.out
    assert run("plan", "--days", "mon,thu", "--minutes", 30, "--journal", place, "ahead", "--weeks", 3).code == 2
    assert run("plan", "ahead").code == 1


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ended_half_way_it_leaves_no_copy_behind(journal: Journal, tmp_path: Path) -> None:
    train(journal)
    here = tmp_path / "tmp"
    here.mkdir()
    command = [sys.executable, "-m", "backstory", "plan", "--journal", str(tmp_path / "home" / "journal.db"), "ahead"]
    environment = {**os.environ, "TMPDIR": str(here)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        ends = time.monotonic() + 20
        while not list(here.glob("*/life-1.db")) and running.poll() is None:
            assert time.monotonic() < ends
            time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 130
    assert list(here.iterdir()) == []
