"""Files, folders and zip archives, as the single files in them."""

import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from backstory.errors import UnreadableFile

LARGEST_FILE = 200 * 1024 * 1024
MOST_MEMBERS = 5_000


@dataclass(frozen=True, slots=True)
class Member:
    """One file, alone or inside an archive; `name` is what a person calls it."""

    name: str
    path: Path
    inside: str | None = None

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The file's bytes, seekable. Raises UnreadableFile."""
        try:
            if self.inside is None:
                if self.path.stat().st_size > LARGEST_FILE:
                    raise UnreadableFile(f"{self.name} is larger than {LARGEST_FILE >> 20} MB.")
                return self.path.open("rb")
            with zipfile.ZipFile(self.path) as archive, archive.open(self.inside) as stream:
                data = stream.read(LARGEST_FILE + 1)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise UnreadableFile(f"{self.name} cannot be opened: {error}.") from None
        if len(data) > LARGEST_FILE:
            raise UnreadableFile(f"{self.name} is larger than {LARGEST_FILE >> 20} MB.")
        return BytesIO(data)


def members(path: Path) -> Iterator[Member]:
    """The files that a path stands for: itself, those in a folder (hidden ones left out), those in a zip archive.

    Raises UnreadableFile.
    """
    if not path.exists():
        raise UnreadableFile(f"{path} does not exist.")
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path).parts))
        if not inside:
            raise UnreadableFile(f"{path} is a folder without files.")
        for file in inside[:MOST_MEMBERS]:
            yield from members(file)
    elif zipfile.is_zipfile(path):
        yield from _zipped(path)
    else:
        yield Member(str(path), path)


def _zipped(path: Path) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (OSError, zipfile.BadZipFile) as error:
        raise UnreadableFile(f"{path} cannot be opened: {error}.") from None
    names = [name for name in names if not _hidden(tuple(name.split("/")))]
    if not names:
        raise UnreadableFile(f"{path} is an archive without files.")
    for name in names[:MOST_MEMBERS]:
        yield Member(f"{path}/{name}", path, name)


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in parts)
