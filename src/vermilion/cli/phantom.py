"""`vermilion phantom`: a rendered face and its truth."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("phantom")
@click.option(
    "-o", "--out", "folder", type=click.Path(path_type=Path), help="Folder for the files."
)
@click.option("--scene", default="frontal", show_default=True, help="Which head to render.")
@click.option("--list", "listing", is_flag=True, help="List the scenes and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(folder: Path | None, scene: str, listing: bool, as_json: bool) -> None:
    """Render a face whose lips are known exactly.

    Writes phantom-SCENE.png and its truth (geometry in mm, colours, pose, light) as
    phantom-SCENE.json. Nothing of it is shared with the simulation, which it judges.

    \b
    Examples:
      vermilion phantom --list
      vermilion phantom --scene frontal -o phantoms/
    """
    from vermilion.phantom import SCENES, write_phantom

    if listing:
        click.echo(json.dumps(list(SCENES)) if as_json else "\n".join(SCENES))
        return
    if folder is None:
        raise click.UsageError("Missing option '-o': where to put the files.")
    picture, truth = write_phantom(folder, scene)
    if as_json:
        click.echo(json.dumps({"scene": scene, "picture": str(picture), "truth": str(truth)}))
    else:
        click.echo(f"{picture}\n{truth}")
