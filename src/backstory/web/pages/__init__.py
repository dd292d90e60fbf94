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
    journal,
    learn,
    measures,
    plan,
    report,
    settings,
    start,
    today,
    trial,
)

ROUTERS = tuple(
    part.router for part in (figures, help_first, journal, learn, measures, plan, report, settings, start, today, trial)
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
