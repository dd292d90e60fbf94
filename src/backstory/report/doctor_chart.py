"""The chart of the page for a doctor or trainer: pain by day above, load by week below, in black and white."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from math import isnan, log10

from backstory.report.answer_calendar import PAIN_GAP, Bin, medians, unknown_spans
from backstory.report.answer_values import plain
from backstory.report.doctor_values import WEEK, DoctorPage, Week

WIDTH, LEFT, RIGHT = 720, 34, 4  # units, of which the page is about 720 wide
PAIN_TOP, PAIN_HEIGHT = 22, 96
LOAD_TOP, LOAD_HEIGHT = 148, 62
HEIGHT = LOAD_TOP + LOAD_HEIGHT + 20
MOST_PAIN = 10
LETTERS = "Libertinus Serif, Georgia, serif"
SIZE = 11
BAR = 0.72  # of a week's width
STEPS = (1, 2, 2.5, 5, 10)
TICKS = 3


def chart(page: DoctorPage) -> str:
    """One `<svg>`; the same page gives the same bytes. It says nothing where a day is not known."""
    return "".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(described(page))}" font-family="{LETTERS}" font-size="{SIZE}">',
        '<defs><pattern id="unknown" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<path d="M0 5L5 0" stroke="#888" stroke-width=".6"/></pattern></defs>',
        *_pain(page.pain),
        *_load(page),
        *_weeks_below(page.first, len(page.weeks)),
        "</svg>",
    ])  # fmt: skip


def described(page: DoctorPage) -> str:
    """What the chart shows, for those who do not see it."""
    scores = [score for score in page.pain if not isnan(score)]
    pain = f"{len(scores)} of {len(page.pain)} mornings scored"
    if scores:
        pain += f", from {min(scores):g} to {max(scores):g} of {MOST_PAIN}"
    loads = [_told(week) for week in page.weeks]
    return f"Pain by day: {pain}. {plain(page.load_label)}, the oldest week first: {', '.join(loads)}."


def _told(week: Week) -> str:
    if not week.days_known:
        return "not known"
    return f"{week.load:,.0f}" if week.days_known == WEEK else f"at least {week.load:,.0f}"


def _pain(pain: Sequence[float]) -> Iterator[str]:
    across = (WIDTH - LEFT - RIGHT) / len(pain)

    def x(day: float) -> float:
        return LEFT + across * (day + 0.5)

    def y(score: float) -> float:
        return PAIN_TOP + PAIN_HEIGHT * (1 - score / MOST_PAIN)

    yield _text(0, PAIN_TOP - 11, "Pain in the morning, 0 to 10")
    for mark in (0, 5, 10):
        yield _rule(y(mark))
        yield _text(LEFT - 5, y(mark) + 4, str(mark), "end")
    for start, end in unknown_spans([Bin(day, 1, score) for day, score in enumerate(pain)], PAIN_GAP):
        yield _box(x(start - 0.5), PAIN_TOP, across * (end - start), PAIN_HEIGHT, 'fill="url(#unknown)"')
    if all(map(isnan, pain)):
        yield _in_the_middle(PAIN_TOP + PAIN_HEIGHT / 2, "No morning of these weeks has a score.")
    middles = medians(pain)
    runs = [
        f"{'L' if day and not isnan(middles[day - 1]) else 'M'}{_n(x(day))} {_n(y(middle))}"
        for day, middle in enumerate(middles)
        if not isnan(middle)
    ]
    if runs:
        yield f'<path d="{"".join(runs)}" fill="none" stroke="#000" stroke-width="1.4" stroke-linejoin="round"/>'
    for day, score in enumerate(pain):
        if not isnan(score):
            yield f'<circle cx="{_n(x(day))}" cy="{_n(y(score))}" r="2" fill="#fff" stroke="#000" stroke-width=".8"/>'


def _load(page: DoctorPage) -> Iterator[str]:
    weeks, across = page.weeks, (WIDTH - LEFT - RIGHT) / len(page.weeks)
    most = max(week.load for week in weeks)
    step = tick_step(most)
    top = max(step * TICKS, most) if step else 1.0
    bottom = LOAD_TOP + LOAD_HEIGHT
    yield _text(0, LOAD_TOP - 11, page.load_label)
    for n in range(TICKS + 1 if step else 1):
        tall = LOAD_HEIGHT * n * step / top
        yield _rule(bottom - tall)
        yield _text(LEFT - 5, bottom - tall + 4, f"{n * step:,g}", "end")
    for n, week in enumerate(weeks):
        left, wide = LEFT + across * (n + (1 - BAR) / 2), across * BAR
        if not week.mostly_known:
            yield _box(LEFT + across * n, LOAD_TOP, across, LOAD_HEIGHT, 'fill="url(#unknown)"')
        if week.load > 0:
            height = LOAD_HEIGHT * week.load / top
            ink = 'fill="#999" stroke="#000"' if week.days_known == WEEK else (
                'fill="#fff" stroke="#000" stroke-dasharray="3 2"'
            )  # fmt: skip
            yield _box(left, bottom - height, wide, height, f'{ink} stroke-width=".8"')
    if not any(week.days_known for week in weeks):
        yield _in_the_middle(LOAD_TOP + LOAD_HEIGHT / 2, "No training of these weeks is known.")


def tick_step(most: float) -> float:
    """A round number of which three reach `most`, or nearly; 0 where there is nothing.

    >>> tick_step(0.0), tick_step(29), tick_step(9100), tick_step(0.7)
    (0.0, 10.0, 5000.0, 0.25)
    """
    if most <= 0:
        return 0.0
    size = 10.0 ** int(log10(most / TICKS) // 1)
    return next(size * step for step in STEPS if size * step * TICKS >= most)


def _weeks_below(first: date, weeks: int) -> Iterator[str]:
    """The first day of every second week."""
    across = (WIDTH - LEFT - RIGHT) / weeks
    for n in range(0, weeks, 2):
        day = first + timedelta(days=WEEK * n)
        yield _text(LEFT + across * n, HEIGHT - 5, f"{day.day} {day:%b}")
    for n in range(weeks + 1):
        x = _n(LEFT + across * n)
        yield f'<path d="M{x} {LOAD_TOP + LOAD_HEIGHT}v3" stroke="#000" stroke-width=".6"/>'


def _rule(y: float) -> str:
    return f'<path d="M{LEFT} {_n(y)}H{WIDTH - RIGHT}" stroke="#bbb" stroke-width=".5"/>'


def _box(x: float, y: float, width: float, height: float, ink: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" {ink}/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(plain(words))}</text>'


def _in_the_middle(y: float, words: str) -> str:
    """Words on white, where nothing else stands."""
    middle, half = (LEFT + WIDTH - RIGHT) / 2, len(words) * SIZE / 4 + 6
    return _box(middle - half, y - 9, 2 * half, 18, 'fill="#fff"') + _text(middle, y + 4, words, "middle")


def _n(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"
