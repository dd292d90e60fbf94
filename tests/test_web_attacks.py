"""What a stranger's page or a broken program may send: nothing is run, read, changed or held up by it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.websockets import WebSocketDisconnect

from backstory.journal import Journal
from backstory.model import CheckIn, Limits, Session, Set
from backstory.web import guard
from backstory.web.app import create_app

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7007*7007}}"
PAGES = (
    "/", "/load", "/plan", "/trial", "/journal", "/help-first", "/learn", "/settings", "/report", "/start",
    "/start/you", "/import", "/names", "/measures", "/why",
)  # fmt: skip
SLOW_S = 0.5  # how long a body may be silent in these tests


@pytest.fixture
def kept(web: "TestClient") -> Journal:
    journal: Journal = web.app.state.desk.journal  # type: ignore[attr-defined]
    return journal


def test_what_was_typed_or_imported_never_runs(web: "TestClient", kept: Journal) -> None:
    now, day = kept.clock(), kept.today()
    sets = tuple(Set(SCRIPT, load_kg=50, reps=5, note=SCRIPT) for _ in range(3))
    session = Session("strong", day, sets, title=SCRIPT, note=SCRIPT)
    kept.store.save_import(SCRIPT, "strong", [session], [CheckIn(day, pain=3, when="morning", note=SCRIPT)], [], now)
    kept.store.save_entry(Limits(day, avoid=("deadlift",), prescribed_by=SCRIPT), now)
    kept.store.set_name(SCRIPT, "script", "deadlift", now)
    shown = 0
    for path in PAGES:
        page = web.get(path)
        assert page.status_code in (200, 404), path
        assert "<script>alert" not in page.text and "<img src=x" not in page.text, path
        assert "49098049" not in page.text, f"{path} takes it for a template"
        shown += "&lt;script&gt;alert" in page.text
    assert shown >= 3  # it is shown, as text
    searched = web.get("/journal", params={"q": SCRIPT})
    assert "<script>alert" not in searched.text
    download = web.get("/report/backstory.html")
    assert "<script>alert" not in download.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/....//app.py",
        "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/..%5capp.py", "/static/%00",
        "/static/vendor/../../texts/en.toml",
        "/learn/../../etc/passwd", "/learn/..%2f..%2fetc%2fpasswd", "/learn/%00",
        "/figures/..%2f..%2fetc%2fpasswd.svg", "/figures/%00.svg", "/report/backstory.py", "/report/..%2fbackstory.pdf",
    ],
)  # fmt: skip
def test_no_path_leads_out(web: "TestClient", path: str) -> None:
    answer = web.get(path)
    assert answer.status_code in (400, 404, 422), path
    assert "root:" not in answer.text and "from backstory" not in answer.text, path


def test_a_method_in_disguise_is_no_method(web: "TestClient", kept: Journal) -> None:
    kept.store.add_check_in(CheckIn(kept.today(), pain=3), kept.clock())
    for header in ("x-http-method-override", "x-method-override", "x-http-method"):
        web.get("/api/journal", headers={header: "DELETE"})
        web.post("/api/check-ins", headers={header: "DELETE"}, json={})
    web.get("/?_method=delete")
    web.get("/api/journal?_method=DELETE&confirm=delete")
    assert len(kept.store.check_ins()) == 1


def test_looking_changes_nothing(web: "TestClient", kept: Journal) -> None:
    for path in PAGES:
        web.get(path, params={"pain": "7", "trained": "no", "sure": "delete"})
        web.head(path)
    assert kept.store.is_empty()


@pytest.mark.parametrize(
    "host", ["127.0.0.1:80@evil.example", "127.0.0.1:", "127.0.0.1:8765:9", "evil.example:8765", " "]
)
def test_a_host_with_a_trick_is_a_strangers(web: "TestClient", host: str) -> None:
    answer = web.get("/", headers={"host": host})
    assert answer.status_code == 400 and "evil" not in answer.text


def test_what_comes_back_makes_no_headers(web: "TestClient") -> None:
    for path, query in (("/", {"day": "2026-01-01\r\nx-evil: 1"}), ("/start", {"as": "x\r\nset-cookie: a=b"})):
        answer = web.get(path, params=query)
        assert "x-evil" not in answer.headers and "set-cookie" not in answer.headers
    answer = web.post("/start/log", data={"as": "no-pain\r\nx-evil: 1"}, follow_redirects=False)
    assert "x-evil" not in answer.headers
    assert "location" not in answer.headers


def test_nowhere_else_is_led_to(web: "TestClient") -> None:
    for path in ("//evil.example/", "/learn//evil.example", "/%5cevil.example"):
        assert "evil.example" not in web.get(path, follow_redirects=False).headers.get("location", "")


def test_a_socket_is_not_opened(web: "TestClient") -> None:
    with pytest.raises(WebSocketDisconnect), web.websocket_connect("/"):
        pass


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a real server."""
    monkeypatch.setattr(guard, "SILENCE_S", SLOW_S)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        config = uvicorn.Config(
            create_app(str(tmp_path / "served.db"), at_once=True), log_level="critical", ws="none", timeout_keep_alive=2
        )
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        running.start()
        wait_until(lambda: server.started)
        yield port
        server.should_exit = True
        running.join(10)


