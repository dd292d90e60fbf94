"""What surrounds the sessions of a week: warm-ups, cool-downs, and the days without weights."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from backstory.catalogue.training_values import Around, Suggestion
from backstory.journal.plan_moving import days_of
from backstory.journal.plan_slots import RETURN, WALK, Given
from backstory.journal.plan_wish import Checked
from backstory.plan.around import Offer, Piece, cool_down, kind_of, rest_days, warm_up
from backstory.plan.choosing import Wishes
from backstory.plan.plan import FullSession, RestDay
from backstory.plan.values import DEMANDS, PlannedSession
from backstory.plan.walking import walk_minutes, walks_often

BALANCE = "balance"


def surrounded(given: Given, session: PlannedSession, turn: int) -> FullSession:
    """A session with what comes before and after it. turn: counts up, so that the moves change."""
    training, wishes, known = given.training, given.wishes, given.catalogue.exercises

    def fits(exercise: str) -> bool:
        allowed = not {exercise, known[exercise].family} & wishes.avoid
        return allowed and (wishes.equipment is None or set(known[exercise].equipment) <= wishes.equipment)

    asks = _most_around(wishes)

    def pieces(moves: Sequence[Around], kind: str, minutes: float) -> list[Piece]:
        return [
            Piece(
                move.exercise, _named(known[move.exercise].name, move), move.kind or kind, minutes * move.sides,
                frozenset(move.before), frozenset(move.muscles), move.hold_s is not None or kind in ("stretch", "lie"),
            )
            for move in moves
            if all(move.demand.get(name, 0) <= most for name, most in asks.items())
        ]  # fmt: skip

    before = [piece for part in training.warm_up.parts for piece in pieces(part.moves, part.id, 1.0)]
    before = [replace(piece, minutes=2.0 if piece.kind == "raise" else 1.0) for piece in before]
    kinds = [kind for part in training.warm_up.parts for kind in part.kinds]
    kinds += [BALANCE] if wishes.older else []
    after, hold = training.cool_down, training.cool_down.hold_s[0] / 60
    ending = cool_down(
        session,
        pieces(after.easy, "walk", after.easy_minutes[0] - 1),
        pieces(after.stretches, "stretch", hold),
        pieces(after.lying, "lie", after.lying_minutes[0]),
        fits,
        turn,
    )
    return FullSession(
        session, tuple(warm_up(session, kinds, before, fits, turn)), tuple(ending), kind_of(session.main)
    )


def _most_around(wishes: Wishes) -> dict[str, int]:
    """The highest demand of a warm-up's and a cool-down's moves: gentle in an easy week, and for who is new to it."""
    calm = wishes.easy or wishes.settling
    gentle = dict.fromkeys(DEMANDS, 1) if wishes.level == "new" or wishes.older or calm else {}
    if calm:
        gentle |= {"compression": 0, "nerve": 0}
    return {kind: min(wishes.most.get(kind, 3), gentle.get(kind, 3)) for kind in DEMANDS}


def _named(name: str, move: Around) -> str:
    return f"{name} ({move.says})" if move.says else name


def days_without(given: Given, asked: Checked, sessions: Sequence[FullSession]) -> list[RestDay]:
    """The days without a session: a run where there usually is one, else walking and something else in turn."""
    usual = {
        weekday: (f"{one.exercise.name}, as usual", one.minutes, one.exercise.id)
        for weekday, one in given.history.moves.items()
    }
    often = walks_often(given.history.walks, asked.first, _days_of_rest(given, asked))
    return rest_days(asked.first, asked.span_days, sessions, _offers(given, often), usual)


def _days_of_rest(given: Given, asked: Checked) -> int:
    busy = {day.day for day in asked.days} | set(days_of(given.history.moves, asked.first, asked.span_days))
    return asked.span_days - len(busy)


def ready_to_walk(given: Given, asked: Checked) -> float:
    """Minutes of each walk of the week (R03); half of what is usual in the first days of a flare."""
    known, free = given.history, _days_of_rest(given, asked)
    times = free if walks_often(known.walks, asked.first, free) else ceil(free / 2)
    times += len(asked.days) if given.goal == RETURN else 0
    (walk,) = (one for one in given.training.rest_days.suggestions if one.exercise == WALK)
    if known.state.flare and known.state.flare.easy:
        return round(walk.minutes[known.level] / 2)
    return walk_minutes(known.walks, asked.first, times, walk.minutes[known.level])


def _offers(given: Given, often: bool) -> list[Offer]:
    """Every other time a walk, where the back likes it (R03); nothing that asks more than the back likes. often: each
    time.
    """
    there, most = given.wishes.equipment, _most_on_rest_days(given.wishes)
    may = [
        one
        for one in given.training.rest_days.suggestions
        if one.exercise
        and (there is None or set(given.catalogue.exercises[one.exercise].equipment) <= there)
        and all(one.demand.get(kind, 0) <= limit for kind, limit in most.items())
    ]
    walks, others = ([_offer(given, one) for one in may if (one.exercise == WALK) == walk] for walk in (True, False))
    others = others[given.week % len(others) :] + others[: given.week % len(others)] if others else []
    if often and walks:
        return walks
    return [offer for other in others for offer in (*walks, other)] or walks


def _offer(given: Given, one: Suggestion) -> Offer:
    minutes = given.walk_minutes if one.exercise == WALK else one.minutes[given.history.level]
    return (one.text, minutes, one.exercise or "")


def _most_on_rest_days(wishes: Wishes) -> dict[str, int]:
    return _most_around(replace(wishes, level="some", older=False))
