"""What is saved is what was given; what cannot be saved leaves nothing behind."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vermilion.errors import OutputError
from vermilion.photo.folder import fresh_folder
from vermilion.photo.open import open_photo
from vermilion.photo.save import encode_png, save_png
from vermilion.whole_file import save_bytes

OURS = frozenset({"result.json", "pictures"})


def noise(depth: type = np.uint8) -> np.ndarray:
    top = np.iinfo(depth).max
    return np.random.default_rng(0).integers(0, top, (130, 140, 3), depth, endpoint=True)


def fill(path: Path, text: str, trouble: BaseException | None = None) -> None:
    with fresh_folder(path, OURS) as folder:
        (folder / "result.json").write_text(text)
        if trouble:
            raise trouble


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_a_saved_picture_comes_back_pixel_by_pixel(tmp_path: Path, depth: type) -> None:
    path = save_png(tmp_path / "a.png", noise(depth), {"Comment": "simulation"})
    photo = open_photo(path)
    assert photo.pixels.dtype == depth
    assert np.array_equal(photo.pixels, noise(depth))


def test_words_travel_inside_the_picture() -> None:
    image = Image.open(io.BytesIO(encode_png(noise(), {"Comment": "simulation, day 14 – flip"})))
    assert image.info["Comment"] == "simulation, day 14 – flip"
    image.load()


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert encode_png(noise(), {"a": "b"}) == encode_png(noise(), {"a": "b"})


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    save_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        save_bytes(tmp_path / "no" / "a.png", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="may not be written"):
        save_bytes(tmp_path / "file" / "a.png", b"x")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        save_bytes(tmp_path, b"x")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        save_bytes(tmp_path / "a.png", b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_forbidden_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="may not be written"):
        save_bytes(tmp_path / "a.png", b"x")


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    with fresh_folder(tmp_path / "out", OURS) as folder:
        (folder / "result.json").write_text("1")
        assert not (tmp_path / "out").exists()
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out" / "result.json").read_text() == "1"


def test_a_failure_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "out", "half", KeyboardInterrupt())
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_result_is_replaced_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    fill(tmp_path / "out", "old")
    with pytest.raises(RuntimeError):
        fill(tmp_path / "out", "half", RuntimeError())
    assert (tmp_path / "out" / "result.json").read_text() == "old"
    fill(tmp_path / "out", "new")
    assert (tmp_path / "out" / "result.json").read_text() == "new"
    assert os.listdir(tmp_path) == ["out"]


def test_a_folder_with_other_files_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "holiday.jpg").touch()
    with pytest.raises(OutputError, match="holiday"), fresh_folder(tmp_path / "out", OURS):
        pass
    assert (tmp_path / "out" / "holiday.jpg").exists()


def test_a_file_in_the_folders_place_and_a_missing_parent_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="is a file"), fresh_folder(tmp_path / "file", OURS):
        pass
    with pytest.raises(OutputError), fresh_folder(tmp_path / "no" / "out", OURS):
        pass


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("real")
    for text in ("first", "second"):
        fill(tmp_path / "out", text)
        assert sorted(os.listdir(tmp_path)) == ["out", "real"]
        assert (tmp_path / "out").is_symlink()
        assert (tmp_path / "real" / "result.json").read_text() == text


def test_the_root_of_all_is_somebodys_own(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds other files"):
        fill(Path("/"), "mine")


def test_a_mistake_of_the_program_is_not_blamed_on_the_disk(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too many"):
        fill(tmp_path / "out", "half", ValueError("too many values"))
    assert list(tmp_path.iterdir()) == []
