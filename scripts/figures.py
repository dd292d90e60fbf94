"""Write docs/figures.html, the contact sheet of every exercise, and the pictures of the README."""

from pathlib import Path

from backstory import catalogue, report

DOCS = Path(__file__).parents[1] / "docs"
SHOWN = ("deadlift", "goblet-squat", "push-up")


def main() -> None:
    known = catalogue.load()
    report.write_page(DOCS / "figures.html", report.sheet(list(known.exercises.values())))
    (DOCS / "pictures").mkdir(exist_ok=True)
    for name in SHOWN:
        report.write_page(DOCS / "pictures" / f"{name}.svg", report.figure(known.get(name)))


if __name__ == "__main__":
    main()
