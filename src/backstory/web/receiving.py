"""Files that a browser sends, written as they come: never the whole of them in memory, never under a name of theirs."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from anyio import to_thread
from fastapi import Request
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from backstory.errors import InputError
from backstory.model import plain
from backstory.web.uploads import private_file

MOST_FILES, MOST_FIELDS = 2_000, 50
FIELD_BYTES = 10_000
LONGEST_NAME = 200
NOT_UNDERSTOOD = "What was sent could not be understood; nothing was changed."
NOTHING_SENT = "No file was sent. Choose one, or drop it onto the page."
NAMELESS = "file"
HIDDEN = (".", "__MACOSX")


@dataclass(slots=True)
class Received:
    """What came: each file's own name (to be shown, nothing else) and where it lies; other fields as text."""

    files: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


async def receive(request: Request, folder: Path) -> Received:
    """Write the files of a form into a folder, or a single file that is the whole body. Raises InputError."""
    kind, options = parse_options_header(request.headers.get("content-type", "").encode("latin-1", "replace"))
    if kind == b"multipart/form-data" and options.get(b"boundary"):
        received = await _form(request, options[b"boundary"], folder)
    elif kind in (b"multipart/form-data", b"application/x-www-form-urlencoded"):
        raise InputError(NOTHING_SENT)
    else:
        received = await _body(request, folder)
    if not received.files:
        raise InputError(NOTHING_SENT)
    return received


async def _body(request: Request, folder: Path) -> Received:
    """A file sent alone; its name is in `?name=`."""
    path, size = folder / "1", 0
    with private_file(path) as file:
        async for chunk in request.stream():
            size += len(chunk)
            await to_thread.run_sync(file.write, chunk)
    return Received([(shown_name(request.query_params.get("name", "")), str(path))] if size else [])


async def _form(request: Request, boundary: bytes, folder: Path) -> Received:
    parts = _Parts(folder)
    try:
        parser = MultipartParser(boundary, parts.callbacks())  # type: ignore[arg-type]
        async for chunk in request.stream():
            await to_thread.run_sync(parser.write, chunk)
        parser.finalize()
    except FormParserError:
        raise InputError(NOT_UNDERSTOOD) from None
    finally:
        parts.close()
    if not parts.ended:
        raise InputError(NOT_UNDERSTOOD)
    return parts.received


class _Parts:
    """What the parser finds, one part after the other; one file is open at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.received, self.ended = folder, Received(), False
        self._header, self._value, self._disposition = b"", b"", b""
        self._file: IO[bytes] | None = None
        self._name, self._text, self._size, self._skipped = "", b"", 0, False
        self._count, self._path = 0, folder

    def callbacks(self) -> dict[str, Any]:
        """As the parser wants them."""
        return {
            "on_part_begin": self._begin, "on_header_field": self._on_header, "on_header_value": self._on_value,
            "on_header_end": self._on_header_end, "on_headers_finished": self._on_headers, "on_part_data": self._data,
            "on_part_end": self._end, "on_end": self._on_end,
        }  # fmt: skip

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _begin(self) -> None:
        self._disposition, self._text, self._size, self._skipped = b"", b"", 0, False

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header, self._value = b"", b""

    def _on_headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._count += 1
        filename = options.get(b"filename")
        if filename is None:
            self._name = options.get(b"name", b"").decode("utf-8", "replace")
            if self._count > MOST_FILES + MOST_FIELDS or len(self.received.fields) >= MOST_FIELDS:
                raise InputError(NOT_UNDERSTOOD)
            return
        if len(self.received.files) >= MOST_FILES:
            raise InputError(f"More than {MOST_FILES:,} files were sent; nothing was changed. Choose the right ones.")
        called = filename.decode("utf-8", "replace")
        self._name, self._skipped = called, is_hidden(called)
        self._path = self.folder / str(self._count)
        self._file = private_file(self._path)

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._file is not None:
            if not self._skipped:
                self._file.write(data[start:end])
        elif self._size > FIELD_BYTES:
            raise InputError(NOT_UNDERSTOOD)
        else:
            self._text += data[start:end]

    def _end(self) -> None:
        if self._file is None:
            self.received.fields[self._name] = self._text.decode("utf-8", "replace")
            return
        self._file.close()
        self._file = None
        if self._skipped or not (self._name or self._size):  # a field for files that nothing was chosen in
            return
        self.received.files.append((shown_name(self._name), str(self._path)))

    def _on_end(self) -> None:
        self.ended = True


def shown_name(called: str) -> str:
    """What a file is called on a page: its own name without what cannot be shown, its end where it is very long.

    >>> shown_name("logs/strong.csv"), len(shown_name("x" * 999))
    ('logs/strong.csv', 200)
    """
    shown = " ".join(plain(called).split()).strip("/ ") or NAMELESS
    return shown if len(shown) <= LONGEST_NAME else "…" + shown[1 - LONGEST_NAME :]


def is_hidden(called: str) -> bool:
    """Whether a system keeps a file for itself, in a folder that was sent whole.

    >>> is_hidden("logs/.DS_Store"), is_hidden("../strong.csv")
    (True, False)
    """
    parts = called.replace("\\", "/").split("/")
    return any(part.startswith(HIDDEN) and part not in (".", "..") for part in parts)
