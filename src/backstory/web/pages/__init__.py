"""One file a page. To add a page: one file with a `router`, a line in each list here, one entry in `parts/nav.html`."""

from backstory.web.pages import (
    figures,
    help_first,
    importing,
    journal,
    learn,
    load,
    measures,
    names,
    plan,
    report,
    settings,
    today,
    trial,
)

PAGES = (
    figures,
    help_first,
    importing,
    journal,
    learn,
    load,
    measures,
    names,
    plan,
    report,
    settings,
    today,
    trial,
)
ROUTERS = tuple(page.router for page in PAGES)
