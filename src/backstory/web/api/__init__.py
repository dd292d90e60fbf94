"""The same services as JSON, described at /api/openapi.json."""

from fastapi import APIRouter

from backstory.web.api import check_ins, exercises, imports, names, plans, sets, trials

router = APIRouter(prefix="/api")
for part in (check_ins, exercises, imports, names, plans, sets, trials):
    router.include_router(part.router)
