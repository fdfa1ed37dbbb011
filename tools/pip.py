"""Run pip on a lock, tell what it does, and put its failures in one sentence."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.pip_wheel import no_network
from tools.places import ROOT
from tools.say import HouseError, say

# Settings of a person's own pip that would bend a locked install; where packages come from
# (index, certificates, proxy) stays theirs.
_NOT_OURS = ("PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_NO_BINARY", "PIP_REQUIREMENT")

_NETWORK = re.compile(
    r"Temporary failure in name resolution|Name or service not known"
    r"|Connection refused"
    r"|Network is unreachable|timed out|connection broken|Max retries exceeded|ConnectionError"
    r"|SSLError|ProxyError|IncompleteRead|No route to host"
)
_CERTIFICATE = re.compile("CERTIFICATE_VERIFY_FAILED")
_DISK = re.compile(r"No space left on device|Errno 28|Disk quota exceeded")


def install(command: Sequence[str | Path], *arguments: str | Path) -> None:
    """`pip install ARGUMENTS`, with the larger downloads told as they come.

    Parameters
    ----------
    command : how pip is started, such as [python, "-m", "pip"]
    """
    # What is imported is compiled on first use; compiling everything would take longer.
    fixed = ("install", "--no-compile", "--no-input", "--disable-pip-version-check")
    quick = ("--retries=2", "--progress-bar=off", "--root-user-action=ignore")
    lines: list[str] = []
    with subprocess.Popen(
        [*command, *fixed, *quick, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(),
        cwd=ROOT,
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            lines.append(line)
            large = re.match(r"\s*(?:Downloading|Using cached) (\S+?)-[\d.]+-\S+ (\(.* MB\))", line)
            if large:
                say(f"  {large[1].replace('_', '-')} {large[2]}")
    if pip.returncode:
        raise HouseError(sentence("".join(lines)))


def environment() -> dict[str, str]:
    """The environment for pip: a person's own, without what would bend a locked install."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    kept.pop("PYTHONPATH", None)
    return {**kept, "PIP_CONSTRAINT": "", "PYTHONNOUSERSITE": "1"}


def sentence(output: str) -> str:
    """What went wrong, from pip's own output."""
    if _DISK.search(output):
        return no_space()
    if "DO NOT MATCH THE HASHES" in output:
        return "A package that was fetched is not the one that is locked: try again later."
    lost = _CERTIFICATE.search(output) or _NETWORK.search(output)
    if lost:
        return no_network(lost[0])
    errors = re.findall(r"^ERROR: (.+)$", output, re.M)
    what = errors[-1] if errors else (output.strip().splitlines() or ["it ended early"])[-1]
    return f"pip could not install the packages ({what}): mend that and run the same command again."


def no_space() -> str:
    """The sentence for a full disk."""
    return (
        f"The disk with {ROOT} or the temporary folder is full: free about 1 GB and run the same "
        "command again, it goes on where it stopped."
    )
