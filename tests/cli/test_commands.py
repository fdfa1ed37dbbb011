"""What measure, preview and consult give, as others build on it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from vermilion import __version__
from vermilion.cli.main import run
from vermilion.photo.open import open_photo

PHOTO = {"sha256": "0", "smile_sha256": None}
FRONTAL_TRUTH_MM = {"upper_vermilion_height", "lower_vermilion_height", "mouth_width"}


def told(arguments: list[str | Path], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run([str(a) for a in arguments]) == 0, capsys.readouterr().err
    values: dict[str, Any] = json.loads(capsys.readouterr().out)
    return values


def test_measure_keeps_its_contract(client: Path, capsys: pytest.CaptureFixture[str]) -> None:
    got = told(["measure", client, "--json"], capsys)
    assert got["version"] == __version__
    assert got["photo"] == {"width": 600, "height": 800}
    assert len(got["face"]["box"]) == 4
    assert got["face"]["index"] == 1
    assert set(got["pose"]) == {"yaw_deg", "pitch_deg", "roll_deg"}
    assert isinstance(got["quality"], list)
    assert set(got["scale"]) == {"mm_per_px", "sd", "source"}
    for name in ("upper_outer", "upper_inner", "lower_inner", "lower_outer"):
        curve = np.array(got["curves"][name])
        assert curve.ndim == 2
        assert curve[0, 0] < curve[-1, 0]
    for measured in got["measures"].values():
        assert set(measured) == {"value", "sd", "unit"}
        assert measured["sd"] >= 0
    assert set(got["measures"]) >= FRONTAL_TRUTH_MM
    assert len(got["points"]["labiale_superius"]) == 2


def test_a_reference_sets_the_scale(client: Path, capsys: pytest.CaptureFixture[str]) -> None:
    got = told(
        ["measure", client, "--json", "--reference-mm", "30", "100", "700", "400", "700"], capsys
    )
    assert got["scale"]["source"] == "reference"
    assert got["scale"]["mm_per_px"] == pytest.approx(0.1)


def test_the_clients_own_iris_scales_all_lengths(
    client: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (
        told(["measure", client, "--json", "--iris-mm", mm], capsys)["measures"]["mouth_width"]
        for mm in ("11.5", "12.5")
    )
    assert other["value"] / one["value"] == pytest.approx(12.5 / 11.5, rel=1e-6)


def test_measure_speaks_to_people_too(client: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["measure", str(client)]) == 0
    out = capsys.readouterr().out
    assert "Upper lip, red height" in out
    assert "±" in out


def test_a_smile_tells_what_it_does(
    client: Path, smiling: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    got = told(["measure", client, "--smile", smiling, "--json"], capsys)["smile"]
    assert got["measures"]["upper_vermilion_loss"]["unit"] == "mm"
    assert got["gum_class"] in ("none", "slight", "gummy", "very gummy")


def picture(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))


def test_a_smile_that_will_not_do_is_told_from_the_photo_at_rest(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wall = tmp_path / "wall.png"
    Image.new("RGB", (300, 300), "grey").save(wall)
    for language, told in (
        ("en", "in the smile photo, no face"),
        ("es", "en la foto de la sonris"),
    ):
        said = ["measure", client, "--smile", wall, "--lang", language]
        assert run([str(a) for a in said]) == 4
        assert capsys.readouterr().err.startswith(told)


def test_a_rise_of_nothing_gives_back_every_pixel(client: Path, tmp_path: Path) -> None:
    out = tmp_path / "same.png"
    assert run(["preview", str(client), "--rise-mm", "0", "-o", str(out)]) == 0
    assert np.array_equal(picture(out), picture(client))


@pytest.mark.parametrize(
    "plan",
    [
        ["--flip", "--week", "2"],
        ["--flip", "--units", "0.5", "--day", "14", "--band", "high"],
        ["--rise-mm", "0.5"],
        ["--blush"],
        ["--blush", "coral", "--technique", "ombre", "--year", "2"],
        ["--flip", "--blush", "rose", "--first", "blush", "--wait", "30", "--day", "44"],
    ],
    ids=" ".join,
)
def test_a_preview_changes_the_mouth_and_nothing_else(
    plan: list[str], client: Path, tmp_path: Path
) -> None:
    out = tmp_path / "p.png"
    assert run(["preview", str(client), *plan, "-o", str(out)]) == 0
    before, after = picture(client), picture(out)
    assert after.shape == before.shape
    rows, columns = np.nonzero((before != after).any(axis=2))
    assert rows.size > 0
    assert rows.min() > 400
    assert columns.min() > 150
    assert columns.max() < 450
    with Image.open(out) as image:
        assert "simulation" in image.info["Comment"]


def test_a_flip_on_day_0_and_long_after_is_the_photo_again(client: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.png"
    assert run(["preview", str(client), "--flip", "--year", "1", "-o", str(out)]) == 0
    assert np.array_equal(picture(out), picture(client))


def test_a_16_bit_photo_stays_16_bit(client: Path, tmp_path: Path) -> None:
    import cv2

    deep = tmp_path / "deep.png"
    eight = cv2.imread(str(client))
    assert cv2.imwrite(str(deep), eight.astype(np.uint16) * 257)
    out = tmp_path / "p.png"
    assert run(["preview", str(deep), "--rise-mm", "0.5", "-o", str(out)]) == 0
    before, after = open_photo(deep).pixels, open_photo(out).pixels
    assert after.dtype == np.uint16
    assert (before[:300] == after[:300]).all()
    assert (before != after).any()


def test_marks_and_overlays_come_on_request(client: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.png"
    arguments = ["preview", str(client), "--rise-mm", "0", "-o", str(out)]
    assert run([*arguments, "--mark"]) == 0
    marked = picture(out) != picture(client)
    assert marked[-100:].any()
    assert not marked[:-100].any()
    assert run([*arguments, "--overlay"]) == 0
    assert (picture(out) != picture(client))[450:550].any()


def test_a_warning_of_the_plan_is_said(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "p.png")
    assert run(["preview", str(client), "--flip", "--units", "2.4", "-o", out]) == 0
    assert "note:" in capsys.readouterr().err


def test_a_blush_is_said_to_be_worked_out_for_bare_lips(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "p.png")
    assert run(["preview", str(client), "--blush", "-o", out]) == 0
    assert "bare lips" in capsys.readouterr().err
    assert run(["preview", str(client), "--rise-mm", "0.5", "-o", out]) == 0
    assert "bare lips" not in capsys.readouterr().err


def test_the_same_stands_in_a_previews_json(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for name, plan in (("blush", ["--blush"]), ("flip", ["--rise-mm", "0.5"])):
        out = str(tmp_path / f"{name}.png")
        assert run(["preview", str(client), *plan, "--json", "-o", out]) == 0
        said[name] = json.loads(capsys.readouterr().out)["basis"]
    (one,) = said["blush"]
    assert "bare lips" in one
    assert said["flip"] == []


def test_a_block_is_lifted_only_by_a_reason(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "p.png"
    arguments = ["preview", str(client), "--flip", "--units", "3", "-o", str(out)]
    assert run(arguments) == 6
    assert not out.exists()
    assert run([*arguments, "--reason", "known to need it"]) == 0
    assert "known to need it" in capsys.readouterr().err


def test_a_rise_that_does_not_fit_is_refused_with_the_most_that_does(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "p.png"
    assert run(["preview", str(client), "--rise-mm", "1.9", "-o", str(out)]) in (0, 7)
    code = run(["preview", str(client), "--rise-mm", "4", "-o", str(tmp_path / "q.png")])
    assert code in (6, 7)
    assert "mm" in capsys.readouterr().err
    assert not (tmp_path / "q.png").exists()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "take a colour photo"), ("es", "haz una foto en color")]
)
@pytest.mark.parametrize("colours", [(1.0, 1.0, 1.0), (1.07, 0.96, 0.78)])
@pytest.mark.parametrize("command", ["preview", "consult"])
def test_a_blush_on_a_photo_without_colour_is_refused_kindly_and_a_flip_is_not(
    client: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    colours: tuple[float, float, float],
    language: str,
    words: str,
) -> None:
    toned = picture(client).mean(axis=2, keepdims=True) * np.array(colours)
    photo = tmp_path / "toned.png"
    Image.fromarray(np.clip(toned, 0, 255).astype(np.uint8)).save(photo)
    out = tmp_path / ("out.png" if command == "preview" else "out")
    arguments = [command, str(photo), "--blush", "coral", "--lang", language, "-o", str(out)]
    assert run(arguments) == 3
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not out.exists()
    if command == "preview":
        assert run([command, str(photo), "--rise-mm", "0.5", "-o", str(out)]) == 0


@pytest.fixture(scope="module")
def made(client: Path, smiling: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("consult") / "report"
    said = ["consult", client, "--smile", smiling, "--flip", "--blush", "-o", folder]
    assert run([str(a) for a in said]) == 0
    return folder


def test_a_consultation_is_a_whole_folder(made: Path) -> None:
    names = {entry.name for entry in made.iterdir()}
    assert names == {"consultation.json", "report.html", "report.pdf", "pictures"}
    record = json.loads((made / "consultation.json").read_text("utf-8"))
    assert record["version"] == __version__
    assert record["editions"]["flip"]
    assert record["plan"]["blush"]["shade"] == "natural_rose"
    for row in record["pictures"]:
        content = (made / row["file"]).read_bytes()
        assert b"simulation" in content[:200]
        Image.open(io.BytesIO(content)).load()
    shown = {(p["treatment"], p["band"]) for p in record["pictures"]}
    assert len(shown) == 9
    assert {s["kind"] for s in record["said"]} >= {"usual", "limit", "function", "claim"}
    assert all(key in record["sources"] for s in record["said"] for key in s["sources"])


def test_the_report_names_what_it_will_not_do_and_is_offline(made: Path) -> None:
    page = (made / "report.html").read_text("utf-8")
    assert "no volume" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert (made / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_consultation_made_again_is_the_same_to_the_byte(
    made: Path, client: Path, smiling: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    record = made / "consultation.json"
    said = ["consult", client, "--smile", smiling, "--again", record, "-o", again]
    assert run([str(a) for a in said]) == 0
    files = sorted(p.relative_to(made) for p in made.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    for name in files:
        assert (made / name).read_bytes() == (again / name).read_bytes(), name


def test_another_photo_is_not_taken_for_the_recorded_one(
    made: Path, smiling: Path, tmp_path: Path
) -> None:
    said = ["consult", smiling, "--again", made / "consultation.json", "-o", tmp_path / "x"]
    assert run([str(a) for a in said]) == 6
    assert not (tmp_path / "x").exists()


def test_a_record_is_made_again_as_it_was_or_not_at_all(
    made: Path, client: Path, smiling: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = made / "consultation.json"
    said = ["consult", client, "--smile", smiling, "--again", record, "-o", tmp_path / "x"]
    assert run([str(a) for a in (*said, "--rise-mm", "1")]) == 2
    assert "--rise-mm and --again" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('{"plan": 3, "options": [], "photo": 1}', 6),
        ("3", 2),
        ("{", 2),
        *(
            (json.dumps({"plan": {"rise_mm": 1} | plan, "options": options, "photo": PHOTO}), 6)
            for plan, options in (
                ({}, {"face": "a"}),
                ({}, {"iris_mm": "wide"}),
                ({}, {"reference": [30, 1]}),
                ({"also_day": "soon"}, {}),
                ({"wait_days": "long"}, {}),
            )
        ),
    ],
)
def test_a_damaged_record_ends_in_a_sentence(
    words: str, code: int, client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "record.json"
    record.write_text(words, "utf-8")
    said = ["consult", client, "--again", record, "-o", tmp_path / "x"]
    assert run([str(a) for a in said]) == code
    err = capsys.readouterr().err
    assert "damaged" in err if code == 6 else "consultation.json is needed" in err
    assert not (tmp_path / "x").exists()


def test_a_record_for_an_unknown_audience_is_said_to_nobody(
    made: Path, client: Path, smiling: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = json.loads((made / "consultation.json").read_text("utf-8")) | {"audience": "clients"}
    record = tmp_path / "record.json"
    record.write_text(json.dumps(kept), "utf-8")
    said = ["consult", client, "--smile", smiling, "--again", record, "-o", tmp_path / "x"]
    assert run([str(a) for a in said]) == 2
    assert "audience" in capsys.readouterr().err


def test_a_smile_is_not_asked_to_close_its_lips(made: Path) -> None:
    record = json.loads((made / "consultation.json").read_text("utf-8"))
    advice = [s["text"] for s in record["said"] if s["kind"] == "quality"]
    assert not [t for t in advice if t.startswith("In the smile photo, the mouth is open")]


def test_a_picture_is_called_what_it_is_and_never_replaces_the_photo(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = client.read_bytes()
    for out in (tmp_path / "flip.jpg", client):
        assert run(["preview", str(client), "--flip", "-o", str(out)]) == 8
        assert "name" in capsys.readouterr().err
    assert not (tmp_path / "flip.jpg").exists()
    assert client.read_bytes() == before


def test_measure_and_preview_speak_spanish_with_a_decimal_comma(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spain = ["--lang", "es", "--country", "es"]
    assert run(["measure", str(client), *spain]) == 0
    out = capsys.readouterr().out
    assert re.search(r"Ancho de la boca +\d\d,\d ± \d,\d mm", out)
    assert not re.search(r"\d\.\d", out.partition("\n")[2])
    marked = tmp_path / "p.png"
    said = ["preview", client, "--flip", "--units", "2.25", "--mark", "-o", marked, *spain]
    assert run([str(a) for a in said]) == 0
    told = capsys.readouterr()
    assert "9 U en el labio superior; más de 6 U" in told.err
    assert "2,25 U en un punto" in told.err
    assert "simulación: una ilustración" in told.out
    inside = Image.open(marked).text  # type: ignore[attr-defined]
    assert inside["Comment"].startswith("simulation")
    assert "respuesta esperada" in inside["Description"]


def test_a_consultation_made_again_keeps_its_language_until_another_is_asked(
    client: Path, tmp_path: Path
) -> None:
    first, again, english = (tmp_path / name for name in ("a", "b", "c"))
    record = first / "consultation.json"
    spain = ["--lang", "es", "--country", "es", "--audience", "practitioner"]
    for said in (
        ["consult", client, "--rise-mm", "0.8", *spain, "-o", first],
        ["consult", client, "--again", record, "-o", again],
        ["consult", client, "--again", record, "--lang", "en", "-o", english],
    ):
        assert run([str(a) for a in said]) == 0
    page = (first / "report.html").read_text("utf-8")
    assert "<html lang='es'>" in page
    assert "no son intercambiables" in page
    assert (again / "report.html").read_text("utf-8") == page
    assert (again / "report.pdf").read_bytes() == (first / "report.pdf").read_bytes()
    other = (english / "report.html").read_text("utf-8")
    assert "<html lang='en'>" in other
    assert "are not interchangeable" in other


@pytest.mark.parametrize("language", [("--lang", "es"), ("--lang=es",)])
def test_a_refusal_is_said_in_the_language_asked_for(
    language: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.jpg"
    empty.touch()
    assert run(["measure", str(empty), *language]) == 3
    assert capsys.readouterr().err.startswith("empty.jpg está vacío; hace falta una foto")
