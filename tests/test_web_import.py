"""Files that are sent to the app: read in the background, told honestly, kept nowhere."""

import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.web import uploads as places

STRONG = """Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2026-03-02 18:05:00,"Legs",1h,"Squat (Barbell)",1,100,5,0,0,"","",
2026-03-02 18:05:00,"Legs",1h,"Squat (Barbell)",2,100,5,0,0,"","",
2026-03-02 18:05:00,"Legs",1h,"Wobbly Thing",1,20,10,0,0,"","",
"""
DIARY = "date,pain,when\n2026-03-03,4,morning\n2026-03-04,2,morning\n"


def desk(web: TestClient) -> Any:
    return web.app.state.desk  # type: ignore[attr-defined]


def sent(web: TestClient, *files: tuple[str, str | bytes], **headers: str) -> Any:
    return web.post("/import", files=[("files", file) for file in files], headers=headers, follow_redirects=True)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files go where the test can look."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def web(place: Path, web: TestClient) -> Iterator[TestClient]:
    yield web


def left(place: Path) -> list[str]:
    return [file.name for file in place.rglob("*") if file.is_file() and file.name != places.LOCK]


def test_the_page_of_an_empty_journal_takes_files_and_says_how_to_get_them(web: TestClient) -> None:
    shown = web.get("/import")
    assert shown.status_code == 200
    for said in ('type="file"', "webkitdirectory", "512 MB", "Export Strong data", "multipart/form-data"):
        assert said in shown.text


def test_a_log_is_read_and_what_came_of_it_is_told(web: TestClient) -> None:
    shown = sent(web, ("strong.csv", STRONG)).text
    assert "3 sets and 0 check-ins" in shown
    assert "66.7 % of the sets" in shown
    assert "Wobbly Thing" in shown
    assert 'href="/load"' in shown
    assert "28 more mornings" in shown
    assert len(desk(web).journal.store.sessions()) == 1


def test_again_adds_nothing_and_says_so(web: TestClient) -> None:
    sent(web, ("strong.csv", STRONG))
    assert "in your journal already" in sent(web, ("again.csv", STRONG)).text
    assert sum(len(one.sets) for one in desk(web).journal.store.sessions()) == 3


def test_each_file_stands_for_itself(web: TestClient, place: Path) -> None:
    shown = sent(web, ("strong.csv", STRONG), ("diary.csv", DIARY), ("cat.jpg", b"\xff\xd8\xff\xe0 no log")).text
    assert "One file was not read" in shown and "cat.jpg" in shown
    assert "3 sets and 2 check-ins" in shown
    assert "26 more mornings" in shown
    assert left(place) == ["1"] or len(left(place)) == 3  # the log names no unit: its files wait for the answer


def test_the_unit_is_asked_and_one_tap_corrects_it(web: TestClient, place: Path) -> None:
    assert "strong.csv: are these weights kilograms or pounds?" in sent(web, ("strong.csv", STRONG)).text
    [job] = desk(web).jobs.all()
    shown = web.post(f"/import/jobs/{job.id}/units", data={"units": "lb"}).text
    assert "3 were corrected" in shown
    assert desk(web).journal.store.sessions()[0].sets[0].load_kg == pytest.approx(45.36, abs=0.01)
    assert desk(web).journal.store.profile()["units"] == "lb"
    assert left(place) == []
    again = web.post(f"/import/jobs/{job.id}/units", data={"units": "kg"})
    assert again.status_code == 404 and "send them again" in again.text


def test_a_unit_that_is_none_is_told(web: TestClient) -> None:
    answer = web.post("/api/imports?units=stone", content=STRONG.encode())
    assert answer.status_code == 422
    assert desk(web).journal.store.sessions() == []


NAMES = [
    "../../../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/job", "C:\\Users\\me\\log.csv", "CON", "NUL.csv",
    "a" * 3000 + ".csv", "na\tme.csv", "<script>alert(1)</script>.csv", "%2e%2e%2fx.csv", "\u202egpj.exe", "file://x",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file_is_shown_and_nothing_else(web: TestClient, place: Path, name: str) -> None:
    before = set(place.parent.rglob("*"))
    shown = sent(web, (name, DIARY)).text
    assert "0 sets and 2 check-ins" in shown
    assert "<script>alert" not in shown
    assert left(place) == []
    new = {path.name for path in set(place.parent.rglob("*")) - before}
    assert not any(part in str(new) for part in ("passwd", "boot", "cron", "CON", "NUL", "aaa", "script"))
    assert web.get("/import").status_code == 200


def test_files_are_private_while_they_are_there(web: TestClient, place: Path) -> None:
    sent(web, ("strong.csv", STRONG))
    for path in place.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600) or path.name == places.LOCK, path


