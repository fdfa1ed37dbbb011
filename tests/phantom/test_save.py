import json

import cv2
import numpy as np
import pytest

from vermilion.errors import OutputError, UsageError
from vermilion.phantom import SCENES, render_phantom, save, write_phantom


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    small = {"frontal": SCENES["frontal"].sized(150, 200)}
    monkeypatch.setattr(save, "SCENES", small)


def test_picture_and_truth_are_written_and_agree(tmp_path):
    picture, truth = write_phantom(tmp_path / "new", "frontal")
    pixels = cv2.imread(str(picture))[..., ::-1]
    stated = json.loads(truth.read_text())
    made = render_phantom(SCENES["frontal"].sized(150, 200))
    assert np.array_equal(pixels, made.pixels)
    assert stated["scene"] == "frontal"
    assert stated["photo"] == {"width": 150, "height": 200}
    assert stated["measures"] == made.truth["measures"]


def test_an_unknown_scene_is_answered_with_the_known_ones(tmp_path):
    with pytest.raises(UsageError, match="frontal"):
        write_phantom(tmp_path, "nobody")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OutputError, match="another folder"):
        write_phantom(blocked, "frontal")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_nothing_new_and_spares_what_stood_there(tmp_path, monkeypatch):
    def full(path, content):
        if path.suffix == ".json":
            raise OutputError("no room")
        path.write_bytes(content)

    monkeypatch.setattr(save, "save_bytes", full)
    with pytest.raises(OutputError, match="no room"):
        write_phantom(tmp_path / "deep" / "new", "frontal")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "phantom-frontal.json").write_text("older")
    with pytest.raises(OutputError, match="no room"):
        write_phantom(tmp_path, "frontal")
    assert (tmp_path / "phantom-frontal.json").read_text() == "older"
