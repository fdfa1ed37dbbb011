"""`vermilion photos`: a folder of old photos into the records, looked at before."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import click

from vermilion.cli.studio_options import data_option, open_studio, passphrase_option
from vermilion.errors import UsageError
from vermilion.whole_file import save_bytes

SHOWN = 12
VIEWS = ("rest", "parted", "smile", "pucker", "left", "right")


@click.command("photos")
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option(
    "--view", type=click.Choice(VIEWS), required=True, help="Of photos whose names say no view."
)
@click.option("--take", is_flag=True, help="Take them over; without it nothing is written.")
@click.option("--by", "login", default="", help="The login that takes them over.")
@click.option(
    "--list",
    "listing",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A CSV file for what was found, line by line; it names clients.",
)
@data_option
@passphrase_option
def command(
    folder: Path,
    view: str,
    take: bool,
    login: str,
    listing: Path | None,
    data: Path,
    passphrase_file: Path | None,
) -> None:
    """Look through a folder of old photos and say whose they are; with --take, take them over.

    A photo belongs to the client whose name its folder or file bears. Its day is the camera's, or
    stands in a name (2024-03-01, 01.03.2024). What is not sure is left and listed; cut off in the
    middle, the same command goes on where it was. The folder itself is not touched.

    \b
    Examples:
      vermilion photos /mnt/old --view rest
      vermilion photos /mnt/old --view rest --list found.csv
      vermilion photos /mnt/old --view rest --take --by olga
    """
    open_studio(data, passphrase_file)
    from vermilion.studio.models import Client, Person
    from vermilion.studio.record import old_photos

    by = Person.objects.filter(username=login, is_active=True).first()
    if take and by is None:
        raise UsageError(f"the login is '{login}'", "one of the studio's is needed", "add --by")
    clients = Client.objects.filter(erased_at=None, merged_into=None, restricted_at=None)
    counts: Counter[str] = Counter()
    people, lines, left = set(), [], []
    for one in old_photos.look_through(folder, clients, view):
        refused = old_photos.take_over(one, by) if take and by is not None else one.why
        why, shown = str(refused or "").rstrip("."), one.path
        counts[why] += 1
        if why:
            left.append((shown, why))
        else:
            people.add(one.client)
        name = "" if one.client is None else str(one.client.card.get("name", ""))
        day = "" if one.at is None else f"{one.at:%Y-%m-%d}"
        whence = "name" if one.from_name else "camera" if one.at else ""
        lines.append((shown, name, day, whence, one.view, why))
        if sum(counts.values()) % 250 == 0:
            click.echo(f"  {sum(counts.values())} files ...", err=True)
    done = "taken over" if take else "can be taken over"
    click.echo(f"{counts.pop('', 0)} photos of {len(people)} clients {done}.")
    for why, count in counts.most_common():
        click.echo(f"{count} left: {why}.")
        for path in [shown for shown, other in left if other == why][:SHOWN]:
            click.echo(f"  {path}")
    if listing is not None:
        out = StringIO()
        csv.writer(out).writerows([("file", "client", "day", "from", "view", "why not"), *lines])
        save_bytes(listing, out.getvalue().encode())
        click.echo(f"Line by line: {listing}")
    if not take:
        click.echo("Nothing was written; --take --by LOGIN takes them over.")
