import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from vermilion.bench import care
from vermilion.bench.table import Table
from vermilion.cli import bench


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Table("Found", ("what", "ms"), [("mesh", "6")], ("once",)), Table("", notes=("none",))
    monkeypatch.setattr(care, "care", lambda: found)


@pytest.mark.usefixtures("quick")
def test_tables_are_printed_under_the_benchs_name_and_day() -> None:
    printed = CliRunner().invoke(bench.command, ["care"]).output
    first, *rest = printed.splitlines()
    assert first.startswith("care, 20")
    assert rest == [
        "Found",
        "",
        "| what | ms |",
        "| ---- | -- |",
        "| mesh | 6  |",
        "once",
        "",
        "none",
    ]


@pytest.mark.usefixtures("quick")
def test_the_same_tables_are_told_as_data() -> None:
    told = json.loads(CliRunner().invoke(bench.command, ["care", "--json"]).output)
    assert told["bench"] == "care"
    assert told["tables"] == [
        {"title": "Found", "rows": [{"what": "mesh", "ms": "6"}], "notes": ["once"]},
        {"title": "", "rows": [], "notes": ["none"]},
    ]


def test_a_bench_without_its_photos_says_so_as_data_too(tmp_path: Path) -> None:
    words = ["lips", "--faces", str(tmp_path), "--json"]
    told = json.loads(CliRunner().invoke(bench.command, words).output)
    assert "did not run" in told["tables"][0]["notes"][0]
