"""Every exercise has a figure: small, the same each time, readable by a machine, with nobody below the floor."""

import tomllib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from backstory.catalogue import load
from backstory.catalogue.loading import DATA
from backstory.errors import InputError
from backstory.load import course, peak_load
from backstory.model import Person
from backstory.report import FRAMES, figure, figures, sheet, write_page
from backstory.report.figures import SIDE, drawing, stills, strokes_of
from backstory.report.furniture import FURNITURE
from backstory.report.implements import IMPLEMENTS
from backstory.report.people import MUSCLES
from backstory.report.posed import repetition_s, scenes, way_time
from conftest import Run

EXERCISES = list(load().exercises.values())
SCENES = scenes([exercise.motion for exercise in EXERCISES])
FIGURES = figures(EXERCISES)
PERSON = {"near", "far", "arm"}
VOCABULARY = tomllib.loads((DATA / "vocabulary.toml").read_text("utf-8"))


def test_every_figure_is_small_and_well_formed() -> None:
    for exercise, text in zip(EXERCISES, FIGURES, strict=True):
        assert len(text.encode()) < 15_000, exercise.id
        root = ElementTree.fromstring(text)
        assert root.attrib["aria-label"] == exercise.name
        assert "href" not in text and "url(" not in text and "<script" not in text


def test_every_figure_says_in_words_what_it_shows() -> None:
    for exercise, text in zip(EXERCISES, FIGURES, strict=True):
        description = ElementTree.fromstring(text).findtext("{http://www.w3.org/2000/svg}desc")
        assert description and description.startswith("Seen from the ")
        assert all(muscle.replace("_", " ") in description for muscle in exercise.primary)


def test_the_same_exercise_gives_the_same_bytes() -> None:
    again = figures(EXERCISES[::40])
    assert again == FIGURES[::40]
    assert figure(EXERCISES[0]) == FIGURES[0]


def test_no_limb_passes_the_floor_and_feet_that_stand_stay() -> None:
    for exercise, scene in zip(EXERCISES, SCENES, strict=True):
        for name, place in scene.joint.items():
            assert place[:, 1].min() > -0.03, (exercise.id, name)
        if exercise.motion.anchor == "feet" and exercise.motion.carried == "above":
            for side in "rl":
                ball = scene.joint[f"ball_{side}"]
                if ball[:, 1].max() < 0.02:
                    assert np.ptp(ball, axis=0).max() < 0.03, exercise.id


def test_limbs_never_change_length() -> None:
    for exercise, scene in zip(EXERCISES, SCENES, strict=True):
        for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist")):
            for side in "rl":
                length = np.linalg.norm(scene.joint[f"{a}_{side}"] - scene.joint[f"{b}_{side}"], axis=1)
                assert np.ptp(length) < 1e-6, exercise.id


def test_everything_lies_within_the_square() -> None:
    for exercise, scene in zip(EXERCISES, SCENES, strict=True):
        for kind, width, places in drawing(exercise, scene).strokes:
            assert width >= 4
            if kind != "floor":
                assert places.min() >= 0 and places.max() <= SIDE, (exercise.id, kind)


def test_the_person_is_large_enough_to_be_seen_small() -> None:
    """At 96 pixels a person's longer side has at least a third of them."""
    for exercise, scene in zip(EXERCISES, SCENES, strict=True):
        person = [places.reshape(-1, 2) for kind, _, places in drawing(exercise, scene).strokes if kind in PERSON]
        assert np.ptp(np.concatenate(person), axis=0).max() > SIDE / 3, exercise.id


def test_every_word_of_a_scene_and_every_muscle_can_be_drawn() -> None:
    assert set(VOCABULARY["scene"]) == set(FURNITURE) | set(IMPLEMENTS)
    assert set(VOCABULARY["muscles"]) == set(MUSCLES)
    for exercise, scene in zip(EXERCISES, SCENES, strict=True):
        kinds = {stroke.kind for stroke in strokes_of(exercise, scene)}
        assert "near" in kinds and ("works" in kinds) == bool(exercise.primary), exercise.id


def test_the_still_shows_the_start_and_the_hardest_point() -> None:
    exercise = load().get("deadlift")
    found = course(exercise, Person(), 60, FRAMES)
    drawn = drawing(exercise, scenes([exercise.motion])[0])
    hard = int(np.argmax(found))
    shown = ["".join(stills(drawn, frame)) for frame in (hard, 0)]
    assert shown[0] in figure(exercise, found) and shown[1] not in figure(exercise, found)


def test_stills_stand_in_for_motion_in_print_and_where_motion_is_unwanted() -> None:
    text = figure(load().get("deadlift"))
    assert "prefers-reduced-motion:reduce" in text and "@media print" in text and "prefers-color-scheme:dark" in text
    still = ElementTree.fromstring(text).findall(".//{http://www.w3.org/2000/svg}g[@class='still']/*")
    assert len(still) == 2
    assert not any("animate" in child.tag for pose in still for child in pose.iter())


def test_a_name_cannot_break_out_of_its_figure() -> None:
    odd = replace(load().get("squat"), names=('<script>alert("&")</script>',))
    assert ElementTree.fromstring(figure(odd)).attrib["aria-label"] == odd.name
    assert "<script" not in figure(odd) and "<script" not in sheet([odd])


def test_a_repetition_goes_there_and_back_in_its_own_time() -> None:
    motion = replace(load().get("squat").motion, eccentric_s=3.0, pause_s=1.0, concentric_s=1.0)
    time = np.linspace(0, repetition_s(motion), FRAMES + 1)
    way = way_time(motion)
    assert way[0] == way[-1] == 0.0
    np.testing.assert_allclose(way[time <= 3.0], time[time <= 3.0] / 3.0)
    assert (way[(time >= 3.0) & (time <= 4.0)] == 1.0).all()


def test_the_course_of_the_load_has_its_peak() -> None:
    for name in ("deadlift", "squat", "push-up"):
        exercise = load().get(name)
        found = course(exercise, Person(), 40, 200)
        assert max(found) == pytest.approx(peak_load(exercise, Person(), 40).moment_nm, rel=0.03)


def test_the_contact_sheet_shows_everybody_still() -> None:
    page = sheet(EXERCISES)
    assert page.count("<figure ") == len(EXERCISES) and "<animate" not in page


def test_a_figure_is_written_and_nothing_else_written_over(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "lift.svg"
    assert run("figure", "Deadlift", out, "--json").json == {"exercise": "deadlift", "path": str(out)}
    assert run("figure", "Deadlift", out, "--load", "--kg", 100).code == 0
    assert 'class="load"' in out.read_text("utf-8")
    other = tmp_path / "letter.txt"
    other.write_text("dear", encoding="utf-8")
    ran = run("figure", "Deadlift", other)
    assert ran.code == 2 and "is no figure" in ran.err and other.read_text("utf-8") == "dear"
    assert run("figure", "no such thing", out).code == 2
    with pytest.raises(InputError, match="cannot be written"):
        write_page(tmp_path / "nowhere" / "x.svg", "<svg/>")
