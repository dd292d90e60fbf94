"""Self-trials and past answers into rows and back. What only people read of a trial is one column of JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from backstory.errors import InputError
from backstory.model import ARM_LETTERS, PastAnswer, Trial, TrialArm

COLUMNS = (
    "id", "question", "starts", "days", "block_days", "schedule", "seed", "started_at", "ended_on", "ended_because",
)  # fmt: skip
PARAMETERS: Mapping[str, type | tuple[type, ...]] = {
    "title": str, "arms": list, "usual_range": str, "measure": str, "usual_pain": (int, float), "told": list,
    "worth_knowing": (int, float), "smallest_effect": (int, float, type(None)),
}  # fmt: skip


NUMBER_OR_NONE = (int, float, type(None))
ARM: Mapping[str, type | tuple[type, ...]] = {"name": str, "text": str, "low": NUMBER_OR_NONE, "high": NUMBER_OR_NONE}


def trial_row(trial: Trial) -> dict[str, Any]:
    """A trial as a row of its table, without its id."""
    values = asdict(trial)
    row = {name: values[name] for name in COLUMNS if name != "id"}
    return {**row, "parameters": json.dumps({name: values[name] for name in PARAMETERS}, ensure_ascii=False)}


def trial_of(row: Mapping[Any, Any]) -> Trial:
    """A row of its table as a trial. Raises InputError for one that cannot be."""
    told = _json(row["parameters"])
    if told.keys() != PARAMETERS.keys() or not all(isinstance(told[n], kind) for n, kind in PARAMETERS.items()):
        raise InputError("The trial's parameters are not whole.")
    arms = [_arm(arm) for arm in told.pop("arms")]
    if len(arms) != len(ARM_LETTERS):
        raise InputError("A trial has two arms.")
    values = {name: row[name] for name in COLUMNS} | {"started_at": _utc(row["started_at"])}
    return Trial(**values, **told | {"arms": (arms[0], arms[1]), "told": tuple(map(str, told["told"]))})


def _arm(values: Any) -> TrialArm:
    if not isinstance(values, dict) or values.keys() != ARM.keys():
        raise InputError("A trial's arm is not whole.")
    if not all(isinstance(values[name], kind) for name, kind in ARM.items()):
        raise InputError("A trial's arm holds what cannot be.")
    return TrialArm(**values)


def answer_row(answer: PastAnswer) -> dict[str, Any]:
    """A past answer as a row of its table."""
    return {**asdict(answer), "versions": json.dumps(dict(answer.versions), ensure_ascii=False)}


def answer_of(row: Mapping[Any, Any]) -> PastAnswer:
    """A row of its table as a past answer. Raises InputError for one that cannot be."""
    return PastAnswer(
        _utc(row["asked_at"]), row["exposure"], row["verdict"], _json(row["versions"]), row["fingerprint"]
    )


def _json(text: str) -> dict[str, Any]:
    """Raises InputError for text that is no JSON object."""
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise InputError("A row holds no JSON object where one should be.")
    return value


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite keeps no zones, only UTC
