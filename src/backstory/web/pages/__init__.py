"""One file a page. To add a page: one file with a `router`, one line here, one entry in `parts/nav.html`."""

from backstory.web.pages import (
    figures,
    help_first,
    importing,
    journal,
    learn,
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
    measures,
    names,
    plan,
    report,
    settings,
    today,
    trial,
)
ROUTERS = tuple(page.router for page in PAGES)
