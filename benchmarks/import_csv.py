"""Time of a durable import of a large Strong file, beside what csv.reader alone takes on it. Prints one JSON object.

    python benchmarks/import_csv.py --rows 24000 [--file OTHER.csv] [--runs 9]

In process; the program's imports and the journal's migration are excluded, the durable store is included.
"""

import argparse
import csv
import json
import os
import random
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from backstory import catalogue
from backstory.journal import open_journal
from backstory.journal.importing import import_paths

LIMIT = 20.0
HEADER = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
SETS_A_SESSION, FIRST = 20, datetime(2016, 1, 4, 18, 5)


def write_strong(path: Path, rows: int, seed: int) -> None:
    """A log of some years: sessions of 20 sets, five exercises each, loads that vary."""
    rng = random.Random(seed)
    names = [exercise.name for exercise in catalogue.load().exercises.values() if exercise.needs_load]
    lines = [HEADER]
    for row in range(rows):
        session, position = divmod(row, SETS_A_SESSION)
        if position == 0:
            start = FIRST + timedelta(days=2 * session, seconds=rng.randrange(3600))
            chosen = rng.sample(names, 5)
        weight, reps = 2.5 * rng.randrange(4, 60), rng.randrange(3, 13)
        cells = f'{start},"Evening Workout",1h {rng.randrange(60)}m,"{chosen[position // 4]}",{position % 4 + 1}'
        lines.append(f"{cells},{weight},{reps},0,0,,,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def csv_seconds(path: Path) -> float:
    begin = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        for _row in csv.reader(file):
            pass
    return time.perf_counter() - begin


def import_seconds(path: Path, folder: Path, run: int) -> tuple[float, int]:
    with open_journal(str(folder / f"journal{run}.db")) as journal:
        begin = time.perf_counter()
        (file,) = import_paths(journal, [path], "kg")
        return time.perf_counter() - begin, file.new_sets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=24_000)
    parser.add_argument("--file", type=Path, help="a CSV of your own instead")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = options.file or folder / "strong.csv"
        if options.file is None:
            write_strong(path, options.rows, options.seed)
        catalogue.load()
        pairs = [(csv_seconds(path), import_seconds(path, folder, run)) for run in range(options.runs)]
    plain, runs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    seconds, sets = median(run[0] for run in runs), runs[0][1]
    result = {
        "sets": sets,
        "import_s": seconds,
        "import_s_best": min(run[0] for run in runs),
        "csv_reader_s": median(plain),
        "ratio": median(run[0] / alone for alone, run in pairs),
        "ratio_best": min(run[0] for run in runs) / min(plain),
        "limit": LIMIT,
        "us_per_set": 1e6 * seconds / max(sets, 1),
        "cores": os.cpu_count(),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
