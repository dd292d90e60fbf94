"""When are two names of an exercise the same name? Case, punctuation, order, plurals and side words do not count."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

NOT_A_LETTER = re.compile(r"[\W_]+")
NO_PLURAL = {"triceps", "biceps", "press"}


@dataclass(frozen=True, slots=True)
class Words:
    """The rules of `data/words.toml`: what is dropped, and what is spelt as something else."""

    drop: frozenset[str]
    phrases: Mapping[str, str]
    single: Mapping[str, str]

    def key(self, name: str) -> str:
        """What equal names have in common.

        >>> Words(frozenset(), {}, {}).key("Squats (Barbell)")
        'barbell squat'
        """
        bare = unicodedata.normalize("NFKD", name.casefold())
        text = f" {NOT_A_LETTER.sub(' ', ''.join(c for c in bare if not unicodedata.combining(c))).strip()} "
        for phrase, instead in self.phrases.items():
            text = text.replace(f" {phrase} ", f" {instead} ")
        words = [part for word in text.split() for part in self.single.get(word, word).split()]
        return " ".join(sorted(_singular(word) for word in words if word not in self.drop))


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in NO_PLURAL:
        return word[:-1]
    return word
