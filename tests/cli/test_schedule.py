"""`vermilion schedule` as people call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject

from vermilion.cli.main import run

NOW = ["--on", "2026-11-23"]
HEAVY = ("numpy", "cv2", "onnxruntime", "PIL", "typst", "django")
EVENT = ["--treat", "flip,blush", "--event", "2027-06-19", *NOW]
SOON = ["--treat", "flip,blush", "--event", "2027-02-20", *NOW]


def asked(*arguments: str | Path) -> int:
    return run(["schedule", *map(str, arguments)])


def test_it_prints_all_dates_with_their_whys(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(*EVENT) == 0
    text = capsys.readouterr().out
    assert "Lip blush: perfecting visit" in text
    assert "EACH DATE, AND WHY" in text
    assert "SOURCES" in text


def test_json_holds_dates_reasons_sources_and_edition(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(*EVENT, "--json", "--lang", "es", "--country", "es") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["possible"]
    assert told["edition"] == "2026-11"
    visit = next(item for item in told["items"] if item["key"] == "blush.visit")
    assert visit["title"] == "Micropigmentación labial: primera visita"
    assert visit["day"] < "2027-05-01"
    assert "blush:L32" in visit["sources"]


def test_an_impossible_wish_is_explained_with_exit_code_6(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert asked(*SOON, "--json") == 6
    heard = capsys.readouterr()
    assert "--instead later or part" in heard.err
    told = json.loads(heard.out)
    assert not told["possible"]
    assert told["later"]["event"] > "2027-02-20"
    assert told["part"]["items"]


def test_an_impossible_calendar_is_not_written_unless_another_one_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dates.ics"
    assert asked(*SOON, "-o", file) == 6
    assert "nothing was written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert asked(*SOON, "-o", file, "--instead", "later") == 0
    assert file.is_file()


def test_a_calendar_is_written_and_updated_in_place(tmp_path: Path) -> None:
    file = tmp_path / "dates.ics"
    timed = [*EVENT, "-o", file, "--at", "10:30", "--tz", "Europe/Madrid"]
    assert asked(*timed) == 0
    first = vobject.readOne(file.read_text("utf-8"))
    assert asked(*timed, "--closed", "2027-05-21..2027-05-25") == 0
    second = vobject.readOne(file.read_text("utf-8"))
    uids = [{one.uid.value for one in calendar.vevent_list} for calendar in (first, second)]
    assert uids[0] == uids[1]
    visit = next(one for one in second.vevent_list if one.summary.value == "Lip flip: the visit")
    here = datetime(2027, 5, 20, 10, 30, tzinfo=ZoneInfo("Europe/Madrid"))
    assert visit.dtstart.value == here


@pytest.mark.parametrize("ending", ["html", "md", "txt", "pdf"])
def test_the_page_is_written_in_every_form(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"dates.{ending}"
    assert asked(*EVENT, "-o", file) == 0
    assert file.stat().st_size > 2000


def test_opening_days_and_own_waits_come_from_the_practice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "practice.toml"
    own.write_text('open = ["tue"]\n[wait.filler_before_blush]\ndays = 60\n', "utf-8")
    had = ["--had", "filler:2026-11-10"]
    assert asked("--treat", "blush", *NOW, *had, "--practice", own, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    visit = next(item for item in told["items"] if item["key"] == "blush.visit")
    assert visit["day"] == "2027-01-12"  # 60 days are 9 January, a Saturday
    assert "This practice waits 60 days." in visit["why"]


WRONG = {
    "an event in the past": (["--treat", "flip", "--event", "2026-11-22"], "not in the future"),
    "an impossible date": (["--treat", "flip", "--event", "2027-02-30"], "a date that exists"),
    "a today in another age": (["--treat", "flip", "--on", "9999-12-31"], "a date that exists"),
    "an unknown treatment": (["--treat", "botox"], "one of blush, flip is needed"),
    "no treatment": (["--treat", " , "], "no treatment is named"),
    "had in the future": (["--treat", "flip", "--had", "filler:2027-01-10"], "still to come"),
    "had without a date": (["--treat", "flip", "--had", "filler"], "THING:DATE is needed"),
    "had of nothing known": (["--treat", "flip", "--had", "botoks:2026-01-10"], "is not known"),
    "a closed span backward": (
        ["--treat", "flip", "--closed", "2027-01-10..2027-01-01"],
        "the last day comes after the first",
    ),
    "a zone that is none": (
        ["--treat", "flip", "--at", "10:00", "--tz", "Mars/Olympus"],
        "a name such as Europe/Madrid",
    ),
    "a zone outside the folder": (
        ["--treat", "flip", "--at", "10:00", "--tz", "../../etc/passwd"],
        "a name such as Europe/Madrid",
    ),
    "a zone without a time": (["--treat", "flip", "--tz", "Europe/Madrid"], "without --at"),
    "a time that is none": (["--treat", "flip", "--at", "25:00"], "a time of day is needed"),
    "a start in the past": (["--treat", "flip", "--from", "2026-01-01"], "or a later day"),
    "an unknown language": (["--treat", "flip", "--lang", "xx"], "'xx'"),
}


@pytest.mark.parametrize(("arguments", "complaint"), WRONG.values(), ids=WRONG.keys())
def test_wrong_input_ends_in_one_sentence_with_nothing_written(
    arguments: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(*NOW, *arguments, "-o", tmp_path / "dates.ics") == 2
    told = capsys.readouterr()
    assert complaint in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_calendar_of_somebody_else_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.ics"
    file.write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:me\r\nEND:VCALENDAR\r\n")
    before = file.read_bytes()
    assert asked(*EVENT, "-o", file) == 8
    assert file.read_bytes() == before
    assert "not a schedule of this program" in capsys.readouterr().err


def test_a_schedule_loads_nothing_heavy() -> None:
    program = (
        "import sys; from vermilion.cli.main import run; run(sys.argv[1:]); "
        f"print(*(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "schedule", *EVENT],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert done.stdout
    assert done.stderr.split() == []
