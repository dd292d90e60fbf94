"""What is kept: the last value while a newer one is made, and never a refusal that may not hold any more."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backstory.web.kept import Kept, Shelf
from backstory.web.working import AtOnce, Made, Workshop

EMPTY = "The journal is empty."


@dataclass
class Slow(Workshop):
    """Works when told to."""

    location: str = ""
    paused: list[float] = field(default_factory=list)
    begun: "list[Future[Made]]" = field(default_factory=list)

    def begin(self, kind: str, given: Mapping[str, Any]) -> "Future[Made]":
        self.begun.append(Future())
        return self.begun[-1]

    def pause(self, took_s: float) -> float:
        self.paused.append(took_s)
        return 0.0


@dataclass
class Stamped:
    """A journal that changes."""

    stamp: str = "one"


def shelf_of(journal: Stamped, workshop: Slow) -> Shelf:
    return Shelf(workshop, lambda: journal.stamp, lambda error: None)


def test_the_last_value_is_shown_while_a_newer_one_is_made() -> None:
    journal, workshop = Stamped(), Slow()
    shelf = shelf_of(journal, workshop)
    assert shelf.get("answer") == Kept(None, False)
    workshop.begun[0].set_result(Made({"sentence": "So."}))
    assert shelf.get("answer") == Kept(Made({"sentence": "So."}), True)
    journal.stamp = "two"
    assert shelf.get("answer") == Kept(Made({"sentence": "So."}), False)
    workshop.begun[1].set_result(Made({"sentence": "Otherwise."}))
    assert shelf.get("answer") == Kept(Made({"sentence": "Otherwise."}), True)


def test_why_something_could_not_be_given_is_not_said_of_a_journal_that_changed() -> None:
    journal, workshop = Stamped(), Slow()
    shelf = shelf_of(journal, workshop)
    shelf.get("answer")
    workshop.begun[0].set_result(Made(why_not=EMPTY, exit_code=1))
    assert shelf.get("answer") == Kept(Made(why_not=EMPTY, exit_code=1), True)
    journal.stamp = "two"
    assert shelf.get("answer") == Kept(None, False)
    workshop.begun[1].set_result(Made({"sentence": "So."}))
    assert shelf.get("answer") == Kept(Made({"sentence": "So."}), True)


def test_what_went_wrong_is_complained_of_once_and_tried_again_when_the_journal_changes() -> None:
    journal, workshop = Stamped(), Slow()
    complaints: list[BaseException] = []
    shelf = Shelf(workshop, lambda: journal.stamp, complaints.append)
    shelf.get("plan")
    workshop.begun[0].set_exception(ValueError("x"))
    first, again = shelf.get("plan"), shelf.get("plan")
    assert first == again and first.fresh and first.why_not and len(complaints) == 1 and len(workshop.begun) == 1
    journal.stamp = "two"
    shelf.get("plan")
    assert len(workshop.begun) == 2


def test_the_pause_before_the_next_one_is_by_the_work_and_not_by_when_somebody_looked() -> None:
    workshop = Slow()
    shelf = shelf_of(Stamped(), workshop)
    shelf.get("answer")
    workshop.begun[0].set_result(Made({}, took_s=1.5))
    shelf.get("answer")
    assert workshop.paused == [1.5]


def test_work_tells_how_long_it_took(tmp_path: Path) -> None:
    done = AtOnce(str(tmp_path / "journal.db")).begin("today", {}).result()
    assert 0.0 < done.took_s < 60.0
