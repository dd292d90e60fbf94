"""Figures of exercises, to be shown in pages: each moves, or stands still where no motion is wanted."""

from fastapi import APIRouter
from fastapi.responses import Response

from backstory import __version__
from backstory.errors import UnknownExercise
from backstory.web.showing import Seen

router = APIRouter()
FOR_LONG = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"


@router.get("/figures/{exercise}.svg")
def figure(exercise: str, seen: Seen, theme: str = "auto", still: bool = False, v: str = "") -> Response:
    """One exercise. v: the version that the page was made by; a figure of that version never changes."""
    from backstory.journal.drawing import picture

    try:
        drawn = picture(exercise, theme, still)
    except UnknownExercise as error:
        return seen.page("told.html", 404, line=str(error))
    kept = FOR_LONG if v == __version__ else FOR_AN_HOUR
    headers = {"content-security-policy": drawn.policy, "cache-control": kept}
    return Response(drawn.svg, media_type="image/svg+xml", headers=headers)
