"""A rendered face whose geometry, colour, pose and light are known exactly.

It judges the rest of the house and therefore shares no code with it. Public objects:
`PhantomSpec`, `PhantomImage`, `render_phantom`, `SCENES`, `population`, `write_phantom`.
"""

from vermilion.phantom.population import population
from vermilion.phantom.render import PhantomImage, render_phantom
from vermilion.phantom.save import write_phantom
from vermilion.phantom.scenes import SCENES
from vermilion.phantom.spec import PhantomSpec

__all__ = [
    "SCENES",
    "PhantomImage",
    "PhantomSpec",
    "population",
    "render_phantom",
    "write_phantom",
]
