"""Who may ask the app for something, and how much may come."""

import pytest
from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8765"
CHANGES = ("post", "put", "patch", "delete")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8765", "localhost.evil.example", "", "[::2]"])
def test_an_address_that_was_made_to_point_here_gets_nothing(web: TestClient, host: str) -> None:
    for path in ("/", "/api/check-ins", "/static/base.css"):
        answer = web.get(path, headers={"host": host})
        assert answer.status_code == 400
        assert "127.0.0.1" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_the_names_of_this_machine_are_served(web: TestClient, host: str) -> None:
    assert web.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "https://127.0.0.1:8765"},
        {"origin": "http://127.0.0.1:9999"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
        {"referer": "http://evil.example/page"}, {"origin": HERE, "sec-fetch-site": "cross-site"},
    ],
)  # fmt: skip
def test_another_site_changes_nothing(web: TestClient, headers: dict[str, str]) -> None:
    assert web.post("/", data={"pain": "7"}, headers=headers).status_code == 403
    assert web.post("/api/check-ins", json={"date": "2026-01-02", "pain": 7}, headers=headers).status_code == 403
    for method in CHANGES:
        assert web.request(method, "/api/check-ins", headers=headers).status_code == 403
    assert web.app.state.desk.journal.store.check_ins() == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("headers", [{"origin": HERE}, {"origin": HERE, "sec-fetch-site": "same-origin"}, {}])
def test_the_own_pages_change_things(web: TestClient, headers: dict[str, str]) -> None:
    sent = web.post("/api/check-ins", json={"date": "2026-01-02", "pain": 7}, headers=headers)
    assert (sent.status_code, sent.json()["pain"]) == (201, 7)
    assert [one.pain for one in web.app.state.desk.journal.store.check_ins()] == [7]  # type: ignore[attr-defined]


def test_every_answer_forbids_scripts_of_others(web: TestClient) -> None:
    for path in ("/", "/api/check-ins", "/static/app.js", "/not-there"):
        policy = web.get(path).headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_what_is_too_large_is_refused_whole(web: TestClient) -> None:
    note = "x" * ((1 << 20) + 1)
    for body in (note.encode(), iter([b'{"note": "', note.encode(), b'"}'])):  # with its length told, and without
        answer = web.post("/api/check-ins", content=body, headers={"content-type": "application/json"})
        assert (answer.status_code, "1 MB" in answer.text) == (413, True)
    assert web.app.state.desk.journal.store.check_ins() == []  # type: ignore[attr-defined]
