"""The house stands as docs/design says: who may import whom, who may touch files, what `--help` may load."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "backstory"
FOUNDATION = {"model", "errors"}
ROOMS = ("body", "readers", "catalogue", "load", "form", "cause", "plan", "questions", "days", "store", "report")
MAY_IMPORT: dict[str, set[str]] = {
    "model": {"errors"},
    "errors": set(),
    "body": FOUNDATION,
    "readers": FOUNDATION,
    "catalogue": FOUNDATION | {"body"},
    "load": FOUNDATION | {"body"},
    "form": FOUNDATION | {"body"},
    "cause": FOUNDATION,
    "plan": FOUNDATION,
    "questions": FOUNDATION,
    "days": FOUNDATION,
    "store": FOUNDATION,
    "report": FOUNDATION | {"body"},
    "journal": FOUNDATION | set(ROOMS),
    "cohort": FOUNDATION | {"journal"},
    "settings": {"errors"},
    "cli": FOUNDATION | {"journal", "settings", "web"},
    "web": FOUNDATION | {"journal", "settings", "form"},
    "__main__": {"cli"},
    "__init__": set(),
}
MAY_TOUCH_FILES = {"body", "catalogue", "readers", "questions", "store", "report", "settings", "web"}
FILE_CALLS = {
    "open", "fdopen", "read_text", "write_text", "read_bytes", "write_bytes", "mkdir", "mkdtemp", "unlink", "rename",
    "replace_file", "rmtree", "touch", "chmod", "ZipFile", "NamedTemporaryFile", "TemporaryDirectory",
}  # fmt: skip
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    """Rooms that a file imports, in functions too; "" for the package itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide who imports whom"
            if node.module == "backstory":
                known = {p.stem for p in PACKAGE.iterdir()}
                yield from (alias.name if alias.name in known else "" for alias in node.names)
            elif node.module and node.module.startswith("backstory."):
                yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("backstory."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is no room of the house"
    assert set(imported_rooms(path)) - {"", room} <= MAY_IMPORT[room]


def test_journal_reads_the_program_version_and_nothing_else_from_the_package() -> None:
    users = {room_of(path) for path in FILES if "" in set(imported_rooms(path))}
    assert users <= {"journal", "cli", "store", "web"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_outer_rooms_touch_files(path: Path) -> None:
    calls = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    if room_of(path) not in MAY_TOUCH_FILES:
        assert not calls & FILE_CALLS


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom backstory.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as left:\n    assert not left.code\n"
        "print(sorted(set(sys.modules) & {'pandas', 'numpy', 'scipy', 'ortools', 'sqlalchemy', 'alembic'}))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "Ask your own log" in out
    assert out.splitlines()[-1] == "[]"


def test_files_stay_small() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES)
    assert lengths[len(lengths) // 2] < 120
    assert lengths[-1] <= 400
