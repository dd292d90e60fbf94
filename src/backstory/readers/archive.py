"""Files, folders and zip archives, as the single files in them."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from backstory.errors import UnreadableFile
from backstory.model import plain

LARGEST_FILE = 64 * 1024 * 1024
MOST_MEMBERS = 5_000
BROKEN = (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file, alone or inside an archive; `name` is what a person calls it."""

    name: str
    path: Path
    inside: str | None = None
    problem: str | None = None

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The file's bytes, seekable. Raises UnreadableFile."""
        if self.problem is not None:
            raise UnreadableFile(self.problem)
        try:
            if self.inside is None:
                if self.path.stat().st_size > LARGEST_FILE:
                    raise UnreadableFile(f"{self.name} is larger than {LARGEST_FILE >> 20} MB.")
                return self.path.open("rb")
            with zipfile.ZipFile(self.path) as archive, archive.open(self.inside) as stream:
                data = stream.read(LARGEST_FILE + 1)
        except BROKEN as error:
            raise UnreadableFile(f"{self.name} cannot be opened: {error}.") from None
        if len(data) > LARGEST_FILE:
            raise UnreadableFile(f"{self.name} is larger than {LARGEST_FILE >> 20} MB.")
        return BytesIO(data)


def members(path: Path, called: str | None = None) -> Iterator[Member]:
    """The files that a path stands for: itself, those in a folder (hidden ones left out), those in a zip archive.

    called: what a person calls the file, where that is not its path. Raises UnreadableFile.
    """
    shown = plain(called or str(path))
    if path.is_dir():
        yield from _inside_folder(path)
    elif not path.exists():
        raise UnreadableFile(f"{shown} does not exist.")
    elif not path.is_file():
        raise UnreadableFile(f"{shown} is no ordinary file; save it as one first.")
    elif zipfile.is_zipfile(path):
        yield from _zipped(path, shown)
    else:
        yield Member(shown, path)


def _inside_folder(folder: Path) -> Iterator[Member]:
    try:
        found = (p for p in folder.rglob("*") if p.is_file() and not _hidden(p.relative_to(folder).parts))
        files = sorted(islice(found, MOST_MEMBERS + 1))
    except (OSError, RecursionError):
        raise UnreadableFile(f"{plain(str(folder))} cannot be looked through; name the files themselves.") from None
    if not files:
        raise UnreadableFile(f"{plain(str(folder))} is a folder without files.")
    if len(files) > MOST_MEMBERS:
        raise UnreadableFile(f"{plain(str(folder))} holds more than {MOST_MEMBERS:,} files; name the right ones.")
    for file in files:
        try:
            yield from members(file)
        except UnreadableFile as error:
            yield Member(plain(str(file)), file, problem=str(error))


def _zipped(path: Path, shown: str) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except BROKEN as error:
        raise UnreadableFile(f"{shown} cannot be opened: {error}.") from None
    names = [name for name in names if not _hidden(tuple(name.split("/")))]
    if not names:
        raise UnreadableFile(f"{shown} is an archive without files.")
    if len(names) > MOST_MEMBERS:
        raise UnreadableFile(f"{shown} holds more than {MOST_MEMBERS:,} files.")
    for name in names:
        yield Member(f"{shown}/{plain(name)}", path, name)


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in parts)
