"""The packaged knowledge keeps its own rules; files that break one are named."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from vermilion.errors import DataError
from vermilion.know.check import faults, refuse_faults, topics_with_texts, uncited
from vermilion.know.shelf import packaged

ROW = """
edition = "2026-11"
[number.days]
value = 3
range = [2, 4]
unit = "days"
source = ["flip:F9"]
mark = "page"
grade = "D"
[number.guess]
value = 3
range = [2, 4]
unit = "days"
source = ["flip:F9"]
mark = "recalled-low"
grade = "D"
[row.first]
text = "TEXT"
source = ["flip:F9"]
mark = "page"
grade = "D"
"""
PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "TEXT"
msgstr "OTHER"
"""


def added(folder: Path, text: str, other: str = "", row: str = ROW) -> list[str]:
    (folder / "rules").mkdir()
    (folder / "rules" / "new.toml").write_text(row.replace("TEXT", text), "utf-8")
    if other:
        (folder / "locale" / "es").mkdir(parents=True)
        po = PO.replace("TEXT", text).replace("OTHER", other)
        (folder / "locale" / "es" / "new.po").write_text(po, "utf-8")
    return list(faults(packaged().with_folder(folder), ("rules/new",)))


@pytest.mark.parametrize("name", sorted(topics_with_texts(packaged())))
def test_the_packaged_texts_are_sourced_translated_and_well_worded(name: str) -> None:
    assert list(faults(packaged(), (name,))) == []


def test_no_source_stands_there_that_nobody_cites() -> None:
    data = Path(str(files("vermilion.know") / "data"))
    names = [str(path.relative_to(data))[:-5] for path in data.rglob("*.toml")]
    assert uncited(packaged(), tuple(name for name in names if name != "sources")) == set()


def test_a_source_that_nobody_cites_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        'edition = "1"\n[source."mine:1"]\nmark = "page"\ntext = "x"\n'
    )
    assert "mine:1" in uncited(packaged().with_folder(tmp_path), ("flip",))


def test_a_good_text_has_no_fault(tmp_path: Path) -> None:
    assert added(tmp_path, "Wait {days} days.", "Espera {days} días.") == []


@pytest.mark.parametrize(
    ("text", "other", "word"),
    [
        ("Wait 3 days.", "Espera {days} días.", "typed number"),
        ("Wait three days.", "Espera {days} días.", "typed amount"),
        ("Wait {days} days.", "Espera tres días.", "typed amount"),
        ("Wait {days} days.", "Espera.", "other placeholders"),
        ("Wait {days} days.", "", "not translated"),
        ("This is safe.", "Bien.", "safe"),
        ("Good.", "Es seguro.", "seguro"),
        ("It is just the Botox.", "Bien.", "just the botox"),
        ("Stop taking your aspirin.", "Bien.", "stop taking"),
        ("Results are guaranteed.", "Bien.", "guaranteed"),
        ("Wait {guess} days.", "Espera {guess} días.", "recalled without high confidence"),
        ("Wait {flip.nothing} days.", "Espera {flip.nothing} días.", "no 'nothing'"),
    ],
)
def test_a_text_that_breaks_a_rule_is_named(
    tmp_path: Path, text: str, other: str, word: str
) -> None:
    found = added(tmp_path, text, other)
    assert any(word.lower() in one.lower() for one in found), found


def test_a_text_without_its_source_is_named(tmp_path: Path) -> None:
    row = ROW.replace('text = "TEXT"\nsource = ["flip:F9"]', 'text = "TEXT"')
    assert any("no source" in one for one in added(tmp_path, "Wait.", "Espera.", row))


def test_an_added_folder_with_faults_is_refused_by_its_first_and_their_count(
    tmp_path: Path,
) -> None:
    added(tmp_path, "Wait 3 days.", "Espera 3 días.")
    with pytest.raises(DataError, match=r"rules/new.toml.*\(1 more\)"):
        refuse_faults(packaged().with_folder(tmp_path), ("rules/new",))
