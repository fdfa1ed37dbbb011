"""Starting is quick: the heavy packages are loaded by the work that needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

STUDIO = """
import os, tempfile
os.environ["VERMILION_DATA"] = tempfile.mkdtemp()
os.environ["DJANGO_SETTINGS_MODULE"] = "vermilion.studio.settings"
import django
django.setup()
from django.urls import resolve
resolve("/login/")
"""
HEAVY = ("numpy", "cv2", "onnxruntime", "PIL", "typst", "ninja", "rapidfuzz")


@pytest.mark.parametrize("start", ["import vermilion", "import vermilion.cli.main", STUDIO])
def test_nothing_heavy_is_imported_at_the_start(start: str) -> None:
    program = f"{start}\nimport sys\nprint(*(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
