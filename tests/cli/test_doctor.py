import ast
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import vermilion
from vermilion.cli import doctor
from vermilion.cli.studio_options import speaker
from vermilion.know.catalogue import catalogue
from vermilion.know.shelf import packaged
from vermilion.know.wording import PLACEHOLDER


def copied_models(folder: Path) -> Path:
    return Path(shutil.copytree(doctor.MODELS, folder / "models"))


def test_it_finds_everything_in_place() -> None:
    result = CliRunner().invoke(doctor.command, ["--json"])
    told = json.loads(result.output)
    assert told["good"], [f for f in told["findings"] if not f["good"]]
    assert result.exit_code == 0
    names = {finding["name"] for finding in told["findings"]}
    assert {"python", "numpy", "onnxruntime", "typst", "face_landmark_with_attention.onnx"} <= names


def test_a_missing_network_is_named_with_what_mends_it(tmp_path: Path) -> None:
    models = copied_models(tmp_path)
    (models / "face_detection_short_range.onnx").unlink()
    bad = [finding for finding in doctor.examine(models) if not finding.good]
    assert [finding.name for finding in bad] == ["face_detection_short_range.onnx"]
    assert "run.py demo" in bad[0].mend


def test_a_changed_network_is_noticed(tmp_path: Path) -> None:
    models = copied_models(tmp_path)
    network = models / "face_landmark_with_attention.onnx"
    network.write_bytes(network.read_bytes()[:-1] + b"\0")
    bad = [finding for finding in doctor.examine(models) if not finding.good]
    assert [finding.name for finding in bad] == [network.name]


def test_a_missing_licence_is_noticed(tmp_path: Path) -> None:
    models = copied_models(tmp_path)
    (models / "LICENSE-mediapipe.txt").unlink()
    assert [f.name for f in doctor.examine(models) if not f.good] == ["LICENSE-mediapipe.txt"]


def test_it_ends_with_the_exit_code_of_a_set_up_error(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = doctor.Finding("numpy", "not installed", False, "Install it again.")
    monkeypatch.setattr(doctor, "examine", lambda: [missing])
    result = CliRunner().invoke(doctor.command, [])
    assert result.exit_code == 10
    assert "MISSING numpy: not installed\n        Install it again." in result.output


@pytest.mark.parametrize(
    ("version", "requirement", "allowed"),
    [
        ("2.4.6", "numpy<3,>=2.2", True),
        ("3.0", "numpy<3,>=2.2", False),
        ("2.1.9", "numpy<3,>=2.2", False),
        ("1.32.0", "onnxruntime~=1.32", True),
        ("1.40.1", "onnxruntime~=1.32", True),
        ("2.0", "onnxruntime~=1.32", False),
        ("5.0.0.93", "opencv-python-headless<6,>=5", True),
        ("12.3.0rc1", "pillow==12.3.0", True),
    ],
)
def test_versions_are_held_against_their_bounds(
    version: str, requirement: str, allowed: bool
) -> None:
    assert doctor._allowed(version, requirement) is allowed


TELL = {"Finding", "Fault"}
HELD = {"mend", "found", "needed", "whole"}
"""Where what is told waits before it is handed over."""


def texts() -> Iterator[str]:
    """Every text of a finding or fault that the code holds."""
    for file in ("cli/doctor.py", "studio/health.py"):
        source = (Path(vermilion.__file__).parent / file).read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELL:
                parts = node.args
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in HELD:
                parts = [node.value]
            else:
                continue
            for part in parts:
                yield from said(part)


def said(part: ast.expr) -> Iterator[str]:
    """The text itself, or both of a choice; nothing that is made up on the spot."""
    assert not isinstance(part, ast.JoinedStr), ast.unparse(part)
    if isinstance(part, ast.IfExp):
        yield from (*said(part.body), *said(part.orelse))
    elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
        yield part.value


def test_everything_it_can_find_is_said_in_spanish_with_the_same_values() -> None:
    known = catalogue(packaged(), "es")
    found = set(texts()) - {"studio", "python", "vermilion"}
    bare = {text for text in found if not PLACEHOLDER.sub("", text).strip()}
    commands = {"chmod go= {path}"}
    assert len(found) > 25
    for text in found - bare - commands:
        assert text in known, text
        assert sorted(PLACEHOLDER.findall(known[text])) == sorted(PLACEHOLDER.findall(text))


def test_it_speaks_the_language_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    room = doctor.Finding("studio", "only {free} MB are free on the disk", False, "make room")
    full = doctor.Finding(room.name, room.found, False, room.mend, {"free": 12})
    monkeypatch.setattr(doctor, "examine", lambda: [full])
    result = CliRunner().invoke(doctor.command, ["--lang", "es"])
    assert result.exit_code == 10
    assert (
        result.output == "FALTA estudio: solo quedan 12 MB libres en el disco\n      haga sitio\n"
    )


def test_all_is_well_in_spanish_too() -> None:
    say = speaker("es")
    told = [finding.told(say) for finding in doctor.examine()]
    assert {"carpeta temporal", "numpy"} <= {one["name"] for one in told}
    assert all(one["good"] for one in told)
    assert "as built from" not in str(told)
