"""Each file in golden/ reads as the JSON beside it says; `pytest --regenerate` writes these anew."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from backstory import readers

GOLDEN = Path(__file__).parent / "golden"
INPUTS = sorted(GOLDEN.glob("*/*.csv"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_golden_file_reads_as_recorded(path: Path, request: pytest.FixtureRequest) -> None:
    result = readers.read(path)
    assert result.reader == path.parent.name
    text = json.dumps(_lean(asdict(result)), default=str, ensure_ascii=False, indent=1) + "\n"
    golden = path.with_suffix(".json")
    if request.config.getoption("--regenerate"):
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text


def test_every_reader_has_a_golden_pair() -> None:
    assert {reader.NAME for reader in readers.READERS} == {path.parent.name for path in INPUTS}


def _lean(value: object) -> object:
    """Without what is not recorded, so that the golden files can be read."""
    if isinstance(value, dict):
        return {key: _lean(item) for key, item in value.items() if item not in (None, (), [])}
    if isinstance(value, list | tuple):
        return [_lean(item) for item in value]
    return round(value, 6) if isinstance(value, float) else value
