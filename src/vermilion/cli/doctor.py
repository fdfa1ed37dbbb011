"""`vermilion doctor`: is everything in place, and if not, what mends it."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from vermilion import __version__
from vermilion.cli.care_options import language_option
from vermilion.cli.studio_options import open_studio, passphrase_option, speaker
from vermilion.errors import SetupError

MODELS = Path(__file__).parent.parent / "face" / "models"


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, whether that will do, and else what mends it: English
    templates of the catalogue, and their values."""

    name: str
    found: str
    good: bool
    mend: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, say: Callable[..., str]) -> dict[str, Any]:
        """As it is printed, in the language of who says it."""
        found, mend = (say(part, **self.values) if part else "" for part in (self.found, self.mend))
        return {"name": say(self.name), "found": found, "good": self.good, "mend": mend}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Look into a studio's folder too: keys, log, photos, rights.",
)
@passphrase_option
@language_option
def command(as_json: bool, data: Path | None, passphrase_file: Path | None, language: str) -> None:
    """Look whether everything needed is in place, and say what mends it.

    Checks Python, the packages, the face networks and their licence, and the temporary
    folder; with --data also a studio. Opens no connection. Ends with exit code 10 when something
    is missing.

    \b
    Examples:
      vermilion doctor
      vermilion doctor --json
      vermilion doctor --data vermilion-data --lang es
    """
    say = speaker(language)
    findings = examine()
    if data is not None:
        findings += _studio(data, passphrase_file, say)
    good = all(finding.good for finding in findings)
    if as_json:
        listed = [finding.told(say) for finding in findings]
        click.echo(json.dumps({"version": __version__, "good": good, "findings": listed}, indent=1))
    else:
        marks = {True: say("ok"), False: say("MISSING")}
        wide = max(map(len, marks.values()))
        for finding in findings:
            told = finding.told(say)
            click.echo(f"{marks[finding.good]:<{wide}} {told['name']}: {told['found']}")
            if not finding.good:
                click.echo(f"{'':<{wide}} {told['mend']}")
        if good:
            click.echo(say("vermilion {version} has everything it needs.", version=__version__))
    if not good:
        sys.exit(SetupError.exit_code)


def examine(models: Path = MODELS) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python,
        _packages,
        lambda: _networks(models),
        _temporary_folder,
    )
    return [finding for check in checks for finding in check()]


def _studio(data: Path, passphrase_file: Path | None, say: Callable[..., str]) -> list[Finding]:
    """What is wrong in a practice's folder; one good finding where nothing is."""
    folder = open_studio(data, passphrase_file, say("Passphrase of the keys"))
    from vermilion.studio.health import faults

    found = [Finding("studio", one.found, False, one.mend, one.values) for one in faults(folder)]
    whole = "keys open, the log's chain holds, every photo opens"
    return found or [Finding("studio", whole, True)]


def _python() -> Iterator[Finding]:
    good = (3, 11) <= sys.version_info[:2] < (3, 14)
    values = {
        "version": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "fits": "3.11, 3.12, 3.13",
    }
    mend = "Install vermilion with one of these versions of Python: {fits}."
    yield Finding("python", "{version} on {system}", good, mend, values)


def _packages() -> Iterator[Finding]:
    """Every run-time package: of a version that was asked for, and really importable."""
    try:
        required = metadata.requires("vermilion") or []
    except metadata.PackageNotFoundError:
        mend = "Run `python3 run.py demo` in the checkout, or `pip install .`."
        yield Finding("vermilion", "runs, but is not installed", False, mend)
        return
    modules = {
        _plain(name): module
        for module, names in metadata.packages_distributions().items()
        for name in names
    }
    for requirement in required:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        yield _package(name, modules.get(_plain(name), name), requirement)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _package(name: str, module: str, requirement: str) -> Finding:
    """One of an extra may be missing; then what it is for says so itself when it is asked for."""
    bare, _, extra = requirement.replace("'", '"').partition('; extra == "')
    mend = 'Install it again: `python3 run.py demo`, or `pip install "{bare}"`.'
    values: dict[str, object] = {"bare": bare, "extra": extra.rstrip('"')}
    try:
        version = metadata.version(name)
        if extra and find_spec(module) is None:  # not imported: parts of Django want settings first
            raise ImportError(f"no module {module}")
        if not extra:
            import_module(module)
    except metadata.PackageNotFoundError:
        needed = "not installed; only for vermilion[{extra}]"
        return Finding(name, needed if extra else "not installed", bool(extra), mend, values)
    except Exception as error:  # a broken binary can fail in any way while it is imported
        values |= {"version": version, "error": str(error)}
        found = "{version}, but it can't be imported ({error})"
        return Finding(name, found, False, mend, values)
    return Finding(name, "{version}", _allowed(version, bare), mend, values | {"version": version})


def _allowed(version: str, requirement: str) -> bool:
    """Whether a version meets the bounds >=, <, ~= and == of a requirement.

    Only the leading numbers are compared; a full reading of version rules would need a package
    that nothing else here needs.
    """
    has = _numbers(version)
    for relation, bound in re.findall(r"(>=|<|~=|==)\s*([\d.]+)", requirement):
        wants = _numbers(bound)
        meets = {
            ">=": has >= wants,
            "<": has < wants,
            "~=": has >= wants and has[: len(wants) - 1] == wants[:-1],
            "==": has[: len(wants)] == wants,
        }
        if not meets[relation]:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    leading = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in leading[0].split(".")) if leading else ()


def _networks(models: Path) -> Iterator[Finding]:
    mend = "Build them: `python3 run.py demo` in the checkout, or install the package again."
    try:
        manifest = tomllib.loads((models / "models.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        yield Finding("face networks", "their list models.toml is missing", False, mend)
        return
    for network in manifest["network"]:
        path = models / network["file"]
        if not path.is_file():
            yield Finding(path.name, "missing", False, mend)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != network["sha256"]:
            yield Finding(path.name, "its content is not the one that was built", False, mend)
        else:
            wheel = {"wheel": manifest["wheel"]}
            yield Finding(path.name, "as built from {wheel}", True, "", wheel)
    for text in (manifest["licence"], manifest["notice"]):
        there = (models / text).is_file()
        yield Finding(text, "there" if there else "missing", there, mend)


def _temporary_folder() -> Iterator[Finding]:
    mend = "Free some disk space, or name another folder by the variable TMPDIR."
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"vermilion")
        where = {"folder": tempfile.gettempdir()}
        yield Finding("temporary folder", "{folder}", True, "", where)
    except OSError as error:
        why = {"error": error.strerror}
        yield Finding("temporary folder", "can't be written ({error})", False, mend, why)
