"""What finding a face needs is made ready while its photo is still being read from disk.

Networks and colour tables are made once in a process, without Python's lock, so a command that
begins them first finds them done when its photo is decoded.
"""

from __future__ import annotations

from threading import Thread

from vermilion.errors import SetupError


def load_ahead() -> Thread:
    """Begin loading in a thread of its own; whoever needs a network before it is there waits.

    A missing network is told by whoever needs it, in its own thread.
    """
    thread = Thread(target=_load, name="load-ahead")
    thread.start()
    return thread


def _load() -> None:
    import cv2
    import numpy as np

    from vermilion.face import networks

    try:
        networks.load()
    except SetupError:
        return
    cv2.cvtColor(np.zeros((1, 1, 3), np.uint8), cv2.COLOR_RGB2LAB)  # makes OpenCV's tables
