"""Every key that any file names leads to a source."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from vermilion.errors import DataError
from vermilion.know.sources import HOW_READ, keys_in, parse_sources, refuse_unknown, sources


def test_each_source_says_what_it_is_and_how_it_was_read() -> None:
    for key, source in sources().items():
        assert source.key == key
        assert source.text.strip()
        assert source.mark in HOW_READ


def test_evidence_peers_and_clinic_text_keep_their_own_names() -> None:
    assert {key.partition(":")[0] for key in sources()} == {
        "flip",
        "blush",
        "clinic",
        "peers",
        "general",
    }


def test_keys_are_found_at_any_depth() -> None:
    table = {"a": {"source": ["flip:F1"]}, "b": [{"c": {"source": ["flip:F2"]}}]}
    assert list(keys_in(table)) == ["flip:F1", "flip:F2"]


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(DataError, match="flip:F9999"):
        refuse_unknown("flip", {"a": {"source": ["flip:F9999"]}})


@pytest.mark.parametrize(
    "text", ['[source."a:1"]\nmark = "page"', '[source."a:1"]\nmark = "heard"\ntext = "x"']
)
def test_a_source_without_text_or_mark_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="a:1"):
        parse_sources(text)


def test_no_knowledge_file_names_a_place_of_work_or_calls_anything_safe() -> None:
    for path in Path(str(files("vermilion.know") / "data")).rglob("*.toml"):
        text = path.read_text("utf-8").lower()
        assert "/work/" not in text
        if path.name != "sources.toml":
            assert " safe " not in text
