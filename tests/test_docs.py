"""The documentation lags no further than the next test run."""

import re
from pathlib import Path

import pytest

from backstory.catalogue import load
from backstory.cli import app
from backstory.model import AREAS, FEELS
from backstory.readers import READERS, diary
from backstory.settings import Settings
from conftest import Run

ROOT = Path(__file__).parents[1]
README, CHANGELOG, CONTRIBUTING = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
)
DOCS = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
TEXT_FILES = [
    path
    for path in ROOT.rglob("*")
    if path.suffix in {".md", ".py", ".toml", ".txt", ".mako", ""} and path.is_file()
    and not {".git", ".venv", ".tools", "__pycache__", "node_modules"} & set(path.relative_to(ROOT).parts)
    and not any(part.endswith("_cache") or part == ".hypothesis" for part in path.parts)
]  # fmt: skip


def commands() -> dict[str, list[str]]:
    """Every command with its options."""
    import typer

    found: dict[str, list[str]] = {}

    def walk(command: object, path: str) -> None:
        inside = getattr(command, "commands", None)
        if inside:
            for name, child in inside.items():
                walk(child, f"{path} {name}")
        if not inside or (path.count(" ") and command.params):  # type: ignore[attr-defined]
            found[path] = [o for p in command.params for o in p.opts if o.startswith("--")]  # type: ignore[attr-defined]

    walk(typer.main.get_command(app), "backstory")
    return found


def test_every_command_and_option_is_documented() -> None:
    for command, options in commands().items():
        (row, *_) = [line for line in DOCS["commands"].splitlines() if re.match(rf"\| `{command}[ `]", line)]
        for option in set(options) - {"--journal", "--json", "--help"}:
            assert option in row, f"{command} {option}"


def test_every_documented_command_exists() -> None:
    known = set(commands())
    for text in (README, DOCS["commands"]):
        for line in re.findall(r"^(?:\| `)?(backstory [a-z-]+(?: [a-z]+)?)", text, re.MULTILINE):
            assert line in known or line.rsplit(" ", 1)[0] in known, line


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
def test_every_reader_is_documented(reader: object) -> None:
    assert f"\n## {reader.NAME}\n" in DOCS["formats"]  # type: ignore[attr-defined]
    assert reader.LABEL.split(" ")[0].split("'")[0] in README  # type: ignore[attr-defined]


def test_every_diary_column_and_word_is_documented() -> None:
    section = DOCS["formats"].split("## diary")[1]
    for word in (*diary.FIELDS, *AREAS, *FEELS):
        assert re.search(rf"\b{word}\b", section), word


def test_every_setting_is_documented() -> None:
    for name in Settings.model_fields:
        assert f"`BACKSTORY_{name.upper()}`" in DOCS["commands"]


def test_every_check_is_documented(run: Run, tmp_path: Path) -> None:
    answer = run("demo", "--folder", tmp_path / "demo", "--json").json["answer"]
    for check in answer["checks"]:
        assert f"| {check['name']} |" in DOCS["how-it-works"]


def test_every_rule_is_documented() -> None:
    from backstory.questions import load_rules

    for rule in load_rules().values():
        assert f"| {rule.id} | {rule.text} |" in DOCS["planning"], rule.id


def test_every_rule_of_a_plan_says_whether_it_is_hard() -> None:
    from backstory.plan.rules import RULES

    for rule in RULES:
        line = next(line for line in DOCS["planning"].splitlines() if line.startswith(f"| {rule.id} |"))
        assert f"| {'hard' if rule.hard else 'soft'} |" in line, rule.id


def test_every_column_of_the_daily_table_has_its_unit() -> None:
    from backstory.load import EXPOSURE_UNITS

    for column in EXPOSURE_UNITS:
        assert f"`{column}`" in DOCS["nomenclature"]


def test_every_room_stands_in_the_table() -> None:
    rooms = {
        path.name for path in (ROOT / "src" / "backstory").iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    for room in rooms:
        assert f"`{room}/`" in DOCS["how-it-works"], room


def test_the_changelog_knows_this_version_and_the_size_of_the_catalogue() -> None:
    from backstory import __version__

    assert f"## {__version__}" in CHANGELOG
    assert f"{len(load().exercises)} exercises" in CHANGELOG


def test_contributing_shows_how_to_add_a_reader_an_exercise_a_rule() -> None:
    for thing in ("reader", "exercise", "rule", "check"):
        assert f"## To add a{'n' if thing[0] in 'aeiou' else ''} {thing}" in CONTRIBUTING


def test_links_lead_somewhere() -> None:
    pages = {ROOT / "README.md": README, ROOT / "CONTRIBUTING.md": CONTRIBUTING}
    pages |= {ROOT / "docs" / f"{name}.md": text for name, text in DOCS.items()}
    for page, text in pages.items():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    forbidden = re.compile(r"pypi\.org|pythonhosted|npmjs|deb\.debian|(?<![\w.])/(?:home|root|work|Users)/\w")
    for path in TEXT_FILES:
        if path != Path(__file__):
            assert not forbidden.search(path.read_text("utf-8", errors="replace")), path


def test_the_locks_hold_versions_and_hashes_and_no_addresses() -> None:
    for name in ("lock.txt", "uv.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(re.findall(r"^\S+==", text, re.MULTILINE)) > 0
