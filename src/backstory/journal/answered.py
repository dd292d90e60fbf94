"""An answer as people and programs get it: the words, and the command line's contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from backstory import __version__, catalogue, cause
from backstory.cause import Answer, Check
from backstory.load import EXPOSURE_UNITS

SPANS_SHOWN = 3


@dataclass(frozen=True)
class Report:
    """An answer with what surrounds it.

    parts: the answer by family, where it was asked; lockstep: families that were not asked about, since they always
    come together; left_out_before: the first score that counts, where older ones do not.
    """

    main: Answer
    parts: Answer | None
    lockstep: Sequence[tuple[str, ...]]
    left_out_before: date | None
    checks: tuple[Check, ...]
    covered: tuple[tuple[date, date], ...]
    next_step: str

    @property
    def verdict(self) -> str:
        return self.main.verdict

    def effects(self) -> list[dict[str, Any]]:
        """One entry an exposure, the main one first; None for what could not be computed."""
        frames = [self.main.effects] if self.parts is None else [self.main.effects, self.parts.effects]
        rows = pd.concat(frames).to_dict("records")
        return [
            {
                "unit": EXPOSURE_UNITS.get(str(row["exposure"])),
                **{str(k): None if pd.isna(v) else v for k, v in row.items()},
            }
            for row in rows
        ]

    @property
    def text(self) -> str:
        """The answer in words, as the person reads it."""
        lines = [self.main.findings]
        if self.parts is not None:
            lines.append("Which part of it? " + cause.tell_parts(self.parts.effects, self.parts.days, self.lockstep))
        elif self.lockstep:
            lines.append("Which part of it? " + cause.tell_parts(self.main.effects[:0], self.main.days, self.lockstep))
        if self.main.caveats:
            lines.append(self.main.caveats)
        applicable = [check for check in self.checks if check.passed is not None]
        failed = [check.text for check in applicable if not check.passed]
        passed = f"Checks: {len(applicable) - len(failed)} of {len(applicable)} passed."
        lines.append(" Not passed: ".join([passed, *failed]) if failed else passed)
        scored = f"{self.main.pain_days} of {len(self.main.days)} mornings scored"
        lines.append(f"Covered: {spans(self.covered)}; {scored}.")
        if self.left_out_before:
            lines.append(
                f"Scores before {shown(self.left_out_before)} are left out: half a year without one lies between."
            )
        return "\n".join([*lines, self.next_step])

    def as_json(self) -> dict[str, Any]:
        """The command line's contract."""
        return {
            "verdict": self.verdict,
            "text": self.text,
            "effects": self.effects(),
            "covered": [[a.isoformat(), b.isoformat()] for a, b in self.covered],
            "days": len(self.main.days),
            "pain_days": self.main.pain_days,
            "checks": [{"name": c.name, "passed": c.passed, "text": c.text} for c in self.checks],
            "next_step": self.next_step,
            "versions": {"program": __version__, "model": cause.VERSION, "catalogue": catalogue.load().version},
        }


def spans(covered: tuple[tuple[date, date], ...]) -> str:
    """From-to dates as words; only their ends and number where there are many."""
    if not covered:
        return "no day with known training"
    if len(covered) <= SPANS_SHOWN:
        return ", ".join(f"{shown(a)} - {shown(b)}" for a, b in covered)
    known = sum((b - a).days + 1 for a, b in covered)
    return f"{shown(covered[0][0])} - {shown(covered[-1][1])} with {len(covered) - 1} gaps, {known} days known"


def shown(day: date) -> str:
    """A day as a person writes it."""
    return f"{day.day} {day:%b %Y}"
