"""One file a page. To add a page: one file with a `router`, one line here, one entry in `parts/nav.html`."""

from backstory.web.pages import figures, help_first, journal, learn, measures, plan, report, settings, today, trial

ROUTERS = tuple(
    part.router for part in (figures, help_first, journal, learn, measures, plan, report, settings, today, trial)
)
