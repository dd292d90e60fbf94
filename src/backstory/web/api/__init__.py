"""The same services as JSON, described at /api/openapi.json."""

from fastapi import APIRouter

from backstory.web.api import check_ins, imports, names

router = APIRouter(prefix="/api")
for part in (check_ins, imports, names):
    router.include_router(part.router)
