"""An answer as people and programs get it: the words, and the command line's contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from backstory import __version__, catalogue, cause
from backstory.cause import Answer, Check
from backstory.cause.telling import lowered
from backstory.load import EXPOSURE_UNITS
from backstory.model import shown
from backstory.questions import sentences_on

SPANS_SHOWN = 3
NO_UPDATE = ""


@dataclass(frozen=True)
class Report:
    """An answer with what surrounds it.

    parts: the answer by family, where it was asked; lockstep: families that were not asked about, since they always
    come together; others: what else was asked about, the main load first; update: a sentence where a new version of the
    program changed the verdict; left_out_before: the first score that counts, where older ones do not.
    """

    main: Answer
    parts: Answer | None
    lockstep: Sequence[tuple[str, ...]]
    others: Answer | None
    left_out_before: date | None
    checks: tuple[Check, ...]
    covered: tuple[tuple[date, date], ...]
    next_step: str
    update: str

    @property
    def verdict(self) -> str:
        """The estimator's own, unless a check was not passed."""
        return lowered(self.main.verdict, self.checks)[0]

    def effects(self) -> list[dict[str, Any]]:
        """One entry an exposure, the main one first; None for what could not be computed."""
        frames = [self.main.effects, *(more.effects for more in (self.parts,) if more is not None)]
        if self.others is not None:
            frames.append(self.others.effects.iloc[1:])
        rows = pd.concat(frames).to_dict("records")
        return [
            {
                "unit": EXPOSURE_UNITS.get(str(row["exposure"])),
                **{str(k): None if pd.isna(v) else v for k, v in row.items()},
            }
            for row in rows
        ]

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        return cause.one_sentence(self.main)

    @property
    def evidence(self) -> tuple[str, ...]:
        """What studies of many people say on the same questions, apart from the person's own answer."""
        asked = dict.fromkeys(["training", *(row["exposure"] for row in self.effects())])
        return tuple(dict.fromkeys(text for name in asked for text in sentences_on(name)))

    @property
    def versions(self) -> dict[str, str]:
        """Of what the answer rests on."""
        return {"program": __version__, "model": cause.VERSION, "catalogue": catalogue.load().version}

    @cached_property
    def told(self) -> dict[str, list[str]]:
        """The answer in words, part by part and in its order: `findings`, `parts`, `others`, `caveats`, `update`,
        `checks`, `covered`, `next_step`; [] where there is nothing to say.
        """
        stands = self.verdict == self.main.verdict  # what is not claimed has no parts
        has_parts = stands and (self.parts is not None or self.lockstep)
        applicable = [check for check in self.checks if check.passed is not None]
        failed = [check.text for check in applicable if not check.passed]
        passed = f"Checks: {len(applicable) - len(failed)} of {len(applicable)} passed."
        covered = [f"Covered: {spans(self.covered)}; {self.main.pain_days} of {len(self.main.days)} mornings scored."]
        if self.left_out_before:
            covered.append(
                f"Scores before {shown(self.left_out_before)} are left out: half a year without one lies between."
            )
        return {
            "findings": self.main.findings.splitlines(),
            "parts": cause.tell_parts(self.parts, self.lockstep).splitlines() if has_parts else [],
            "others": cause.tell_beside(self.others).splitlines() if self.others is not None else [],
            "caveats": self.main.caveats.splitlines(),
            "update": [self.update] if self.update else [],
            "checks": [passed, *failed],
            "covered": covered,
            "next_step": [self.next_step],
        }

    @cached_property
    def text(self) -> str:
        """The answer in words, as the person reads it."""
        before = {"parts": "Which part of it? ", "others": "What else? "}
        lines = []
        for part, said in self.told.items():
            if part == "checks":
                lines.append(" Not passed: ".join(said))
            elif said:
                lines.append(before.get(part, "") + "\n".join(said))
        return "\n".join(lines)

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
            "versions": self.versions,
            "update": self.update,
            "evidence": list(self.evidence),
        }


def spans(covered: tuple[tuple[date, date], ...]) -> str:
    """From-to dates as words; only their ends and number where there are many."""
    if not covered:
        return "no day with known training"
    if len(covered) <= SPANS_SHOWN:
        return ", ".join(f"{shown(a)} - {shown(b)}" for a, b in covered)
    known = sum((b - a).days + 1 for a, b in covered)
    return f"{shown(covered[0][0])} - {shown(covered[-1][1])} with {len(covered) - 1} gaps, {known} days known"
