import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from vermilion.cli import doctor


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
