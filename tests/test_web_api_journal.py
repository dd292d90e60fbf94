"""What was recorded, the profile, activities, export, restore and delete, by the API."""

from typing import Any

import pytest
from starlette.testclient import TestClient

STRONG = """Date,Workout Name,Duration,Exercise Name,Set Order,Weight (kg),Reps,Distance,Seconds,Notes,Workout Notes,RPE
2026-03-02 18:05:00,"Legs",1h,"Squat (Barbell)",1,100,5,0,0,"","",
2026-03-02 18:05:00,"Legs",1h,"Squat (Barbell)",2,100,5,0,0,"","",
"""
SURE = {"confirm": "delete everything"}


def desk(web: TestClient) -> Any:
    return web.app.state.desk  # type: ignore[attr-defined]


def lived(web: TestClient) -> None:
    web.post("/api/imports", files=[("files", ("strong.csv", STRONG))])
    web.post("/api/check-ins", json={"date": "2026-03-03", "pain": 4, "note": "stiff"})
    web.post("/api/activities", json={"date": "2026-03-04", "kind": "run", "minutes": 30, "km": 5})


def entries(web: TestClient, **asked: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = web.get("/api/journal", params=asked).json()["entries"]  # type: ignore[arg-type]
    return found


def test_what_was_recorded_is_found_changed_removed_and_brought_back(web: TestClient) -> None:
    lived(web)
    assert {one["kind"] for one in entries(web)} >= {"session", "check-in", "activity"}
    [found] = entries(web, q="stiff")
    changed = web.patch(f"/api/journal/{found['id']}", json={"values": {"pain": 6}})
    assert changed.json()["values"]["pain"] == 6
    removed = web.delete(f"/api/journal/{found['id']}").json()
    assert removed["after"] is None and entries(web, kind="check-in") == []
    assert web.post("/api/journal/undo", json={"id": removed["id"]}).json()["undone"]
    assert web.post("/api/journal/undo", json={}).json()["before"]["values"]["pain"] == 4
    assert entries(web, kind="check-in")[0] == web.get(f"/api/journal/{found['id']}").json() == found


def test_pages_follow_each_other(web: TestClient) -> None:
    for day in range(1, 8):
        web.post("/api/check-ins", json={"date": f"2026-03-0{day}", "pain": day})
    first = web.get("/api/journal?kind=check-in&limit=4").json()
    second = web.get("/api/journal", params={"kind": "check-in", "limit": 4, "before": first["older"]}).json()
    assert [len(first["entries"]), len(second["entries"]), second["older"]] == [4, 3, None]


@pytest.mark.parametrize("entry_id", ["check-in:99", "nonsense", "set:", "trial:x", "check-in:-1", "%ED%A0%80"])
def test_what_is_not_there_is_404(web: TestClient, entry_id: str) -> None:
    assert web.get(f"/api/journal/{entry_id}").status_code == 404
    assert web.delete(f"/api/journal/{entry_id}").status_code == 404
    assert web.patch(f"/api/journal/{entry_id}", json={"values": {}}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        '{"values": {"pain": 11}}', '{"values": {"pain": NaN}}', '{"values": {"pain": 1' + "0" * 400 + "}}",
        '{"values": {"day": "9999-99-99"}}', '{"values": {"\\ud800": 1}}', '{"values": {"note": 7}}',
        '{"values": {"where": ["\\ud800"]}}', '{"values": {"where": [[1]]}}', '{"values": 3}', "{}", "[", "1" * 5000,
    ],
)  # fmt: skip
def test_values_that_cannot_be_change_nothing(web: TestClient, body: str) -> None:
    lived(web)
    [found] = entries(web, kind="check-in")
    answer = web.patch(f"/api/journal/{found['id']}", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
    assert len(answer.json()["detail"].splitlines()) == 1
    assert entries(web, kind="check-in") == [found]


def test_the_profile_is_read_and_changed(web: TestClient) -> None:
    empty = web.get("/api/profile").json()
    assert empty["profile"]["sex"] is None and empty["computed_with"]["assumed"] == ["body mass", "height"]
    given = {
        "sex": "female",
        "height_cm": 170,
        "body_mass_kg": 65.5,
        "equipment": ["barbell", "bench"],
        "theme": "dark",
    }
    changed = web.patch("/api/profile", json=given).json()
    assert {name: changed["profile"][name] for name in given} == given
    assert changed["computed_with"] == {"body_mass_kg": 65.5, "height_cm": 170, "assumed": []}
    assert web.get("/api/profile").json() == changed
    for wrong in ({"sex": "x"}, {"height_cm": 9}, {"equipment": ["magic"]}, {"unknown": 1}, {"birth_year": 1860}):
        assert web.patch("/api/profile", json=wrong).status_code == 422
    assert web.get("/api/profile").json() == changed


@pytest.mark.parametrize(
    "wrong", [{"kind": "run"}, {"kind": " ", "minutes": 3}, {"kind": "run", "minutes": -1}, {"minutes": 3},
              {"kind": "run", "minutes": 3, "date": "2999-01-01"}]
)  # fmt: skip
def test_an_activity_that_cannot_be_is_told(web: TestClient, wrong: dict[str, object]) -> None:
    assert web.post("/api/activities", json=wrong).status_code == 422
    assert entries(web) == []


def test_taken_along_deleted_and_brought_back(web: TestClient) -> None:
    lived(web)
    before, zipped = entries(web), web.get("/api/export")
    assert zipped.headers["content-type"] == "application/zip"
    refused = web.post("/api/restore", files=[("files", ("b.zip", zipped.content))])
    assert refused.json()["state"] == "failed" and "not empty" in refused.json()["why_not"]
    for wrong in ({}, {"confirm": "yes"}):
        assert web.delete("/api/journal", params=wrong).status_code == 422
    assert entries(web) == before
    assert web.delete("/api/journal", params=SURE).json() == {"deleted": True}
    assert entries(web) == [] and desk(web).journal.store.is_empty() and web.get("/api/imports").json() == []
    begun = web.post("/api/restore", files=[("files", ("b.zip", zipped.content))])
    assert (begun.status_code, begun.json()["state"]) == (202, "done")
    assert entries(web) == before
    assert web.get(f"/api/imports/{begun.json()['id']}").status_code == 200


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04 half"])
def test_what_is_no_export_is_told(web: TestClient, content: bytes) -> None:
    told = web.post("/api/restore", files=[("files", ("x.zip", content))]).json()
    assert told["state"] == "failed" and "no whole export" in told["why_not"]
    shown = web.post("/settings/restore", files=[("file", ("x.zip", content))])
    assert shown.status_code == 422 and "no whole export" in shown.text
    assert desk(web).journal.store.is_empty()
