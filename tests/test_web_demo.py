"""A simulated person to look at: in an app and a journal of their own."""

import time
from urllib.request import Request, urlopen

import pytest
from starlette.testclient import TestClient

from backstory.journal import open_journal


def shown(address: str) -> str:
    with urlopen(address, timeout=30) as page:
        return str(page.read().decode())


def test_a_simulated_person_is_looked_at_and_nothing_mixes(web: TestClient) -> None:
    web.post("/settings", data={"language": "de"})
    assert "Das Jahr simulieren" in web.get("/demo").text
    assert web.get("/demo/look").status_code == 404
    assert "/demo/look" in web.post("/demo").text
    leads = web.get("/demo/look", follow_redirects=False)
    address = leads.headers["location"]
    assert leads.status_code == 303
    assert address.startswith("http://127.0.0.1:") and address != "http://127.0.0.1:8765/"
    for path in ("", "plan", "settings", "not-there-at-all"):
        if path != "not-there-at-all":
            page = shown(address + path)
            assert "Das ist eine simulierte Person." in page and 'href="http://127.0.0.1:8765"' in page
    assert "simulierte Person." not in web.get("/").text

    asked = Request(
        address + "api/check-ins", b'{"date": "2026-01-02", "pain": 7}', {"content-type": "application/json"}
    )
    with urlopen(asked, timeout=30) as answer:
        assert answer.status == 201
    desk = web.app.state.desk  # type: ignore[attr-defined]
    assert desk.journal.store.check_ins() == [] and desk.journal.store.sessions() == []
    web.post("/api/check-ins", json={"date": "2026-01-03", "pain": 1})
    with open_journal(str(desk.demo.path)) as theirs:
        days = {one.day.isoformat(): one.pain for one in theirs.store.check_ins()}
    assert days["2026-01-02"] == 7 and len(days) > 250
    assert web.get("/demo/look", follow_redirects=False).headers["location"] == address


def test_their_app_ends_with_the_own_one_and_leaves_nothing(web: TestClient) -> None:
    web.post("/demo")
    address = web.get("/demo/look", follow_redirects=False).headers["location"]
    desk = web.app.state.desk  # type: ignore[attr-defined]
    assert "simulated" in shown(address)
    desk.demo.close()
    time.sleep(0.1)
    with pytest.raises(OSError):
        urlopen(address, timeout=2)
    assert desk.demo.path.parent.parent == desk.uploads.root
