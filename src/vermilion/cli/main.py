"""`vermilion`: the group of commands, and how every run ends.

A mistake of a person or a photo ends in one sentence on standard error and the exit code of its
error class. What nobody foresaw ends in a sentence too, with exit code 70; `--debug` (or the
variable VERMILION_DEBUG) shows the traceback behind it.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any, NoReturn

import click

from vermilion import __version__
from vermilion.errors import OutputError, SetupError, VermilionError

COMMANDS = {
    "measure": "Find the lips in a photo and measure them.",
    "preview": "Show one day of a lip flip, a lip blush or both on a photo.",
    "consult": "Make the whole consultation: pictures, measures, report.",
    "guide": "Tell a treatment: for whom, before, during, after, risks.",
    "screen": "Ask what matters, and say whether a treatment is right now.",
    "schedule": "Find the dates of a treatment, backward from an event or forward.",
    "today": "Say what this day is like after a treatment, or before it.",
    "symptoms": "Something is wrong: warning signs first, then what to do.",
    "plan": "The practitioner's sheet: points or passes, checked.",
    "options": "Compare all treatments for somebody's wishes, with costs.",
    "serve": "Open the studio: the practice's day in the browser.",
    "photos": "Take over a folder of old photos, client by client.",
    "backup": "Back up the studio into one sealed file, and prove it.",
    "restore": "Put a backup into an empty folder.",
    "keys": "Passphrase, new key and printed sheet of the studio's keys.",
    "user": "List the studio's logins, make one, set a password.",
    "card": "Write a scale card to print, for true millimetres.",
    "phantom": "Render a face whose lips are known exactly.",
    "bench": "Measure how good and how quick this program is.",
    "doctor": "Look whether everything needed is in place.",
}

UNFORESEEN = 70
"""EX_SOFTWARE of sysexits.h: an error of the program, not of the person."""
INTERRUPTED = 130
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Commands(click.Group):
    """Commands by name; a command's module is imported only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"vermilion.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="vermilion")
@click.option("--debug", is_flag=True, help="Show the traceback of an unforeseen error.")
@click.pass_context
def program(ctx: click.Context, debug: bool) -> None:
    """See what a lip flip and lip blushing would do, on the client's own photo.

    All pictures are simulations: illustrations with their uncertainty, not predictions.

    \b
    Examples:
      vermilion measure client.jpg
      vermilion preview client.jpg --flip --week 2 -o flip.png
      vermilion consult client.jpg --flip --blush rose -o client/
    """
    ctx.obj = debug


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit; whoever stops it or closes its window finds nothing half-made."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # the second is unknown on Windows
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. No exception but SystemExit's own leaves here."""
    debug = "--debug" in arguments or bool(os.environ.get("VERMILION_DEBUG"))
    try:
        code: Any = program.main(list(arguments), prog_name="vermilion", standalone_mode=False)
        if sys.stdout is not None:  # as in `vermilion ... >&-`
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except VermilionError as error:
        return _say(_told(error, arguments), error.exit_code, debug)
    except click.exceptions.NoArgsIsHelpError as error:
        return _say(error.format_message(), error.exit_code, debug)
    except click.UsageError as error:
        return _say(_wrong_use(error, arguments), error.exit_code, debug)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code, debug)
    except (KeyboardInterrupt, click.Abort):
        return _say("stopped.", INTERRUPTED, debug=False)
    except BrokenPipeError:  # the reader of our output has gone, as in `vermilion ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in NO_ROOM:
            return _unforeseen(error, debug)
        full = OutputError(
            f"the output cannot be written ({error.strerror})", "room is needed", "make some"
        )
        return _say(str(full), full.exit_code, debug)
    except ImportError as error:
        missing = SetupError(
            f"the installation lacks {error.name or error}",
            "all packages of vermilion are needed",
            "install it again",
        )
        return _say(str(missing), missing.exit_code, debug)
    except Exception as error:
        return _unforeseen(error, debug)


def _unforeseen(error: Exception, debug: bool) -> int:
    return _say(
        f"something went wrong inside vermilion {__version__} ({type(error).__name__}: "
        f"{' '.join(str(error).split())[:200]}); please report it with the words shown by the "
        "same command after 'vermilion --debug'.",
        UNFORESEEN,
        debug,
    )


def _told(error: VermilionError, arguments: Sequence[str]) -> str:
    """An error in the language that --lang asks for, as far as the catalogue has it."""
    words = [part for one in arguments for part in one.split("=", 1)]
    asked = dict(pairwise(words))
    language, country = asked.get("--lang", "en"), asked.get("--country", "us")
    from vermilion.know.catalogue import LANGUAGES

    if language == "en" or language not in LANGUAGES:
        return error.in_terminal
    from vermilion.know.shelf import packaged
    from vermilion.know.voice import Voice

    known = packaged().has(f"countries/{country}")
    voice = Voice(language=language, country_key=country if known else "us")
    return voice.refusal(error, in_terminal=True)


def _wrong_use(error: click.UsageError, arguments: Sequence[str]) -> str:
    """What click complains about, in one sentence that also says where to look."""
    after = dict(pairwise(arguments)).get("--blush", "")
    if isinstance(error, click.MissingParameter) and "." in after:
        return (
            f"'{after}' stands after --blush and is read as a shade, so there is no photo; "
            "name the photo first, or a shade between them."
        )
    words = " ".join(error.format_message().split()).rstrip(".")
    typed = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    command = error.ctx.command_path if error.ctx is not None else f"vermilion {typed}".rstrip()
    return f"{words[:1].lower()}{words[1:]}; `{command} --help` shows what is wanted."


def _say(sentence: str, code: int, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exc()
    click.echo(sentence, err=True)
    return code
