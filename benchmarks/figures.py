"""How long figures take and how large they are. Prints one JSON object.

    python benchmarks/figures.py [--figures 320] [--runs 3]

The limits are 3 s for 320 figures, after the catalogue is read, and 15 KB each.
"""

import argparse
import json
import time
from collections.abc import Sequence
from statistics import median

from backstory import catalogue
from backstory.report import figures

LIMIT_S, LIMIT_BYTES = 3.0, 15_000


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=320)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    exercises = sorted(catalogue.load().exercises.values(), key=lambda e: e.id)[: options.figures]
    seconds, texts = [], [""]
    for _ in range(options.runs):
        begun = time.perf_counter()
        texts = figures(exercises)
        seconds.append(time.perf_counter() - begun)
    sizes = [len(text.encode()) for text in texts]
    print(json.dumps({
        "figures": len(texts), "first_s": seconds[0], "median_s": median(seconds), "limit_s": LIMIT_S,
        "median_bytes": median(sizes), "largest_bytes": max(sizes), "limit_bytes": LIMIT_BYTES,
        "met": seconds[0] <= LIMIT_S and max(sizes) < LIMIT_BYTES,
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
