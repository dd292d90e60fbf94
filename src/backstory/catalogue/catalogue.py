"""Exercises and the names that people give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backstory.catalogue.words import Words
from backstory.errors import CatalogueError, UnknownExercise
from backstory.model import Exercise

SUGGESTIONS = 3
CANDIDATES = 60
LEAST_SCORE = 55  # below this the best guess has nothing to do with the name


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`exercises` by id; `aliases`: key of a name → id. Aliases are exact; a guess is only ever suggested."""

    exercises: Mapping[str, Exercise]
    aliases: Mapping[str, str]
    words: Words
    version: str

    @classmethod
    def of(cls, exercises: Iterable[Exercise], words: Words, version: str) -> "Catalogue":
        """A catalogue in which every id and every name means one exercise. Raises CatalogueError."""
        by_id: dict[str, Exercise] = {}
        aliases: dict[str, str] = {}
        for exercise in exercises:
            if exercise.id in by_id:
                raise CatalogueError(f"{exercise.id}: this id stands twice.")
            by_id[exercise.id] = exercise
            for name in exercise.names:
                key = words.key(name)
                if key in aliases:
                    raise CatalogueError(f"{exercise.id}: {name!r} is the same name as one of {aliases[key]}.")
                aliases[key] = exercise.id
        return cls(by_id, aliases, words, version)

    @property
    def equipment(self) -> frozenset[str]:
        """Everything that some exercise needs."""
        return frozenset(thing for exercise in self.exercises.values() for thing in exercise.equipment)

    def find(self, name: str, own: Mapping[str, str] | None = None) -> Exercise | None:
        """The exercise that a name means: by the person's own choices (`own`: key → id) first, then by alias."""
        key = self.words.key(name)
        chosen = (own or {}).get(key) or self.aliases.get(key)
        return self.exercises.get(chosen) if chosen else None

    def get(self, name_or_id: str) -> Exercise:
        """The exercise with this id or name. Raises UnknownExercise with suggestions."""
        found = self.exercises.get(name_or_id.strip().casefold()) or self.find(name_or_id)
        if found is None:
            close = ", ".join(exercise.id for exercise in self.suggest(name_or_id))
            hint = f" Did you mean: {close}?" if close else " `backstory names list --all` shows what there is."
            raise UnknownExercise(f"There is no exercise {name_or_id!r}.{hint}")
        return found

    def suggest(self, name: str, count: int = SUGGESTIONS) -> list[Exercise]:
        """The exercises whose names look most like this one, best first. Never to be taken without asking.

        Half of a score is for the same words in all, half for the words that both have: either alone finds fewer of the
        names that nobody has given yet (see the tests).
        """
        from rapidfuzz import fuzz, process

        key = self.words.key(name)
        scorers = (fuzz.token_sort_ratio, fuzz.token_set_ratio)
        close = {
            alias
            for scorer in scorers
            for alias, _, _ in process.extract(key, self.aliases.keys(), scorer=scorer, limit=CANDIDATES)
        }
        scores = {alias: sum(scorer(key, alias) for scorer in scorers) / len(scorers) for alias in sorted(close)}
        best = sorted((alias for alias in scores if scores[alias] >= LEAST_SCORE), key=lambda alias: -scores[alias])
        ids = dict.fromkeys(self.aliases[alias] for alias in best)
        return [self.exercises[identity] for identity in list(ids)[:count]]
