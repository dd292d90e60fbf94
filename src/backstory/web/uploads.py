"""Private folders for files that a browser sends: readable by their owner alone, and removed, also after a crash.

Each program that runs holds a lock in its folder; a folder whose lock nobody holds was left behind, and goes.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

BEGINS = "backstory-web-"
LOCK = "in-use"


@dataclass(slots=True)
class Uploads:
    """A folder of this program's, with one folder in it for each upload."""

    root: Path
    lock: IO[bytes]

    def folder(self) -> Path:
        """A new empty one (0700)."""
        return Path(tempfile.mkdtemp(dir=self.root))

    def remove(self, folder: Path) -> None:
        """With everything in it."""
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def uploads() -> Iterator[Uploads]:
    """A place for uploads as long as the app runs; what others left behind is removed first."""
    sweep()
    root = Path(tempfile.mkdtemp(prefix=BEGINS))
    with (root / LOCK).open("wb") as lock:
        _hold(lock)
        try:
            yield Uploads(root, lock)
        finally:
            lock.close()
            shutil.rmtree(root, ignore_errors=True)


def private_file(path: Path) -> IO[bytes]:
    """A new file that its owner alone reads. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def sweep() -> None:
    """Remove the folders of programs that ended without doing so."""
    for folder in Path(tempfile.gettempdir()).glob(f"{BEGINS}*"):
        if not _in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _hold(lock: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows keeps an open file from being removed, which is lock enough
        return
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _in_use(folder: Path) -> bool:
    """Whether a program holds its lock; one that cannot be looked at is somebody else's."""
    try:
        import fcntl
    except ImportError:
        return _cannot_remove(folder / LOCK)
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def _cannot_remove(lock: Path) -> bool:
    try:
        lock.unlink()
    except OSError:
        return True
    return False
