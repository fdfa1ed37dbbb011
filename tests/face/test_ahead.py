from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from vermilion.errors import SetupError
from vermilion.face import networks
from vermilion.face.ahead import load_ahead


@pytest.fixture(autouse=True)
def nothing_loaded() -> Iterator[None]:
    networks._made.cache_clear()
    yield
    networks._made.cache_clear()


def test_both_networks_stand_when_the_thread_has_ended() -> None:
    load_ahead().join()
    assert networks._made.cache_info().currsize == 2
    networks.run(networks.MESH, np.zeros((1, 192, 192, 3), np.float32))
    assert networks._made.cache_info().misses == 2


def test_who_wants_a_network_that_is_being_made_waits_for_that_one() -> None:
    with ThreadPoolExecutor(4) as pool:
        sessions = set(pool.map(networks._session, [networks.MESH] * 8))
    assert len(sessions) == 1


def test_a_missing_network_is_told_by_who_needs_it_and_not_by_the_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "MODELS", tmp_path)
    load_ahead().join()  # an error in a thread would fail this test: warnings are errors
    with pytest.raises(SetupError, match="missing"):
        networks.run(networks.MESH, np.zeros((1, 192, 192, 3), np.float32))
