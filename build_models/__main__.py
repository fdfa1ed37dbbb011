"""`python -m build_models`: make what is missing of the face networks."""

import sys
from pathlib import Path

from build_models.fetch import FetchError
from build_models.make import make

try:
    make(Path(sys.executable))
except FetchError as error:
    sys.exit(f"The face networks could not be built: {error}")
