"""Whatever is sent to the API, the server never breaks: requests made up from its own description."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from backstory.web.app import create_app

HERE = "http://127.0.0.1:8765"
EXAMPLES = 12  # of each route
JSON = {"content-type": "application/json"}
WAYS = ("get", "post", "put", "patch", "delete")
UGLY = ("NaN", "Infinity", "1e400", "9" * 400, "-0", "\u0000", "\ud800", "0001-01-01", "9999-12-31", "../../etc/passwd")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One journal for all that is made up: it gets full of what nobody would write."""
    with _client(tmp_path_factory.mktemp("api")) as client:
        yield client


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[TestClient]:
    with _client(tmp_path) as client:
        yield client


def _client(folder: Path) -> TestClient:
    app = create_app(str(folder / "api.db"), at_once=True)
    return TestClient(app, base_url=HERE, raise_server_exceptions=False)


DESCRIBED = schemathesis.openapi.from_dict(create_app("").openapi())
OPERATIONS = [found.ok() for found in DESCRIBED.get_all_operations() if isinstance(found, Ok)]
ROUTES = {f"{one.method} {one.path}": one for one in OPERATIONS}


@pytest.mark.parametrize("route", ROUTES)
def test_no_request_breaks_the_server(served: TestClient, route: str) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=ROUTES[route].as_strategy())
    def ask(case: Any) -> None:
        response = case.call(base_url=HERE, app=served.app)
        case.validate_response(response, checks=[not_a_server_error])

    ask()


def test_every_route_is_described(served: TestClient) -> None:
    document = served.get("/api/openapi.json").json()
    assert len(ROUTES) == sum(map(len, document["paths"].values())) > 0
    for path, ways in document["paths"].items():
        for way, told in ways.items():
            assert path.startswith("/api/") and way in WAYS
            assert told.get("description"), f"{way} {path} says nothing of itself"
            assert told.get("tags"), f"{way} {path} belongs nowhere"


@pytest.mark.parametrize("number", ["5", "-0", "1e9", "20261101", "1763200000"])
def test_a_number_is_no_day(fresh: TestClient, number: str) -> None:
    """Else "5" would be the second of January 1970 or so, quietly."""
    for written in (number, f'"{number}"'):
        body = f'{{"date": {written}, "pain": 1}}'
        assert fresh.post("/api/check-ins", content=body, headers=JSON).status_code == 422, written
    assert fresh.get("/api/check-ins", params={"from": number}).status_code == 422


def test_ugly_values_are_refused_in_one_line(fresh: TestClient) -> None:
    for ugly in UGLY:
        text = ugly.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        for body in (f'{{"date": "2026-01-02", "pain": {ugly}}}', f'{{"date": "{ugly}", "pain": 1}}'):
            sent = fresh.post(
                "/api/check-ins",
                content=body.encode("utf-8", "surrogatepass"),
                headers=JSON,
            )
            assert sent.status_code in (201, 422, 400), (ugly, sent.text)
        for path in ("/api/check-ins", "/api/journal", "/api/days", "/api/plan"):
            assert fresh.get(path, params={"from": text, "q": text, "before": text}).status_code < 500, (path, ugly)
    deep = b"[" * 50_000 + b"]" * 50_000
    sent = fresh.post("/api/check-ins", content=deep, headers=JSON)
    assert sent.status_code in (400, 422)


def test_a_lone_surrogate_in_a_note_breaks_nothing(fresh: TestClient) -> None:
    body = b'{"date": "2026-01-02", "note": "\\ud800 and \\u0000"}'
    sent = fresh.post("/api/check-ins", content=body, headers=JSON)
    assert sent.status_code in (201, 422)
    assert fresh.get("/api/check-ins").status_code == 200 and fresh.get("/").status_code == 200
