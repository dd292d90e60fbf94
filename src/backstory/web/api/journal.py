"""Everything that was recorded, as JSON: searched, changed, removed, brought back; taken along, deleted."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from backstory.errors import InputError, NotEnough
from backstory.journal import keeping, recorded
from backstory.web.api.imports import FILES, ImportJob, told
from backstory.web.desk import forget_everything
from backstory.web.pages.importing import begin_restore
from backstory.web.showing import Seen, View

router = APIRouter(tags=["journal"])
EntryId = Annotated[str, Path(description="as the list gives it, such as check-in:12", max_length=64)]
ZIP = {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}


class Entry(BaseModel):
    """Something that was recorded; `editable` names the values that can be changed."""

    id: str
    day: date
    kind: str
    title: str
    text: str
    values: dict[str, Any]
    editable: list[str]
    removable: bool


class Entries(BaseModel):
    """Some entries, the newest first; `older` is what to give as `before` for the next ones."""

    entries: list[Entry]
    older: str | None


class Changed(BaseModel):
    """What was changed or removed (`after` null), by its number; `undone`: it is as before again."""

    id: int
    made_at: datetime
    before: Entry
    after: Entry | None
    undone: bool


class GivenValues(BaseModel):
    """Those values of an entry that change."""

    model_config = ConfigDict(extra="forbid")

    values: dict[str, Any]


class Undo(BaseModel):
    """Which change; null = the last one that is not undone."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int | None, Field(ge=1, lt=2**63)] = None


class Deleted(BaseModel):
    """Everything is gone."""

    deleted: Literal[True] = True


@router.get("/journal")
def search(
    seen: Seen,
    q: Annotated[str, Query(description="words and days that are in an entry", max_length=100)] = "",
    kind: Annotated[str | None, Query(json_schema_extra={"enum": list(recorded.KINDS)})] = None,
    before: Annotated[str | None, Query(description="`older` of the page before", max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Entries:
    """What was recorded, the newest first."""
    page = recorded.recorded(seen.desk.journal, q, kind, before, limit)
    return Entries(entries=[_entry(one) for one in page.entries], older=page.older)


@router.delete("/journal")
def delete_everything(seen: Seen, confirm: Annotated[Literal["delete everything"], Query()]) -> Deleted:
    """Delete everything that was recorded. There is no way back; export first."""
    forget_everything(seen.desk)
    return Deleted()


@router.post("/journal/undo")
def undo(given: Undo, seen: Seen) -> Changed:
    """Bring back what was changed or removed."""
    return _changed(recorded.undo(seen.desk.journal, given.id))


@router.get("/journal/{entry_id}")
def one(entry_id: EntryId, seen: Seen) -> Entry:
    """One entry."""
    return _entry(_there(seen, entry_id))


@router.patch("/journal/{entry_id}")
def change(entry_id: EntryId, given: GivenValues, seen: Seen) -> Entry:
    """Give an entry other values; it can be undone."""
    _there(seen, entry_id)
    recorded.change(seen.desk.journal, entry_id, given.values)
    return _entry(recorded.entry(seen.desk.journal, entry_id))


@router.delete("/journal/{entry_id}")
def remove(entry_id: EntryId, seen: Seen) -> Changed:
    """Take an entry away; it can be undone."""
    _there(seen, entry_id)
    return _changed(recorded.remove(seen.desk.journal, entry_id))


@router.get("/export", response_class=Response, responses=ZIP)  # type: ignore[arg-type]
def export(seen: Seen) -> Response:
    """Everything in one zip file. It is health data: keep it to yourself."""
    return Response(keeping.export_bytes(seen.desk.journal), media_type="application/zip")


@router.post("/restore", status_code=202, openapi_extra=FILES)
async def restore(seen: Seen) -> ImportJob:
    """Begin to bring an export back into an empty journal; `/api/imports/ID` tells how far it is."""
    return told(await begin_restore(seen.desk, seen.request))


def _there(seen: View, entry_id: str) -> recorded.Entry:
    """An entry. Raises NotEnough where it is not there."""
    try:
        return recorded.entry(seen.desk.journal, entry_id)
    except InputError as error:
        raise NotEnough(str(error)) from None


def _entry(one: recorded.Entry) -> Entry:
    return Entry(**{**asdict(one), "editable": list(one.editable)})


def _changed(done: recorded.Change) -> Changed:
    after = None if done.after is None else _entry(done.after)
    return Changed(id=done.id, made_at=done.made_at, before=_entry(done.before), after=after, undone=done.undone)
