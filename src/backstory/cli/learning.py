"""backstory learn."""

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.cli.common import JournalOption, JsonOption, show

if TYPE_CHECKING:
    from rich.console import Console


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("learn")(learn)


def learn(
    topic: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC]", help="Such as weak core; without one, the list.")
    ] = None,
    journal: JournalOption = None,  # the pages need none; taken because every command takes it
    as_json: JsonOption = False,
) -> None:
    """What you are told about backs, and how firm it is."""
    from backstory.journal.learning import page_on, topics

    if topic:
        page = page_on(" ".join(topic))
        show(page, as_json, lambda out: _render_page(out, page))
    else:
        listed = topics()
        show(listed, as_json, lambda out: _render_list(out, listed["topics"]))


def _render_page(out: "Console", page: dict[str, Any]) -> None:
    out.print(page["title"], style="bold")
    out.print("\nWhat people say", style="bold")
    out.print(page["claim"])
    out.print("\nWhat is known", style="bold")
    for study in page["studies"]:
        out.print(study["text"])
        out.print(f"({study['basis']})\n", style="dim")
    out.print("What Backstory does", style="bold")
    out.print(page["backstory"])


def _render_list(out: "Console", topics: list[dict[str, str]]) -> None:
    wide = max(len(topic["topic"]) for topic in topics)
    for chapter, pages in groupby(topics, key=lambda topic: topic["chapter"]):
        out.print(chapter, style="bold")
        for page in pages:
            out.print(f"  {page['topic']:<{wide}}  {page['title']}")
    out.print("One page each: `backstory learn weak core`")
