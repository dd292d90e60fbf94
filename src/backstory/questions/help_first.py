"""Get help first: what asks for a doctor, and how soon. The questions are data; the rule is four lines.

It names no illness, counts nothing up, and never says that all is well. A question without an answer blocks nothing.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError, InputError
from backstory.questions.studies import KNOWN

DATA = Path(__file__).parent / "data" / "help_first.toml"
URGENCIES = ("emergency", "doctor", "mention", "none noted")
# What a yes weighs, the most first, and how soon its source may want it looked at.
WEIGHTS: Mapping[str, tuple[str, ...]] = {
    "hard": ("emergency",), "strong": ("doctor",), "weak": ("doctor", "mention"), "scope": ("mention",),
}  # fmt: skip
STRONG_ENOUGH, WEAK_ENOUGH = 1, 2
PLANS: Mapping[str, str] = {"emergency": "none", "doctor": "easy", "mention": "usual", "none noted": "usual"}
FIELDS = ("question", "noted", "weight", "urgency", "source", "known")
STILL_OPEN = tuple(f"open_{urgency}" for urgency in URGENCIES[:3])
TEXTS = (*URGENCIES, "seen", "unanswered", "legs", "weeks", *STILL_OPEN)
SCREENS = ("hard", "strong", "weak")


@dataclass(frozen=True, slots=True)
class HelpQuestion:
    """One question, answered yes or no. `noted`: what a yes says, told back; `known`: a word of KNOWN."""

    id: str
    question: str
    noted: str
    weight: str
    urgency: str
    source: str
    known: str
    advice: str = ""

    @property
    def told(self) -> str:
        """What a yes is told back as."""
        return f"{self.id}: {self.noted}"


@dataclass(frozen=True, slots=True)
class HelpFirst:
    """Questions by id, texts and the screens' headings by name, and signs that are an emergency when together."""

    questions: Mapping[str, HelpQuestion]
    texts: Mapping[str, str]
    headings: Mapping[str, str]
    together: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How soon (a word of URGENCIES), because of what (each id with its words, the weightiest first), and a text."""

    urgency: str
    because: tuple[str, ...]
    text: str

    @property
    def plan(self) -> str:
        """What may be planned: "none", "easy" or the "usual"."""
        return PLANS[self.urgency]


def judge(answers: Mapping[str, bool]) -> Judgement:
    """What the answers ask for: {"RF01": True}, any of them left out. Raises InputError for what is no answer.

    One hard sign, or two that are so together, is an emergency; one strong or two weak ones ask for a doctor; anything
    less is to be mentioned. (After Downie et al. 2013, BMJ; Henschke et al. 2009, Arthritis Rheum: single signs are
    common among people who have nothing serious.)
    """
    check_answers(answers)
    known = load_help()
    order = tuple(WEIGHTS)
    yes = sorted((q for q in known.questions.values() if answers.get(q.id)), key=lambda q: order.index(q.weight))
    urgency = _urgency(yes, known.together)
    sentences = [known.texts[urgency]]
    if urgency != "emergency":  # which is short, so that it is followed
        sentences += dict.fromkeys(question.advice for question in yes if question.advice)
        sentences += [known.texts["legs"], known.texts["weeks"]]
        if count := len(known.questions) - len(answers):
            sentences.append(known.texts["unanswered"].format(count=count, all=len(known.questions)))
    return Judgement(urgency, tuple(question.told for question in yes), " ".join(sentences))


def _urgency(yes: list[HelpQuestion], together: tuple[frozenset[str], ...]) -> str:
    weights, ids = Counter(question.weight for question in yes), {question.id for question in yes}
    if weights["hard"] or any(signs <= ids for signs in together):
        return "emergency"
    if weights["strong"] >= STRONG_ENOUGH or weights["weak"] >= WEAK_ENOUGH:
        return "doctor"
    return "mention" if yes else "none noted"


def check_answers(answers: Mapping[str, Any]) -> None:
    """Raise InputError for a question that there is not, and for an answer that is neither yes nor no."""
    known = tuple(load_help().questions)
    for key, answer in answers.items():
        if key not in known:
            raise InputError(f"There is no question {key!r}; there are {known[0]} to {known[-1]}.")
        if not isinstance(answer, bool):
            raise InputError(f"The answer to {key} must be true or false, not {answer!r}.")


def read_answers(path: Path) -> dict[str, bool]:
    """Answers from a file of JSON: {"RF01": true}; null is no answer. Raises InputError."""
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise InputError(f'{path} must hold one JSON object with each question once, such as {{"RF01": true}}.')
    answers = {key: value for key, value in values.items() if value is not None}
    check_answers(answers)
    return answers


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises ValueError where a key comes twice: the second yes or no must not hide the first."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


@cache
def load_help(path: Path = DATA) -> HelpFirst:
    """Everything of the file. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    if tables.keys() != {"together", "texts", "screens", "questions"} or not isinstance(tables["questions"], dict):
        raise CatalogueError(f"{path.name}: needs exactly together, texts, screens and questions.")
    _check_words(f"{path.name}, texts", tables["texts"], TEXTS)
    _check_words(f"{path.name}, screens", tables["screens"], SCREENS)
    questions = {key: _question(f"{path.name}, {key}", key, table) for key, table in tables["questions"].items()}
    together = tables["together"]
    if not isinstance(together, list) or not all(_are_ids(signs, questions) for signs in together):
        raise CatalogueError(f"{path.name}: together must hold lists of different questions.")
    return HelpFirst(questions, tables["texts"], tables["screens"], tuple(map(frozenset, together)))


def _question(where: str, key: str, table: Any) -> HelpQuestion:
    _check_words(where, table, FIELDS, ("advice",))
    if table["weight"] not in WEIGHTS or table["urgency"] not in WEIGHTS[table["weight"]]:
        raise CatalogueError(f"{where}: weight is one of {', '.join(WEIGHTS)}, and urgency one that goes with it.")
    if table["known"] not in KNOWN:
        raise CatalogueError(f"{where}: known must be one of {', '.join(KNOWN)}.")
    return HelpQuestion(key, **table)


def _check_words(where: str, table: Any, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
    if not isinstance(table, dict) or not set(needed) <= table.keys() <= {*needed, *optional}:
        raise CatalogueError(f"{where}: needs exactly {', '.join(needed)}.")
    if not all(isinstance(text, str) and text.strip() for text in table.values()):
        raise CatalogueError(f"{where}: {', '.join(table)} must be words.")


def _are_ids(signs: object, questions: Mapping[str, HelpQuestion]) -> bool:
    if not isinstance(signs, list) or not all(isinstance(sign, str) for sign in signs):
        return False
    return len(signs) > 1 and len(set(signs)) == len(signs) and set(signs) <= questions.keys()
