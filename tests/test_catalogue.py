"""The catalogue covers what people log, and refuses data that break its rules."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from backstory import readers
from backstory.catalogue import load
from backstory.catalogue.loading import DATA
from backstory.errors import CatalogueError, UnknownExercise
from backstory.model import FAMILIES
from conftest import shared

CATALOGUE = load()


def test_most_sets_that_people_log_map_exactly() -> None:
    with shared("names", "exercise_names_top300.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    mapped = sum(int(row["sets"]) for row in rows if CATALOGUE.find(row["name"]))
    assert mapped / sum(int(row["sets"]) for row in rows) >= 0.99


@pytest.mark.parametrize("app", ["strong", "hevy", "fitnotes"])
def test_the_samples_sets_are_known(app: str) -> None:
    paths = sorted(shared("samples", "logs", app).glob("*.csv"))
    assert paths
    for path in paths:
        names = [one.exercise_name for session in readers.read(path).sessions for one in session.sets]
        assert sum(CATALOGUE.find(name) is not None for name in names) / len(names) >= 0.9, path


def test_every_rung_of_the_ladders_is_an_exercise() -> None:
    ladders = json.loads(shared("evidence", "ladders.json").read_text(encoding="utf-8"))["ladders"]
    missing = [rung["name"] for ladder in ladders.values() for rung in ladder if not CATALOGUE.find(rung["name"])]
    assert missing == []


def labels() -> dict[str, str]:
    """What a coach took each name of free-exercise-db for, by its instructions."""
    with (Path(__file__).parent / "labels" / "free_exercise_db.csv").open(encoding="utf-8") as file:
        return {row["name"]: row["exercise_id"] for row in csv.DictReader(file)}


def test_the_right_exercise_is_among_three_suggestions() -> None:
    labelled = {name: label for name, label in labels().items() if label}
    assert set(labelled.values()) <= set(CATALOGUE.exercises)
    hits = sum(label in [e.id for e in CATALOGUE.suggest(name)] for name, label in labelled.items())
    assert len(labelled) > 800 and hits / len(labelled) >= 0.9


def test_suggestions_help_with_names_that_nobody_has_given_yet() -> None:
    """Every fourth name, with its own alias taken out; otherwise most would map exactly."""
    labelled = [(name, label) for name, label in sorted(labels().items()) if label][::4]
    hits = 0
    for name, label in labelled:
        key = CATALOGUE.words.key(name)
        others = replace(CATALOGUE, aliases={alias: i for alias, i in CATALOGUE.aliases.items() if alias != key})
        hits += label in [exercise.id for exercise in others.suggest(name)]
    assert hits / len(labelled) >= 0.65


def test_the_labels_are_those_of_the_data_base() -> None:
    names = json.loads(shared("samples", "logs", "catalogue", "free_exercise_db.json").read_text(encoding="utf-8"))
    assert set(labels()) == {exercise["name"] for exercise in names}


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Squat (Barbell)", "squat"), ("Barbell Squat", "squat"), ("Deadlift", "deadlift"),
        ("RDL", "romanian-deadlift"), ("Bench Press (Dumbbell)", "dumbbell-bench-press"),
        ("Flat Barbell Bench Press", "bench-press"),
        ("Pull Up (Assisted)", "assisted-pull-up"), ("Plank", "plank"),
    ],
)  # fmt: skip
def test_common_names_mean_what_they_say(name: str, identity: str) -> None:
    found = CATALOGUE.find(name)
    assert found is not None and found.id == identity


@pytest.mark.parametrize(
    ("identity", "names"),
    [
        ("squat", ("Kniebeuge", "Sentadilla", "Agachamento", "Squat Barre", "Squat con Bilanciere")),
        ("bench-press", ("Bankdrücken", "Press de Banca", "Supino", "Développé Couché", "Panca Piana")),
        ("deadlift", ("Kreuzheben", "Peso Muerto", "Levantamento Terra", "Soulevé de Terre", "Stacco da Terra")),
        ("pull-up", ("Klimmzüge", "Dominadas", "Barra Fixa", "Tractions", "Trazioni alla Sbarra")),
        ("plank", ("Unterarmstütz", "Plancha", "Prancha", "Gainage", "Plank Frontale")),
        ("lateral-raise", ("Seitheben", "Elevaciones Laterales", "Elevação Lateral", "Élévations Latérales",
                           "Alzate Laterali")),
        ("leg-press", ("Beinpresse", "Prensa de Piernas", "Leg Press 45", "Presse à Cuisses", "Pressa")),
        ("push-up", ("Liegestütze", "Flexiones", "Flexão de Braço", "Pompes", "Piegamenti sulle Braccia")),
    ],
)  # fmt: skip
def test_the_most_used_exercises_are_known_in_five_languages(identity: str, names: tuple[str, ...]) -> None:
    found = {name: found.id if (found := CATALOGUE.find(name)) else None for name in names}
    assert set(found.values()) == {identity}, found


def test_every_family_muscle_and_exercise_is_used_and_plausible() -> None:
    assert {exercise.family for exercise in CATALOGUE.exercises.values()} == set(FAMILIES)
    for exercise in CATALOGUE.exercises.values():
        assert exercise.id == exercise.id.lower() and " " not in exercise.id
        assert exercise.load_factor in (-1, 1, 2), exercise.id


def test_one_name_never_means_two_exercises_and_a_guess_is_only_suggested() -> None:
    assert CATALOGUE.find("Bench Pres") is None
    assert "bench-press" in [exercise.id for exercise in CATALOGUE.suggest("Bench Pres")]
    assert CATALOGUE.suggest("xyzzy") == []


def test_a_persons_own_choice_comes_first() -> None:
    key = CATALOGUE.words.key("Deadlift")
    found = CATALOGUE.find("Deadlifts", {key: "romanian-deadlift"})
    assert found is not None and found.id == "romanian-deadlift"


def test_an_unknown_exercise_is_told_with_suggestions() -> None:
    with pytest.raises(UnknownExercise, match=r"Did you mean: .*deadlift"):
        CATALOGUE.get("Deadlyft")
    with pytest.raises(UnknownExercise, match="names list"):
        CATALOGUE.get("xyzzy")
    assert CATALOGUE.get("Barbell Deadlifts").id == CATALOGUE.get("deadlift").id == "deadlift"


GOOD = """
[lift]
names = ["Lift"]
family = "hinge"
equipment = ["barbell"]
primary = ["glutes"]
secondary = ["low_back"]
motion = "deadlift_floor"
"""


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (GOOD.replace('"hinge"', '"hinging"'), "'hinging' is not among the families"),
        (GOOD.replace('"glutes"', '"gluteus"'), "'gluteus' is not among the muscles"),
        (GOOD.replace('"barbell"', '"broom"'), "'broom' is not among the equipment"),
        (GOOD.replace('"low_back"', '"glutes"'), "both primary and secondary"),
        (GOOD.replace("deadlift_floor", "upside_down"), "no motion 'upside_down'"),
        (GOOD.replace('["Lift"]', "[]"), "needs a name"),
        (GOOD.replace('["Lift"]', '["Lift", "lifts"]'), "'lifts' is the same name as one of lift"),
        (GOOD + "supported = 2.0", "supported must be from 0 to 1"),
        (GOOD + 'stance = "wide"', "stance must be a number"),
        (GOOD + "load_factor = 3", "load_factor must be one of"),
        (GOOD + 'held = "teeth"', "'teeth' is not among the places"),
        (GOOD + 'carried = "hands and nose"', "'nose' is not among the props"),
        (GOOD + 'compression = "handstand"', "'handstand' is not among the compressions"),
        (GOOD + "seconds = [1, 0]", "seconds must be lowering, pause, lifting"),
        (GOOD + "pull = [1, 0]", "pull needs 3 numbers"),
        (GOOD + "angles.knee = 200", "knee of 200 degrees is beyond"),
        (GOOD + "angles.lumbar_r = 5", "no angle 'lumbar_r'"),
        (GOOD + "angles.wrist = 5", "no angle 'wrist'"),
        (GOOD + "angles.hip = [1, 2, 3, 4, 5, 6, 7]", "hip needs one number"),
        (GOOD + "trunk_deg = 150\nangles.hip = 5\nangles.knee = 5\nangles.ankle = 0\nangles.lumbar = 0", "leans"),
        (GOOD + "colour = 1", "colour is not known here"),
        (GOOD.replace('family = "hinge"', ""), "family is missing"),
        ("[lift", "bad.toml"),
        (GOOD + GOOD.replace("[lift]", "[raise]"), "'Lift' is the same name as one of lift"),
    ],
)
def test_data_that_break_a_rule_are_named(tmp_path: Path, broken: str, message: str) -> None:
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("exercises"))
    (tmp_path / "data" / "exercises").mkdir()
    (tmp_path / "data" / "exercises" / "bad.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        load(tmp_path / "data")
