"""Writing a figure or page to a file of the person's choice; nothing else is ever written over."""

from pathlib import Path

from backstory.errors import InputError

OURS = ("<svg", '<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory')


def write_page(path: Path, text: str) -> None:
    """Write it, over an earlier one of its kind at most. Raises InputError."""
    try:
        if path.exists() and not path.read_bytes()[:200].decode("utf-8", "replace").startswith(OURS):
            raise InputError(f"{path} is there already and is no figure; nothing was written.")
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from None
