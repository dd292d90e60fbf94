"""Learn: what people are told about backs, and how firm it is; one page a topic."""

from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from backstory.errors import InputError
from backstory.journal.learning import page_on, topics
from backstory.web.showing import Seen

router = APIRouter()


@router.get("/learn")
def learn(seen: Seen, q: str = "") -> Response:
    """The list, by chapter; `q`: only what holds these words."""
    asked = q.casefold().split()
    found = [one for one in topics()["topics"] if all(word in _searched(seen, one["topic"]) for word in asked)]
    chapters = [(name, list(pages)) for name, pages in groupby(found, key=lambda page: page["chapter"])]
    return seen.page("learn.html", chapters=chapters, q=q)


@router.get("/learn/{topic}")
def learn_one(seen: Seen, topic: str) -> Response:
    """One page, with its neighbours."""
    order = [one["topic"] for one in topics()["topics"]]
    if topic not in order:
        raise HTTPException(404, _not_there(topic))
    at = order.index(topic)
    page: dict[str, Any] = page_on(topic)
    before, after = (page_on(order[n]) if 0 <= n < len(order) else None for n in (at - 1, at + 1))
    return seen.page("learn_one.html", page=page, before=before, after=after)


def _not_there(topic: str) -> str:
    """What there is instead, where a name is close."""
    try:
        return f"This page is now called {page_on(topic)['topic']}."
    except InputError as error:
        return str(error)


def _searched(seen: Any, topic: str) -> str:
    page = page_on(topic)
    told = (page["title"], page["claim"], page["backstory"], *(one["text"] for one in page["studies"]))
    return " ".join(seen.say(text) for text in told).casefold() + f" {topic}"
