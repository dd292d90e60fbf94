"""When are two names of an exercise the same name? Case, punctuation, order, plurals and side words do not count."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

NOT_A_LETTER = re.compile(r"[\W_]+")
NO_PLURAL = {"triceps", "biceps", "press"}


@dataclass(frozen=True, slots=True)
class Words:
    """The rules of `data/words.toml`: what is dropped, and what is spelt as something else."""

    drop: frozenset[str]
    phrases: Mapping[str, str]
    single: Mapping[str, str]
    phrase: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        longest_first = sorted(self.phrases, key=len, reverse=True)
        any_of_them = "|".join(map(re.escape, longest_first)) or "(?!)"
        object.__setattr__(self, "phrase", re.compile(f"(?<= )(?:{any_of_them})(?= )"))

    def key(self, name: str) -> str:
        """What equal names have in common.

        >>> Words(frozenset(), {}, {}).key("Squats (Barbell)")
        'barbell squat'
        """
        bare = name.casefold()
        if not bare.isascii():
            bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
        words = (self.single.get(word, word) for word in NOT_A_LETTER.sub(" ", bare).split())
        text = f" {' '.join(_singular(word) for word in words)} "
        text = self.phrase.sub(lambda found: self.phrases[found[0]], text)
        return " ".join(sorted(word for word in text.split() if word not in self.drop))


def _singular(word: str) -> str:
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in NO_PLURAL:
        return word[:-1]
    return word
