"""How quick and how sturdy the studio is: start, people at work, kills, the slider.

    .venv/bin/python -m tools.studio_bench start | load [SECONDS] | kill [TIMES]
                                           slider [PHOTO] | mirror [SECONDS] [talk]

It starts real servers on this machine's loopback address with a made-up practice, and stops them.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tools.mirror_bench import mirror
from tools.sample_studio import BASE, SERVE, fetched, studio

PEOPLE = 20
SETTLED_SECONDS = 6.0
"""By then all pages are loaded: an idle studio holds them."""
KILL_WITHIN_SECONDS = 3.0
"""A few notes and photos are written in this time."""


class Person:
    """Somebody with a browser: cookies, a token in forms, times of answers."""

    def __init__(self, login: str, password: str) -> None:
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.jar = jar
        self.times: list[float] = []
        self.errors: list[str] = []
        page = self.get("/login/")
        self.post("/login/", {"login": login, "password": password}, page)
        self.times.clear()

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(BASE + path))

    def post(self, path: str, fields: dict[str, str], page: str = "") -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        given = fields | {"csrfmiddlewaretoken": token[1] if token else self._cookie()}
        data = urllib.parse.urlencode(given).encode()
        return self._open(urllib.request.Request(BASE + path, data, {"Referer": BASE}))

    def upload(self, path: str, content: bytes) -> dict[str, str]:
        edge = "----edge"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\n'
        data = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        request = urllib.request.Request(BASE + path, data, {"Content-Type": kind})
        request.add_header("Accept", "application/json")
        request.add_header("X-CSRFToken", self._cookie())
        request.add_header("Referer", BASE)
        found: dict[str, str] = json.loads(self.opener.open(request, timeout=20).read())
        return found

    def _cookie(self) -> str:
        return next((one.value or "" for one in self.jar if one.name == "csrftoken"), "")

    def _open(self, request: urllib.request.Request) -> str:
        begun = time.monotonic()
        try:
            content: bytes = self.opener.open(request, timeout=30).read()
            page = content.decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            self.errors.append(f"{error.code} {request.full_url}")
            page = ""
        self.times.append(time.monotonic() - begun)
        return page


def start() -> None:
    """Second start to the first page, and idle memory."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with studio(data):
            pass
        times = []
        for _ in range(5):
            begun = time.monotonic()
            with studio(data) as (process, _password):
                fetched("/login/")
                times.append(time.monotonic() - begun)
                time.sleep(SETTLED_SECONDS)
                status = Path(f"/proc/{process.pid}/status").read_text()
                idle = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
        print(f"second serve to first page: {statistics.median(times):.2f} s; idle {idle:.0f} MB")


def load(seconds: float) -> None:
    """Twenty people at their day's work: pages, searches, notes, small photos."""
    with tempfile.TemporaryDirectory() as folder, studio(Path(folder) / "data") as (_, password):
        people = [Person("pia", password) for _ in range(PEOPLE)]
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=_work, args=(one, end)) for one in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        times = sorted(one for person in people for one in person.times)
        errors = [one for person in people for one in person.errors]
    p95 = times[int(0.95 * len(times))]
    print(
        f"{PEOPLE} people, {seconds:.0f} s: {len(times)} pages, {len(errors)} errors, "
        f"p50 {1000 * statistics.median(times):.0f} ms, p95 {1000 * p95:.0f} ms"
    )
    for one in errors[:5]:
        print("  ", one)


def _work(person: Person, end: float) -> None:
    chance = random.Random(id(person))
    records = re.findall(r'href="(/clients/[0-9a-f-]{36}/)"', person.get("/clients/"))
    while time.monotonic() < end:
        record = chance.choice(records)
        page = person.get(record)
        for small in re.findall(r'src="(/photos/[^"]+/small/)"', page)[:2]:
            person.get(small)
        person.get(f"/clients/?q={chance.choice(('ada', 'ines', 'maia', 'ruht', 'leo'))}")
        if chance.random() < 0.3:
            form = person.get(f"{record}note/")
            person.post(f"{record}note/", {"words": f"note {chance.random()}"}, form)
        person.get(chance.choice(("/", "/calendar/", "/stock/")))
        time.sleep(chance.uniform(1.0, 4.0))  # somebody reads