NAMED = b"content-disposition: form-data; name=files; filename="


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"), (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\n" + NAMED + b"a\r\n\r\nhalf", "multipart/form-data; boundary=x"),
        (b"a=b", "application/x-www-form-urlencoded"), (b"", "multipart/form-data"), (b"", "text/csv"),
        (b"--x\r\n" + NAMED + b"\r\n\r\n\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    ],
)  # fmt: skip
def test_what_is_no_upload_is_told_in_a_line(web: TestClient, place: Path, body: bytes, kind: str) -> None:
    for path in ("/import", "/api/imports"):
        answer = web.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code == 422
    assert desk(web).jobs.all() == []
    assert left(place) == []


def test_hidden_files_of_a_folder_are_left_out(web: TestClient) -> None:
    shown = sent(web, ("logs/.DS_Store", b"\x00\x01"), ("logs/strong.csv", STRONG), ("__MACOSX/x", b"y")).text
    assert "logs/strong.csv" in shown and "DS_Store" not in shown and "not read" not in shown


def test_too_many_files_are_refused_whole(web: TestClient, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backstory.web.receiving.MOST_FILES", 2)
    answer = sent(web, ("a.csv", DIARY), ("b.csv", DIARY), ("c.csv", DIARY))
    assert answer.status_code == 422 and "nothing was changed" in answer.text
    assert left(place) == [] and desk(web).journal.store.check_ins() == []


def test_a_body_that_is_larger_than_told_leaves_nothing(
    web: TestClient, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backstory.web.guard.UPLOAD_BYTES", 1000)
    for path in ("/import", "/api/imports"):
        assert web.post(path, content=iter([STRONG.encode() * 10] * 9)).status_code == 413
    assert left(place) == [] and desk(web).jobs.all() == []


def test_a_log_whose_names_are_scripts_is_shown_escaped(web: TestClient) -> None:
    shown = sent(web, ("x.csv", STRONG.replace("Wobbly Thing", "<script>x</script>' onload='y"))).text
    for page in (shown, web.get("/import/names").text):
        assert "&lt;script&gt;x" in page and "<script>x" not in page


def test_a_name_is_chosen_with_one_tap_and_remembered(web: TestClient) -> None:
    sent(web, ("strong.csv", STRONG))
    assert "Wobbly Thing" in web.get("/import/names").text
    web.post("/import/names", data={"name": "Wobbly Thing", "exercise": "goblet-squat"})
    shown = web.get("/import/names").text
    assert "Goblet" in shown and "your choice" in shown
    part = web.post(
        "/import/names", data={"name": "Wobbly Thing", "exercise": "deadlift"}, headers={"hx-request": "true"}
    )
    assert "Deadlift" in part.text and 'id="said"' not in part.text and "<html" not in part.text
    assert "squat" in web.get("/import/names/choose?name=Wobbly+Thing&q=goblet").text


@pytest.mark.parametrize(("name", "exercise"), [("", "squat"), ("x", "no-such-thing"), ("x", "")])
def test_a_choice_that_cannot_be_is_told(web: TestClient, name: str, exercise: str) -> None:
    assert web.post("/import/names", data={"name": name, "exercise": exercise}).status_code == 422
    assert web.post("/api/names", json={"name": name, "exercise": exercise}).status_code == 422


def test_the_api_reads_files_too(web: TestClient) -> None:
    begun = web.post("/api/imports", files=[("files", ("strong.csv", STRONG)), ("units", (None, "lb"))])
    assert begun.status_code == 202
    job = begun.json()
    assert (job["state"], job["progress"]["done"], job["files"][0]["new_sets"]) == ("done", 1, 3)
    assert job["files"][0]["unit_taken"] is None
    assert web.get(f"/api/imports/{job['id']}").json() == job
    assert web.get("/api/imports").json() == [job]
    assert web.delete(f"/api/imports/{job['id']}").json()["state"] == "done"
    assert web.get("/api/imports/none").status_code == 404
    names = {one["name"]: one["exercise"] for one in web.get("/api/names").json()}
    assert names == {"Squat (Barbell)": "squat", "Wobbly Thing": None}
    alone = web.post("/api/imports?name=diary.csv", content=DIARY.encode(), headers={"content-type": "text/csv"})
    assert alone.json()["files"][0]["path"] == "diary.csv" and alone.json()["files"][0]["new_check_ins"] == 2


def test_it_speaks_german(web: TestClient) -> None:
    shown = web.get("/import", headers={"accept-language": "de"}).text
    assert "Trainingstagebuch" in shown and "Einlesen" in shown


def test_what_an_app_left_behind_is_removed_by_the_next_one(place: Path) -> None:
    left_behind, others = place / f"{places.BEGINS}left", place / "somebody-elses"
    for folder in (left_behind, others):
        folder.mkdir()
        (folder / places.LOCK).touch()
    with places.uploads() as mine, places.uploads():
        assert not left_behind.exists() and others.exists() and mine.root.exists()
    assert not mine.root.exists()
