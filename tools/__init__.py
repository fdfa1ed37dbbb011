"""What `run.py` is made of: the standard library only, since it runs before anything is there.

commands.py     demo, test, check, lock: the words typed, and every trouble as one sentence
places.py       the folders and files of the checkout that the others share
say.py          progress in words; HouseError: a trouble and its sentence
pip_wheel.py    pip's own wheel, fetched and checked without pip
pip.py          pip run on a lock; its failures put in a sentence
environment.py  virtual environments from hash-locked lists, and how we know they are whole
prepare.py      everything that must stand before the program runs
demo.py         the main job on a real portrait and on a phantom
checks.py       format, lint, types, import rules, tests, the browser they need
lock.py         uv.lock and the lists that pip reads
"""
