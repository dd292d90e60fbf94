"""Write docs/figures.html, the contact sheet of every exercise, and the pictures of the README."""

from pathlib import Path

from backstory import catalogue, load, report
from backstory.model import Person

DOCS = Path(__file__).parents[1] / "docs"
SHOWN_KG = 40.0
SHOWN = ("deadlift", "goblet-squat", "push-up")


def main() -> None:
    known = catalogue.load()
    exercises = list(known.exercises.values())
    loads = {e.id: load.course(e, Person(), SHOWN_KG, report.FRAMES) for e in exercises}
    report.write_page(DOCS / "figures.html", report.sheet(exercises, loads))
    (DOCS / "pictures").mkdir(exist_ok=True)
    for name in SHOWN:
        report.write_page(DOCS / "pictures" / f"{name}.svg", report.figure(known.get(name), loads[name]))


if __name__ == "__main__":
    main()
