"""The same services as JSON, described at /api/openapi.json. To add one: one file with a `router`, one line here."""

from importlib import import_module

from fastapi import APIRouter

from backstory.web.api.waiting import REFUSED

SERVICES = (
    "ahead",
    "answers",
    "check_ins",
    "exercises",
    "imports",
    "journal",
    "loads",
    "names",
    "plans",
    "profile",
    "sets",
    "trials",
)
router = APIRouter(prefix="/api", responses=REFUSED)
for service in SERVICES:
    router.include_router(import_module(f"{__name__}.{service}").router)