def kill(times: int) -> None:
    """Kill the server at random moments of writes; everything confirmed must be there after."""
    chance = random.Random(7)
    confirmed_notes: set[str] = set()
    confirmed_photos: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with studio(data) as (_, password):
            record = re.search(
                r'href="(/clients/[0-9a-f-]{36}/)"', Person("olga", password).get("/clients/")
            )[1]  # type: ignore[index]
        for number in range(times):
            with studio(data) as (process, password):
                person = Person("olga", password)
                person.get(f"{record}note/")  # its code is loaded: what follows is writing
                person.get(f"{record}photos/add/")
                delay = chance.uniform(0.0, KILL_WITHIN_SECONDS)
                killer = threading.Timer(delay, lambda: process.send_signal(signal.SIGKILL))
                killer.start()
                for k in range(50):
                    try:
                        form = person.get(f"{record}note/")
                        words = f"note {number}.{k}"
                        page = person.post(f"{record}note/", {"words": words}, form)
                        if words in page:
                            confirmed_notes.add(words)
                        content = _png(chance.randrange(2**30))
                        confirmed_photos.add(person.upload(f"{record}photos/add/", content)["id"])
                    except (OSError, http.client.HTTPException, ValueError, KeyError):
                        break
                killer.join()
        with studio(data) as (_, password):
            person = Person("olga", password)
            page = person.get(f"{record}?all=1")  # the page itself shows the newest
            lost = [words for words in confirmed_notes if f">{words}<" not in page]
            half = []
            for photo in confirmed_photos:
                try:
                    person.opener.open(f"{BASE}/photos/{photo}/small/", timeout=20).read()
                except urllib.error.HTTPError:
                    half.append(photo)
        command = [sys.executable, "-c", SERVE, "doctor", "--data", str(data)]
        doctor = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    told = [line for line in doctor.splitlines() if "studio" in line]
    print(
        f"{times} kills: {len(confirmed_notes)} notes, {len(confirmed_photos)} photos confirmed; "
        f"{len(lost)} notes lost, {len(half)} photos not whole; doctor: {'; '.join(told)}"
    )


def _png(seed: int) -> bytes:
    import cv2
    import numpy as np

    pixels = np.random.default_rng(seed).integers(0, 255, (200, 200, 3), np.uint8)
    return bytes(cv2.imencode(".png", pixels)[1].tobytes())


def slider(photo: Path | None) -> None:
    """Slider steps end to end in Chromium: from the input to the picture on the screen."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        studio(Path(folder) / "data") as (_, password),
        sync_playwright() as play,
    ):
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"{BASE}/login/")
        page.fill("#id_login", "pia")
        page.fill("#id_password", password)
        with page.expect_navigation():
            page.press("#id_password", "Enter")
        page.click("text=Ada Sample")
        if photo is not None:
            record = page.url
            page.goto(f"{record}photos/add/")
            page.set_input_files("#photo", photo)
            with page.expect_navigation():
                page.click("main button.button")
        begun = time.monotonic()
        page.locator(".strip a").first.click()
        page.locator("main a[href$='/consult/']").click()
        page.wait_for_selector("img.patch:visible", timeout=30_000)
        opened = time.monotonic() - begun
        page.check("input[name=blush]")
        page.wait_for_timeout(1500)
        page.evaluate("window.consultSteps.length = 0")
        for k in range(120):
            page.evaluate(
                "k => { const s = document.getElementById('at'); s.value = k % 18;"
                "s.dispatchEvent(new Event('input', {bubbles: true})) }",
                k,
            )
            page.wait_for_timeout(110)
        steps = sorted(page.evaluate("window.consultSteps"))
        chromium.close()
    p95 = steps[int(0.95 * len(steps))]
    print(
        f"first picture {opened:.2f} s; {len(steps)} slider steps, flip and blush: "
        f"p50 {statistics.median(steps):.0f} ms, p95 {p95:.0f} ms"
    )


def main(words: list[str]) -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a studio is compiled at its first start
    name, *rest = words or [""]
    if name == "start":
        start()
    elif name == "load":
        load(float(rest[0]) if rest else 60)
    elif name == "kill":
        kill(int(rest[0]) if rest else 20)
    elif name == "slider":
        slider(Path(rest[0]) if rest else None)
    elif name == "mirror":
        numbers = [one for one in rest if one != "talk"]
        mirror(float(numbers[0]) if numbers else 15, "talk" in rest)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
