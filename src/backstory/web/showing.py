"""Pages: a request, its language and its theme, and the templates that show it. Everything is escaped by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib import resources
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from backstory import __version__
from backstory.web import texts
from backstory.web.desk import Desk
from backstory.web.linking import linked
from backstory.web.wording import wording

STATIC = resources.files("backstory.web") / "static"
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class View:
    """What a page function works with."""

    request: Request
    desk: Desk
    language: str
    theme: str

    @property
    def journal(self) -> Any:
        return self.desk.journal

    @property
    def by_script(self) -> bool:
        """Whether htmx asks, and a part of the page is enough."""
        return "hx-request" in self.request.headers

    def text(self, key: str, **gaps: Any) -> str:
        return texts.load(self.language).text(key, **gaps)

    def say(self, text: str) -> str:
        """A sentence of the program's in the page's language."""
        return wording(self.language).say(text)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page, or a part of one, from a template. Values may not be left out: a gap is an error."""
        path, year = self.request.url.path, self.desk.journal.today().year
        frame = (template, path, self.language, self.theme, year, self.desk.own_address)

        def render() -> str:
            return environment(self.language).get_template(template).render(
                **values, language=self.language, theme=self.theme, path=path, own_address=self.desk.own_address,
                this_year=year, t=texts.load(self.language).text, book=wording(self.language),
                languages=texts.languages(),
            )  # fmt: skip

        return HTMLResponse(self.desk.rendered.get(frame, values, render), status)

    def go_to(self, path: str) -> Response:
        """To another page after something was done, with htmx and without."""
        if self.by_script:
            return Response(status_code=204, headers={"HX-Redirect": path})
        return RedirectResponse(path, 303)


def view(request: Request) -> View:
    """The view of a request."""
    desk: Desk = request.app.state.desk
    profile = desk.journal.store.profile()
    language = texts.best(profile.get("language"), request.headers.get("accept-language"))
    theme = profile.get("theme", THEMES[0])
    return View(request, desk, language, theme)


Seen = Annotated[View, Depends(view)]


@cache
def environment(language: str) -> Environment:
    """Jinja2 with the filters of a language."""
    made = Environment(
        loader=PackageLoader("backstory.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    told, book = texts.load(language), wording(language)
    made.filters |= {
        "num": told.number, "day": told.day, "say": partial(linked, book), "exercise": book.exercise,
        "word": book.word, "capped": capped,
    }  # fmt: skip
    made.globals |= {"asset": asset, "program": __version__}
    return made


def capped(text: str) -> str:
    """With a capital letter; what is marked up stays so.

    >>> capped("with a warm-up")
    'With a warm-up'
    """
    return text[:1].upper() + text[1:]


@cache
def asset(name: str) -> str:
    """The address of a file in `static`, with its fingerprint, so that browsers may keep it for ever."""
    return f"/static/{name}?v={fingerprint(name)}"


def fingerprint(name: str) -> str:
    return sha256(STATIC.joinpath(name).read_bytes()).hexdigest()[:12]


def chosen(form: Mapping[str, Any], name: str) -> str | None:
    """What a form says, None where it says nothing."""
    value = form.get(name)
    return value.strip() or None if isinstance(value, str) else None
