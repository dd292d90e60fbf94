"""The app: pages and API around one journal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from backstory import __version__
from backstory.errors import BackstoryError, NotEnough
from backstory.model import plain
from backstory.web import api, pages, texts
from backstory.web.desk import Desk, opened
from backstory.web.guard import Guard
from backstory.web.showing import STATIC, View, view
from backstory.web.wording import wording

A_YEAR_S = 31_536_000
NO_PAGE = {404: "no_page", 405: "no_such_way"}
FIRST_WORK = ("answer", "plan")
ZIPPED = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)


def create_app(location: str, at_once: bool = False, own_address: str = "") -> FastAPI:
    """The app of a journal. at_once: nothing runs in the background, for tests.

    own_address: of an app that shows a simulated person, where the person's own journal is.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        with opened(location, at_once, own_address) as desk:
            app.state.desk = desk
            if not at_once:
                Thread(target=_warm_up, args=(desk,), daemon=True).start()
            yield

    app = FastAPI(
        title="Backstory", version=__version__, lifespan=life, openapi_url="/api/openapi.json", docs_url=None,
        redoc_url=None, description="What the pages use, as JSON. It answers on this machine alone.",
        middleware=[Middleware(Guard), ZIPPED],
    )  # fmt: skip
    app.mount("/static", Static(directory=str(STATIC)), name="static")
    app.include_router(api.router)
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.add_exception_handler(BackstoryError, _told)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(RequestValidationError, _not_understood)
    return app


def _warm_up(desk: Desk) -> None:
    """What the first page would wait for: names of exercises, and the work whose values most pages show."""
    wording(texts.ENGLISH).exercise("squat")
    for kind in FIRST_WORK:
        desk.shelf.get(kind)


class Static(StaticFiles):
    """Files that never change under their address: it holds their fingerprint."""

    def file_response(self, *args: object, **given: object) -> Response:
        response = super().file_response(*args, **given)  # type: ignore[arg-type]
        response.headers["cache-control"] = f"public, max-age={A_YEAR_S}, immutable"
        return response


def is_api(request: Request) -> bool:
    """Whether a program asks and not a person."""
    return request.url.path.startswith("/api/")


async def _told(request: Request, error: Exception) -> Response:
    """One line about what was wrong: 404 where there is nothing to give yet, else 422."""
    return _answer(request, str(error), 404 if isinstance(error, NotEnough) else 422)


async def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    line = str(error.detail)
    if not is_api(request) and error.status_code in NO_PAGE:
        line = view(request).text(f"frame.{NO_PAGE[error.status_code]}")
    return _answer(request, line, error.status_code)


async def _not_understood(request: Request, error: Exception) -> Response:
    """What FastAPI could not make sense of: the field and what it should be."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    if not is_api(request):
        return _answer(request, view(request).text("frame.not_understood", what=place), 422)
    return _answer(request, f"{place}: {first['msg']}." if place else f"{first['msg']}.", 422)


def _answer(request: Request, line: str, status: int) -> Response:
    line = plain(line)  # it may hold what was sent, which need not be Unicode
    if is_api(request):
        return JSONResponse({"detail": line}, status)
    seen: View = view(request)
    return seen.page("parts/told.html" if seen.by_script else "told.html", status, line=line)
