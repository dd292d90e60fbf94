"""One file a page. To add a page: one file with a `router`, one line here, one entry in `parts/nav.html`."""

from backstory.web.pages import help_first, journal, learn, measures, report, settings, today, trial

ROUTERS = (
    today.router, help_first.router, learn.router, report.router, trial.router, measures.router, journal.router,
    settings.router,
)  # fmt: skip
