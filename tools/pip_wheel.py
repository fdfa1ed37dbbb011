"""pip's own wheel, fetched without pip: a minimal Debian has neither pip nor ensurepip.

The version and hash come from the build lock. The package index, its certificates and the proxy
are those that pip itself would use, as far as a few lines can tell.
"""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tools.places import BUILD_LOCK, WHEELS
from tools.say import HouseError, step

INDEX = "https://pypi.org/simple"
TIMEOUT_S = 30.0


def pip_wheel() -> Path:
    """The path of the pinned pip wheel, fetched if it is not there yet."""
    name, hashes = pinned()
    wheel = WHEELS / name
    if wheel.is_file() and _sha256(wheel.read_bytes()) in hashes:
        return wheel
    with step("Fetching pip"):
        content = _fetch(name)
    if _sha256(content) not in hashes:
        raise HouseError(f"The {name} that was fetched is not the one locked: try again.")
    WHEELS.mkdir(parents=True, exist_ok=True)
    part = wheel.with_suffix(".part")
    part.write_bytes(content)
    part.replace(wheel)
    return wheel


def pinned() -> tuple[str, set[str]]:
    """File name and allowed sha256 hashes of the wheel, from the build lock."""
    entry = re.search(
        r"^pip==(\S+)((?:\s*\\\n\s*--hash=sha256:\w+)+)", BUILD_LOCK.read_text(), re.M
    )
    if entry is None:
        raise HouseError(f"{BUILD_LOCK.name} does not pin pip: renew it by `python3 run.py lock`.")
    return f"pip-{entry[1]}-py3-none-any.whl", set(re.findall(r"sha256:(\w+)", entry[2]))


def _fetch(name: str) -> bytes:
    index = _setting("index-url", INDEX).rstrip("/") + "/pip/"
    opener = _opener()
    try:
        asked = urllib.request.Request(index, headers={"Accept": _ACCEPT})
        with opener.open(asked, timeout=TIMEOUT_S) as page:
            base, listing = page.url, page.read().decode("utf-8", "replace")
        # An index answers in JSON ("url": "…") or, an older one, in HTML (href="…#hash").
        found = re.search(rf'(?:"url":\s*|href=)"([^"#]*{re.escape(name)})[#"]', listing)
        if found is None:
            raise HouseError(f"The package index {_host(index)} has no {name}: use another index.")
        with opener.open(urllib.parse.urljoin(base, found[1]), timeout=TIMEOUT_S) as wheel:
            content: bytes = wheel.read()
    except urllib.error.HTTPError as error:
        raise HouseError(
            f"The package index {_host(index)} answered {error.code}: try again later."
        ) from error
    except OSError as error:
        raise HouseError(no_network(getattr(error, "reason", error))) from error
    return content


def no_network(why: object) -> str:
    """The sentence for a network that fails."""
    if "CERTIFICATE_VERIFY_FAILED" in str(why):
        return (
            "The package index's certificate is not trusted here: install ca-certificates, or name "
            "your network's own by PIP_CERT=FILE, and run the same command again."
        )
    return (
        f"The package index could not be reached ({why}): set-up needs the network once; "
        "check the connection or proxy and run the same command again, it goes on where it stopped."
    )


_ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"


def _opener() -> urllib.request.OpenerDirector:
    certificates = _setting("cert", "")
    context = ssl.create_default_context(cafile=certificates or None)
    if not certificates and not _has_certificates(context):
        # A Debian without ca-certificates. What is fetched here is vouched for by its locked
        # hash; pip brings certificates of its own for everything after.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
    proxy = _setting("proxy", "")
    if proxy:
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    return urllib.request.build_opener(*handlers)


def _has_certificates(context: ssl.SSLContext) -> bool:
    folder = ssl.get_default_verify_paths().capath
    in_folder = folder is not None and any(Path(folder).glob("*.0"))
    return in_folder or context.cert_store_stats()["x509_ca"] > 0


def _setting(name: str, otherwise: str) -> str:
    """A global setting of pip: from the environment, else from its configuration files."""
    from_environment = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if from_environment:
        return from_environment
    home = Path.home()
    files = [Path("/etc/pip.conf"), home / ".pip/pip.conf", home / ".config/pip/pip.conf"]
    if os.environ.get("PIP_CONFIG_FILE"):
        files.append(Path(os.environ["PIP_CONFIG_FILE"]))
    settings = configparser.RawConfigParser(strict=False)
    settings.read(files, encoding="utf-8")
    return settings.get("global", name, fallback=otherwise)


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or url


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