def wait_until(holds: Callable[[], bool], longest_s: float = 20.0) -> None:
    until = time.monotonic() + longest_s
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def talk(port: int, said: bytes, longest_s: float = 10.0) -> bytes:
    """What a server answers until it closes, or falls silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=longest_s) as line:
        line.sendall(said)
        heard = b""
        try:
            while part := line.recv(65536):
                heard += part
                if b"connection: close" not in said and b"\r\n\r\n" in heard:
                    break
        except (TimeoutError, ConnectionResetError):
            pass
        return heard


def request(port: int, way: str = "GET", path: str = "/api/check-ins", more: str = "", body: bytes = b"") -> bytes:
    head = f"{way} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n{more}\r\n"
    return head.encode() + body


def status(answer: bytes) -> int:
    return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def test_a_body_that_stops_coming_is_given_up(served: int) -> None:
    begun = time.monotonic()
    more = "content-type: application/json\r\ncontent-length: 5000\r\n"
    answer = talk(served, request(served, "POST", more=more, body=b'{"date": '))
    assert status(answer) == 408 and time.monotonic() - begun < 8


def test_slow_headers_and_many_connections_hold_up_nobody(served: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", served), timeout=5) for _ in range(100)]
    try:
        for n, line in enumerate(lines):
            line.sendall(b"GET / HTTP/1.1\r\nhost: 127.0" if n % 2 else b"")
        begun = time.monotonic()
        assert status(talk(served, request(served))) == 200
        assert time.monotonic() - begun < 5
    finally:
        for line in lines:
            line.close()


def test_too_long_headers_and_addresses_are_refused(served: int) -> None:
    assert status(talk(served, request(served, path="/?q=" + "a" * 200_000))) in (0, 400, 414, 431)
    assert status(talk(served, request(served, more=f"x-long: {'a' * 200_000}\r\n"))) in (0, 400, 431)
    assert status(talk(served, request(served))) == 200


@pytest.mark.parametrize(
    "more",
    [
        "content-length: 5\r\ntransfer-encoding: chunked\r\n", "content-length: 5\r\ncontent-length: 6\r\n",
        "transfer-encoding: xchunked\r\n", "content-length: -1\r\n", "content-length: 0x5\r\n",
    ],
)  # fmt: skip
def test_one_request_hides_no_other(served: int, more: str) -> None:
    hidden = b"0\r\n\r\nGET /api/openapi.json HTTP/1.1\r\nhost: evil.example\r\n\r\n"
    answer = talk(served, request(served, "POST", more=f"content-type: application/json\r\n{more}", body=hidden))
    assert b'"openapi"' not in answer and answer.count(b"HTTP/1.1 20") == 0


def test_two_hosts_and_none_are_refused(served: int) -> None:
    assert status(talk(served, request(served, more="host: evil.example\r\n"))) == 400
    assert status(talk(served, b"GET / HTTP/1.0\r\nconnection: close\r\n\r\n")) == 400
    assert status(talk(served, request(served, path="http://evil.example/"))) in (400, 404)


def test_an_oversized_body_is_cut_while_it_comes(served: int) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    more = "content-type: application/json\r\ntransfer-encoding: chunked\r\n"
    assert status(talk(served, request(served, "POST", more=more, body=chunk * 20))) in (413, 0)
    told = "content-type: application/json\r\ncontent-length: 999999999999\r\n"
    assert status(talk(served, request(served, "POST", more=told, body=b"{}"))) == 413
