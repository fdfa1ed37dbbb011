"""The words after `run.py`, and every trouble as one sentence with an exit code."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_models.fetch import FetchError
from tools import checks, demo, lock, pip
from tools.places import CACHE, ROOT
from tools.say import HouseError, say

TROUBLE, INTERRUPTED = 1, 130


def main(words: list[str]) -> int:
    """Run one command and return the exit code."""
    asked = _parser().parse_args(words)
    # what is started from here keeps what it compiled, whatever this person's shell says: without
    # that each start compiles Django anew and takes 2.3 s of a core, not 0.7
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        with _alone():
            code: int = asked.run(asked)
            return code
    except HouseError as trouble:
        return _fail(str(trouble), TROUBLE)
    except FetchError as error:
        return _fail(pip.sentence(str(error)), TROUBLE)
    except KeyboardInterrupt:
        return _fail("Stopped; the next run goes on from here.", INTERRUPTED)
    except BrokenPipeError:  # who read our output has gone, as in `run.py demo | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _fail(pip.no_space(), TROUBLE)
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            where = error.filename or ROOT
            return _fail(f"{where} can't be written: use a checkout that is yours.", TROUBLE)
        raise


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description="Set up vermilion and run it.")
    commands = parser.add_subparsers(required=True, metavar="demo | test | check | lock")

    show = commands.add_parser("demo", help="set up, then open the studio on a sample practice")
    show.add_argument("--port", type=int, default=8080, help="where the studio listens")
    show.add_argument("--report", action="store_true", help="instead: consult, and write reports")
    show.add_argument("--photo", type=Path, help="with --report: a photo of your own")
    show.set_defaults(run=_demo)

    test = commands.add_parser("test", help="everything a contributor must pass")
    test.add_argument("pytest", nargs=argparse.REMAINDER, help="arguments for pytest")
    test.set_defaults(run=lambda asked: checks.test(asked.pytest))

    check = commands.add_parser("check", help="format, lint, types and import rules only")
    check.set_defaults(run=lambda asked: checks.check())

    renew = commands.add_parser("lock", help="renew the hash-locked package lists")
    renew.set_defaults(run=lambda asked: lock.lock())
    return parser


def _demo(asked: argparse.Namespace) -> int:
    if asked.report or asked.photo is not None:
        return demo.demo(asked.photo)
    return demo.studio(asked.port)


@contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups in one checkout would spoil each other: the second waits."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    CACHE.mkdir(exist_ok=True)
    with (CACHE / "run.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run.py works in this checkout; waiting for it ...")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return code
