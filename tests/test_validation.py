"""The validation page says what the model gives today, and every published row is answered for."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from conftest import shared

ROOT = Path(__file__).parents[1]


def benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_published_row_is_compared_explained_and_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    published = shared("reference", "spine", "published_loads.json")
    spine = benchmark("spine_published")
    spine.main(["--published", str(published)])
    report = json.loads(capsys.readouterr().out)
    rows = json.loads(published.read_text("utf-8"))
    assert {row["exercise"] for row in report["exercises"]} == {row["exercise"] for row in rows["exercises"]}
    assert len(report["postures"]) == len(rows["intradiscal_pressure_mpa_wilke_1999"]["values"])
    assert report["summary"]["unexplained"] == 0
    assert all(order["holds"] for order in report["orders"]) and len(report["orders"]) == len(rows["orders"])
    assert spine.page(report) == (ROOT / "docs" / "validation" / "spine.md").read_text("utf-8"), "run `make validate`"


def test_a_row_that_nobody_answers_for_is_shown_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "other.json"
    row = {"exercise": "cartwheel", "compression_n": 1000, "source": "somebody", "read": "memory"}
    claim = {"claim": "cartwheel > nap", "source": "somebody", "read": "memory"}
    pressures = {"source": "somebody", "read": "memory", "values": {"standing relaxed": 0.5, "headstand": 0.7}}
    text = {"exercises": [row], "orders": [claim], "intradiscal_pressure_mpa_wilke_1999": pressures}
    file.write_text(json.dumps(text), encoding="utf-8")
    benchmark("spine_published").main(["--published", str(file)])
    report = json.loads(capsys.readouterr().out)
    assert report["exercises"][0]["why"] == "not in spine_published.toml"
    assert report["orders"][0]["holds"] is None
    assert report["postures"][1]["ratio"] is None


def test_dose_benchmark_prints_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    benchmark("dose").main(["--sets", "400", "--exercises", "20", "--people", "2", "--runs", "1"])
    report = json.loads(capsys.readouterr().out)
    assert report["known_share"] == 1.0 and report["ms"] > 0
