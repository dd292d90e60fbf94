"""The training data of the catalogue: `data/training/*.toml`, validated as a whole on load."""

from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.catalogue.loading import DATA, load
from backstory.catalogue.training_around import (
    read_cool_down,
    read_gate,
    read_mastered,
    read_rest_days,
    read_warm_up,
)
from backstory.catalogue.training_reading import check_fields, check_words, read_slot, read_weights
from backstory.catalogue.training_values import Training
from backstory.errors import CatalogueError
from backstory.model import Exercise

__all__ = ["Training", "load_training", "slot_of"]

FILES = ("slots", "warm_up", "cool_down", "rest_day", "gates")
SLOTS = {"grade": str, "start_grade": str, "no_slot": list, "weights": dict, "slots": dict}


@cache
def load_training(folder: Path = DATA / "training") -> Training:
    """Slots, warm-up, cool-down, days of rest and gates. Raises CatalogueError, which names what breaks a rule.

    Every exercise must be one of the catalogue; every word of muscles, equipment, goals and slots a known one.
    """
    catalogue = load()
    data = {name: _toml(folder / f"{name}.toml") for name in FILES}
    check_fields("slots.toml", data["slots"], SLOTS)
    check_fields("gates.toml", data["gates"], {"base": dict, "gates": dict})
    slots = {key: read_slot(key, table, catalogue) for key, table in data["slots"]["slots"].items()}
    check_words("slots.toml, no_slot", "exercises", data["slots"]["no_slot"], catalogue.exercises)
    elsewhere = [*data["slots"]["no_slot"], *(one for slot in slots.values() for one in slot.counts)]
    if twice := sorted({one for one in elsewhere if elsewhere.count(one) > 1}):
        raise CatalogueError(f"slots.toml: {', '.join(twice)} counts in two places.")
    muscles = {muscle for one in catalogue.exercises.values() for muscle in (*one.primary, *one.secondary)}
    cool_down = read_cool_down(data["cool_down"], catalogue, muscles)
    stretches = {stretch.exercise for stretch in cool_down.stretches}
    held = {one for one in stretches if catalogue.exercises[one].motion.endurance}  # the others go to and fro
    return Training(
        slots=slots,
        weights=read_weights(data["slots"]["weights"], catalogue.equipment),
        no_slot=frozenset(data["slots"]["no_slot"]),
        warm_up=read_warm_up(data["warm_up"], catalogue, slots, held),
        cool_down=cool_down,
        rest_days=read_rest_days(data["rest_day"], catalogue),
        mastered=read_mastered(data["gates"]["base"]),
        gates=tuple(read_gate(key, table, catalogue, slots) for key, table in data["gates"]["gates"].items()),
        grade=data["slots"]["grade"],
        start_grade=data["slots"]["start_grade"],
    )


def slot_of(exercise: Exercise) -> str | None:
    """The slot in which a log's sets of an exercise count (see `Training.slot_of`)."""
    return load_training().slot_of(exercise)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomli.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
