"""The learn pages, handed on as they stand. They need no journal."""

from typing import Any

from backstory.questions import find_page, load_pages


def topics() -> dict[str, Any]:
    """What there is to learn about, chapter by chapter."""
    pages = load_pages().values()
    return {"topics": [{"topic": page.id, "title": page.title, "chapter": page.chapter} for page in pages]}


def page_on(topic: str) -> dict[str, Any]:
    """The page on a topic; `basis`: grade, source and how that is known, in words. Raises InputError."""
    page = find_page(topic)
    return {
        "topic": page.id,
        "title": page.title,
        "chapter": page.chapter,
        "claim": page.claim,
        "studies": [
            {"text": one.text, "grade": one.grade, "source": one.source, "known": one.known, "basis": one.basis}
            for one in page.studies
        ],
        "backstory": page.backstory,
    }
