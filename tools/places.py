"""The folders and files of the checkout."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CACHE = ROOT / ".cache"
WHEELS = CACHE / "wheels"
PORTRAIT = CACHE / "demo" / "astronaut.png"
CAT = CACHE / "demo" / "chelsea.png"

LOCKS = ROOT / "requirements"
RUNTIME_LOCK = LOCKS / "runtime.lock"
DEV_LOCK = LOCKS / "dev.lock"
BUILD_LOCK = LOCKS / "build.lock"
PORTRAIT_LOCK = LOCKS / "demo.lock"

REPORTS = ROOT / "demo-report"
SAMPLE = CACHE / "sample-practice"

RUNTIME_ENVIRONMENT = ROOT / ".venv"
BUILD_ENVIRONMENT = CACHE / "build-venv"


def script(environment: Path, name: str) -> Path:
    """A program inside a virtual environment."""
    if os.name == "nt":
        return environment / "Scripts" / f"{name}.exe"
    return environment / "bin" / name
