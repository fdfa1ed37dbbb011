"""Knowledge is found in the package and in folders that others add; the added one wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermilion.errors import DataError, UsageError
from vermilion.know.shelf import packaged

SOURCES = '[source."mine:1"]\nmark = "page"\ntext = "my book"\n'


def test_names_lists_the_files_of_a_kind() -> None:
    assert packaged().names("countries") == ("es", "gb-eng", "us")
    assert packaged().names("nothing_of_this_kind") == ()


def test_an_added_folder_brings_files_and_their_sources(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text('edition = "1"\n' + SOURCES)
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "facial.toml").write_text(
        'edition = "1"\n[number.n]\nvalue = 1\nrange = [1, 1]\nunit = "days"\n'
        'source = ["mine:1"]\nmark = "page"\ngrade = "D"\n'
    )
    shelf = packaged().with_folder(tmp_path)
    assert "facial" in shelf.names("steps")
    assert shelf.has("steps/facial")
    assert not packaged().has("steps/facial")
    assert shelf.topic("steps/facial").number("n").origin.sources == ("mine:1",)
    assert shelf.topic("flip").edition == packaged().topic("flip").edition


def test_a_source_that_nobody_brought_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('edition = "1"\n[row.a]\nsource = ["mine:1"]\n')
    with pytest.raises(DataError, match="mine:1"):
        packaged().with_folder(tmp_path).topic("x")


def test_a_file_that_is_not_there_or_not_toml_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no knowledge file"):
        packaged().topic("nowhere")
    (tmp_path / "y.toml").write_text("this is not toml")
    with pytest.raises(DataError, match=r"y\.toml is not TOML.*line 1"):
        packaged().with_folder(tmp_path).topic("y")
    with pytest.raises(UsageError, match="not a folder"):
        packaged().with_folder(tmp_path / "none")
