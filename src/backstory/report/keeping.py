"""Writing a figure or page to a file of the person's choice; nothing else is ever written over."""

import os
from pathlib import Path

from backstory.errors import InputError

OURS = (  # what files of ours begin with
    b"<svg", b'<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory', b"# Backstory: ",
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Backstory//",
)  # fmt: skip
PDF, PDF_TITLE = b"%PDF-", b"(Backstory: "


def write_page(path: Path, page: str | bytes) -> None:
    """Write it whole or not at all, readable by its owner alone, over an earlier one of its kind at most. Raises
    InputError.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.exists() and not _ours(path.read_bytes()):
            raise InputError(f"{path} is there already and is no figure or page of Backstory's; nothing was written.")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
            file.write(page.encode() if isinstance(page, str) else page)
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from None


def _ours(content: bytes) -> bool:
    return content.startswith(OURS) or (content.startswith(PDF) and PDF_TITLE in content)
