"""What is printed for a client goes from memory to memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

SET = """
import resource, sys, typst
from pathlib import Path
from tests.report.test_page import page
from vermilion.report.page_pdf import write_pdf
if sys.argv[1] == "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    Path(sys.argv[2]).write_bytes(b"x")
    print("a disk")
except OSError:
    print("no disk")
print(write_pdf(page("en"))[:4].decode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
@pytest.mark.parametrize(("limit", "disk"), [("0", "no disk"), ("none", "a disk")])
def test_a_page_is_set_though_not_one_byte_may_be_written(
    limit: str, disk: str, tmp_path: object
) -> None:
    words = [sys.executable, "-c", SET, limit, f"{tmp_path}/try"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:2] == [disk, "%PDF"], done.stderr
