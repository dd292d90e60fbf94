"""Asking a server on this machine over kept connections, one after the other or from several processes at once."""

import http.client
import json
import multiprocessing
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

ONE_CHANGE_IN = 10
FIRST_DAY = date(1990, 1, 1)


class Asking:
    """One kept connection. Pages are taken as a browser takes them, compressed."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.origin = f"http://127.0.0.1:{port}"

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body, still compressed: a browser's work is none of the server's."""
        self.connection.request("GET", path, headers={"accept-encoding": "gzip"})
        return self._answer()

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        headers = {"content-type": "application/json", "origin": self.origin}
        self.connection.request("POST", path, json.dumps(body), headers)
        return self._answer()

    def _answer(self) -> tuple[int, bytes]:
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile, to a hundredth."""
    ordered = sorted(values)
    return round(ordered[min(int(share / 100 * len(ordered)), len(ordered) - 1)], 2)


def mixed(port: int, pages: Sequence[str], seconds: float, clients: int) -> dict[str, float]:
    """Pages in turn and every tenth time a check-in, from several clients; how many are answered a second."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(clients) as pool:
        counts = pool.starmap(_one_client, [(port, list(pages), seconds, number) for number in range(clients)])
    times = [one for found in counts for one in found]
    return {
        "clients": clients, "requests": len(times), "requests_per_s": round(len(times) / seconds, 1),
        "p95_ms": percentile(times, 95),
    }  # fmt: skip


def _one_client(port: int, pages: list[str], seconds: float, number: int) -> list[float]:
    asking, times, ends, n = Asking(port), [], time.perf_counter() + seconds, number
    while (begun := time.perf_counter()) < ends:
        n += 1
        if n % ONE_CHANGE_IN == 0:
            day = FIRST_DAY + timedelta(days=1000 * number + n // ONE_CHANGE_IN)
            status, _ = asking.post("/api/check-ins", {"date": day.isoformat(), "pain": 2, "when": "morning"})
        else:
            status, _ = asking.get(pages[n % len(pages)])
        assert status in (200, 201), status
        times.append(1000 * (time.perf_counter() - begun))
    return times
