"""From files to sessions and check-ins. One file a format; `READERS` lists them.

>>> from backstory import readers
>>> result = readers.read("strong.csv", units="kg")     # doctest: +SKIP
>>> result.sessions[0].sets[0].load_kg                   # doctest: +SKIP
100.0
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from backstory.errors import UnreadableFile
from backstory.readers import diary, fitnotes, hevy, strong
from backstory.readers.archive import Member, members
from backstory.readers.result import ReadOptions, ReadResult

__all__ = [
    "READERS",
    "Member",
    "ReadOptions",
    "ReadResult",
    "Reader",
    "formats",
    "identify",
    "members",
    "read",
    "read_member",
]

HEAD_BYTES = 8192


class Reader(Protocol):
    """What a module in `READERS` offers."""

    NAME: str
    LABEL: str

    def claims(self, head: bytes) -> bool:
        """Whether a file that begins so is of this format."""

    def read(self, source: BinaryIO, options: ReadOptions) -> ReadResult:
        """What a file holds. Pure: the same bytes give the same result."""


READERS: tuple[Reader, ...] = (strong, hevy, fitnotes, diary)


def formats() -> str:
    """The formats that are read, as words."""
    return ", ".join(reader.LABEL for reader in READERS)


def identify(head: bytes) -> Reader:
    """The one reader that claims a file with this beginning. Raises UnreadableFile."""
    if not head.strip():
        raise UnreadableFile("The file is empty.")
    claimed = [reader for reader in READERS if reader.claims(head)]
    if not claimed:
        raise UnreadableFile(f"No known format. What is read: {formats()}.")
    if len(claimed) > 1:
        raise UnreadableFile(f"Two formats claim this file: {' and '.join(reader.LABEL for reader in claimed)}.")
    return claimed[0]


def read_member(member: Member, options: ReadOptions) -> ReadResult:
    """What one file holds. Raises UnreadableFile where it is no known format or holds nothing at all."""
    with member.open() as source:
        reader = identify(source.read(HEAD_BYTES))
        source.seek(0)
        result = reader.read(source, options)
    if result.is_empty:
        first = (
            f" First problem, line {result.problems[0].line}: {result.problems[0].message}" if result.problems else ""
        )
        raise UnreadableFile(f"There is nothing to read in it, although it begins like {reader.LABEL}.{first}")
    return result


def read(path: str | Path, **options: str | None) -> ReadResult:
    """What one file holds.

    options: `units="kg"` or `"lb"` for a file that names none. Raises UnreadableFile, InputError.
    """
    found: Iterator[Member] = members(Path(path))
    member = next(found)
    if next(found, None) is not None:
        raise UnreadableFile(f"{path} holds several files; read them one by one with `members` and `read_member`.")
    return read_member(member, ReadOptions(**options))
