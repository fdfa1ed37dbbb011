"""A client: a phantom's photo at rest, smiling, and with what people get wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.wrong_input import phantom
from vermilion.photo.save import save_png


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_png(tmp_path_factory.mktemp("client") / "client.png", phantom())


@pytest.fixture(scope="session")
def smiling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_png(tmp_path_factory.mktemp("client") / "smile.png", phantom("gummy_smile"))
