"""What takes long, for programs: they wait for a moment, and are told where it takes longer."""

from typing import Any

from fastapi import HTTPException
from pydantic import BaseModel

from backstory.errors import InputError, NotEnough
from backstory.web.showing import View

WAIT_S = 30.0
NOT_YET = "This is being worked out; ask again in a moment."


class OneLine(BaseModel):
    """What was wrong, or why there is nothing, in a line for the person."""

    detail: str


REFUSED: dict[int | str, dict[str, Any]] = {
    422: {"model": OneLine, "description": "It cannot be; nothing was changed."}
}
WAITED: dict[int | str, dict[str, Any]] = {
    202: {"model": OneLine, "description": "It is being worked out; ask again in a moment."},
    404: {"model": OneLine, "description": "There is nothing to give yet."},
}


def worked_out(seen: View, kind: str, **given: Any) -> Any:
    """The value of a kind of work, as new as there is after a moment. Raises NotEnough, InputError; 202 if not yet."""
    kept = seen.desk.shelf.get(kind, WAIT_S, **given)
    if kept.made is None:
        raise HTTPException(202, NOT_YET)
    if kept.why_not:
        raise (NotEnough if kept.made.exit_code == NotEnough.exit_code else InputError)(kept.why_not)
    return kept.value
