"""One file a page. To add a page: one file with a `router`, one line here, one entry in `parts/nav.html`."""

from importlib import import_module

PAGES = (
    "ahead",
    "bouts",
    "demo",
    "figures",
    "help_first",
    "importing",
    "journal",
    "learn",
    "load",
    "measures",
    "names",
    "plan",
    "report",
    "settings",
    "start",
    "today",
    "trial",
    "why",
)
ROUTERS = tuple(import_module(f"{__name__}.{page}").router for page in PAGES)
