"""How quick the app is on a journal of ten years. Prints one JSON object.

    python benchmarks/web.py [--journal FILE.db] [--sessions 1200] [--sets 24000] [--check-ins 3650] [--seed 1]
        [--gets 200] [--posts 200] [--mixed-s 10] [--clients 4] [--many 20000] [--no-browser]

A real server (`backstory serve`) in a process of its own; times are what a client on this machine waits: the server's
time and loopback's. Pages are asked for when everything in the background is worked out, and once more each time right
after a change, while it is worked out anew, as check-ins are. The first page is opened in Chromium with an empty cache,
where there is one. A copy of the journal is used; none is changed.
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from web_asking import Asking, mixed, percentile

LIMITS = {
    "page_p95_ms": 50.0, "check_in_p95_ms": 30.0, "requests_per_s": 200.0, "first_page_kb": 150.0,
    "interactive_ms": 1000.0, "memory_growth": 0.1,
}  # fmt: skip
PAGES = (
    "/", "/why", "/load", "/plan", "/trial", "/journal", "/help-first", "/learn", "/import", "/settings", "/report",
    "/start",
)  # fmt: skip
BEING_MADE = b"data-soon"
LONGEST_WAIT_S = 180
FIRST_DAY = date(2005, 1, 1)  # of the check-ins sent: before any journal begins


def main() -> None:
    options = asked()
    with tempfile.TemporaryDirectory(prefix="backstory-web-") as folder:
        journal = Path(folder) / "journal.db"
        if options.journal:
            shutil.copy(options.journal, journal)
        else:
            from ten_years import make

            make(journal, seed=options.seed, sessions=options.sessions, sets=options.sets, check_ins=options.check_ins)
        print(json.dumps(measured(journal, options), indent=1))


def measured(journal: Path, options: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "backstory", "serve", "--port", "0", "--no-browser", "--journal", str(journal)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        port = int(server.stderr.readline().split(" ")[3].rstrip("/").rsplit(":", 1)[1])
        try:
            asking = Asking(port)
            started = time.perf_counter()
            wait_for_all(asking)
            ready_s = time.perf_counter() - started
            pages = {path: timed(asking, path, options.gets) for path in PAGES}
            floor = timed(asking, "/static/icon.svg", options.gets)
            browser = None if options.no_browser else first_page(port)
            changed = after_changes(asking, max(options.gets // 10, 1))
            check_ins = posted(asking, options.posts)
            rate = mixed(port, PAGES, options.mixed_s, options.clients)
            wait_for_all(asking)
            memory = memory_over(asking, server.pid, options.many)
        finally:
            server.terminate()
    worst = max(page["p95_ms"] for found in (pages, changed) for page in found.values())
    figures: dict[str, float | None] = {
        "page_p95_ms": worst, "check_in_p95_ms": check_ins["p95_ms"], "requests_per_s": rate["requests_per_s"],
        "first_page_kb": browser["transferred_kb"] if browser else None,
        "interactive_ms": browser["interactive_ms"] if browser else None,
        "memory_growth": memory["growth"],
    }  # fmt: skip
    return {
        "journal": {"made": not options.journal, "bytes": journal.stat().st_size},
        "ready_s": round(ready_s, 2), "pages": pages, "pages_after_a_change": changed,
        "a_file_for_comparison": floor, "check_ins": check_ins, "mixed": rate, "browser": browser, "memory": memory,
        "limits": {name: {"limit": limit, "found": figures[name], "met": met(name, figures[name])}
                   for name, limit in LIMITS.items()},
    }  # fmt: skip


def met(name: str, value: float | None) -> bool | None:
    if value is None:
        return None
    return value >= LIMITS[name] if name == "requests_per_s" else value <= LIMITS[name]


def wait_for_all(asking: Asking) -> None:
    """Until no page says that something is still being worked out."""
    ends = time.monotonic() + LONGEST_WAIT_S
    while left := [path for path in PAGES if BEING_MADE in gzip.decompress(asking.get(path)[1])]:
        if time.monotonic() > ends:
            raise SystemExit(f"still being worked out after {LONGEST_WAIT_S} s: {', '.join(left)}")
        time.sleep(0.2)


def timed(asking: Asking, path: str, count: int) -> dict[str, float]:
    times, size = [], 0
    for _ in range(count):
        begun = time.perf_counter()
        status, text = asking.get(path)
        times.append(1000 * (time.perf_counter() - begun))
        assert status == 200, (path, status)
        size = len(text)
    return {"median_ms": percentile(times, 50), "p95_ms": percentile(times, 95), "kb": round(size / 1000, 1)}


def after_changes(asking: Asking, count: int) -> dict[str, dict[str, float]]:
    """Each page right after another check-in of today: nothing that was shown before can be shown again as it was."""
    times: dict[str, list[float]] = {path: [] for path in PAGES}
    for n in range(count):
        for place, path in enumerate(PAGES):
            body = {"date": date.today().isoformat(), "pain": (n + place) % 11, "note": f"{n} {path}"}
            assert asking.post("/api/check-ins", body)[0] == 201
            begun = time.perf_counter()
            status, _ = asking.get(path)
            times[path].append(1000 * (time.perf_counter() - begun))
            assert status == 200, (path, status)
    return {
        path: {"median_ms": percentile(found, 50), "p95_ms": percentile(found, 95)} for path, found in times.items()
    }


def posted(asking: Asking, count: int) -> dict[str, float]:
    """Check-ins one after the other, each acknowledged when it is durable (SQLite, synchronous = FULL)."""
    times = []
    for n in range(count):
        body = {"date": (FIRST_DAY + timedelta(days=n)).isoformat(), "pain": n % 11, "when": "morning"}
        begun = time.perf_counter()
        status, _ = asking.post("/api/check-ins", body)
        times.append(1000 * (time.perf_counter() - begun))
        assert status == 201, status
    return {"median_ms": percentile(times, 50), "p95_ms": percentile(times, 95)}


def memory_over(asking: Asking, pid: int, count: int) -> dict[str, float]:
    """Resident memory of the server before and after many requests."""
    for path in PAGES:
        asking.get(path)
    before, halfway = resident_mb(pid), 0.0
    for n in range(count):
        asking.get(PAGES[n % len(PAGES)])
        if n == count // 2:
            halfway = resident_mb(pid)
    after = resident_mb(pid)
    return {
        "requests": count, "before_mb": before, "halfway_mb": halfway, "after_mb": after,
        "growth": round((after - halfway) / halfway, 3) if halfway else 0.0,
    }  # fmt: skip


def resident_mb(pid: int) -> float:
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    return round(int(said) / 1024, 1)


def first_page(port: int) -> dict[str, float] | None:
    """What a browser with an empty cache loads for the first page, and when one can press something on it."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from browsing import QUIET, chromium_path

    path = chromium_path()
    if path is None:
        return None
    from playwright.sync_api import sync_playwright

    got = 0.0
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        page = running.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")

        def loaded(event: dict[str, Any]) -> None:
            nonlocal got
            got += event["encodedDataLength"]

        session.on("Network.loadingFinished", loaded)
        page.goto(f"http://127.0.0.1:{port}/", wait_until="networkidle")
        ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        running.close()
    return {"transferred_kb": round(got / 1000, 1), "interactive_ms": round(ready, 1)}


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--journal", type=Path, help="a SQLite journal to copy instead of a made one")
    for name, usual in (
        ("seed", 1), ("sessions", 1200), ("sets", 24_000), ("check-ins", 3650), ("gets", 200), ("posts", 200),
        ("mixed-s", 10), ("clients", 4), ("many", 20_000),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--no-browser", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
