"""Starting the studio: keys opened, tables brought up to date, one process on this machine.

Public: `prepare`, `first_code`, `listen`.
"""

from __future__ import annotations

import gc
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from vermilion.errors import OutputError, UsageError
from vermilion.whole_file import save_bytes

KEYS = "vault.key"
THREADS = 4
"""Pages take turns on one core: of 20 people's, 95 in 100 came in 0.50 s with 8, in 0.29 with 4."""
MOST_BYTES = 60 * 1024 * 1024
"""A request's body: one photo of 50 MB and its form; more is refused before it is read."""
READ_BYTES = 128 * 1024
"""Taken in at once: a mirror's frame comes in a few pieces, not in forty."""
WARM_AFTER_SECONDS = 1.0
"""Whoever opens the studio has seen its first page by then and has not read it."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def prepare(data: Path, passphrase: Callable[[], str]) -> None:
    """Make what is missing in the data folder, open the keys, migrate.

    Parameters
    ----------
    passphrase : asked for only where the key file is protected by one

    Raises
    ------
    DataError : a practice file that breaks its own rules
    UsageError : keys that do not open, records without their keys
    OutputError : the folder cannot be written
    """
    os.environ["VERMILION_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "vermilion.studio.settings"
    with suppress(OSError):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (data.is_dir() and os.access(data, os.W_OK)):
        raise OutputError(
            "{folder} cannot be made or written",
            "a place for the practice's records is needed",
            "name another with --data",
            folder=data,
        )

    # people are served side by side: a picture that takes all cores makes the others wait, and a
    # lip's region is drawn no quicker by two
    os.environ.setdefault("OPENCV_FOR_THREADS_NUM", "1")

    import django
    from django.core.management import call_command

    django.setup()
    from vermilion.studio import vault
    from vermilion.studio.voices import own_rules

    own_rules()
    call_command("migrate", verbosity=0, interactive=False)
    path = data / KEYS
    if path.exists():
        words = passphrase() if vault.is_protected(path) else None
        vault.unlock(vault.open_vault(path, words))
    else:
        from vermilion.studio.models import Client

        if Client.objects.exists():
            raise UsageError(
                "there are records in {data}, but no key file {file}",
                "without it nothing opens",
                "put it back, or restore a backup",
                data=data,
                file=KEYS,
            )
        vault.unlock(vault.new_vault(path))


def first_code(data: Path) -> str:
    """The one-time code of the first start; empty once there is an owner."""
    from vermilion.studio.models import Person
    from vermilion.studio.pages.start import CODE_FILE

    path = data / CODE_FILE
    if Person.objects.exists():
        path.unlink(missing_ok=True)
        return ""
    code = f"{secrets.randbelow(10**8):08d}"
    save_bytes(path, code.encode())
    os.chmod(path, 0o600)
    return code


def _later(work: Callable[[], object]) -> None:
    """Do it beside the server, once the first page is out."""
    timer = threading.Timer(WARM_AFTER_SECONDS, work)
    timer.daemon = True
    timer.start()


def listen(host: str, port: int) -> Callable[[], None]:
    """Take the address; what comes back serves until it is stopped. `prepare` came before.

    Raises
    ------
    UsageError : an address that others reach, without TLS and names; one that cannot be had
    """
    from django.conf import settings

    if host not in LOOPBACK and not (settings.TLS and "VERMILION_HOSTS" in os.environ):
        raise UsageError(
            "{host} can be reached by others",
            "medical records need TLS in front and the names it answers to",
            "set VERMILION_TLS=1 and VERMILION_HOSTS, or stay on 127.0.0.1",
            host=host,
        )
    import waitress
    from django.core.wsgi import get_wsgi_application
    from django.utils import timezone

    from vermilion.studio.record.kept_photos import sweep_leftovers
    from vermilion.studio.routes import open_all

    proxy: dict[str, object] = {}
    if settings.TLS:
        proxy = {"trusted_proxy": "*", "trusted_proxy_headers": {"x-forwarded-proto"}}
    try:
        server = waitress.create_server(
            get_wsgi_application(),
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=MOST_BYTES,
            recv_bytes=READ_BYTES,
            inbuf_overflow=MOST_BYTES
            + 1,  # an upload waits in memory: it never lies unsealed on a disk
            clear_untrusted_proxy_headers=True,
            **proxy,
        )
    except OSError as error:
        raise UsageError(
            "{address} cannot be had ({why})",
            "another program, or another studio, may be there",
            "stop that, or take another with --port",
            address=f"{host}:{port}",
            why=error.strerror or error,
        ) from None

    def settle() -> None:
        open_all()
        gc.collect()
        gc.freeze()  # what is loaded now stays: no later look for rubbish goes through it

    def run() -> None:
        sweep_leftovers(timezone.now())
        _later(settle)
        server.run()

    return run
