"""What the app itself refuses, and why long work ended, is said in German: every line that stands in its source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from backstory.web import bounded, guard, kept
from german import german

WEB = Path(guard.__file__).parent
REFUSING = ("InputError", "NotEnough", "Refused", "_refuse", "Made")
NOT_ON_PAGES = ("api", "serving.py")  # programs and the terminal are told in English
GAPS = ("2", "'x'", "2026-03-14")
GERMAN = {"accept-language": "de"}


def lines_of(file: Path) -> Iterator[tuple[str | None, ...]]:
    """What is refused with, as fixed parts and gaps (None); lines without fixed words are composed of texts."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    named = {
        one.targets[0].id: one.value
        for one in tree.body
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in REFUSING:
            for given in (*call.args, *(one.value for one in call.keywords)):
                yield from (parts for parts in parts_of(given, named) if any(words(part) for part in parts))


def parts_of(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[tuple[str | None, ...]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield tuple(part for text in node.value.split("{}") for part in (text, None))[:-1]
    elif isinstance(node, ast.JoinedStr):
        yield tuple(str(one.value) if isinstance(one, ast.Constant) else None for one in node.values)
    elif isinstance(node, ast.Name) and node.id in named:
        yield from parts_of(named[node.id], {})
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from parts_of(value, named)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        yield from parts_of(node.func.value, named)


def words(part: str | None) -> bool:
    return bool(part) and any(len(word) > 2 and word.isalpha() for word in str(part).split())


def all_lines() -> list[tuple[str | None, ...]]:
    files = [file for file in WEB.rglob("*.py") if file.relative_to(WEB).parts[0] not in NOT_ON_PAGES]
    found = {parts for file in files for parts in lines_of(file)}
    constants = (bounded.NO_MEMORY, bounded.TOO_LONG, bounded.ENDED, kept.UNEXPECTED)
    return sorted(found | {(line,) for line in constants}, key=str)


def test_the_lines_are_found() -> None:
    found = all_lines()
    assert len(found) > 25 and ("Another site asked for this; nothing was changed.",) in found


@pytest.mark.parametrize("parts", all_lines(), ids=str)
def test_every_refusal_of_the_app_is_said(parts: tuple[str | None, ...]) -> None:
    book = german()
    texts = ["".join(gap if part is None else part for part in parts) for gap in GAPS]
    assert any(book.say(text) != text and text not in book.missed for text in texts), texts


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nirgends", 404, "Diese Seite gibt es nicht."),
        ("/load?date=gestern", 422, "war nicht zu verstehen: date."),
        ("/?day=gestern", 422, "ist kein Tag"),
        ("/import/jobs/none", 404, "Diesen Import gibt es nicht"),
    ],
)
def test_a_german_page_refuses_in_german(web: TestClient, path: str, status: int, said: str) -> None:
    told = web.get(path, headers=GERMAN)
    assert told.status_code == status and said in told.text


def test_what_stands_before_the_app_refuses_in_the_browsers_language(web: TestClient) -> None:
    foreign = {"origin": "http://evil.example"}
    assert "Eine andere Website" in web.post("/", data={"pain": "7"}, headers=foreign | GERMAN).text
    assert "Another site" in web.post("/", data={"pain": "7"}, headers=foreign).text
    assert "Another site" in web.post("/api/check-ins", json={}, headers=foreign | GERMAN).text
    too_much = web.post("/", content=b"x" * 2_000_000, headers=GERMAN)
    assert too_much.status_code == 413 and "1 MB" in too_much.text and "nichts wurde geändert" in too_much.text


def test_sending_no_file_is_told_in_german(web: TestClient) -> None:
    told = web.post("/import", data={"x": "y"}, headers=GERMAN)
    assert told.status_code == 422 and "Es wurde keine Datei geschickt" in told.text
