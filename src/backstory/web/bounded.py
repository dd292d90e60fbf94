"""Long work in a process of its own, which cannot take more than it is given.

Each kind is a file in `long/` with `do(location, tell, **given)`. What it opens is foreign (exports of other programs,
archives), so memory, time and the size of what it writes have limits where the system knows them.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from backstory.errors import BackstoryError
from backstory.web.working import Made

LONG = "backstory.web.long"
Plain = dict[str, Any]
MEMORY_BYTES, CPU_S, FILE_BYTES = 4 << 30, 900, 4 << 30
NO_MEMORY = "It needed more memory than it may have, and was ended; whole files that were done before stay."
TOO_LONG = "It took too long, and was ended; whole files that were done before stay."
ENDED = "It ended before it was done; whole files that were done before stay."
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")  # each thread more takes address space of its own


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: so many of so many, at what, and what was just finished (plain values)."""

    done: int
    of: int
    at: str = ""
    part: Plain | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A mistake of the program's: what and where, never what anybody recorded."""

    what: str


Tell = Callable[[Progress], None]
Message = Progress | Made | Failed


def run(pipe: "Connection[Any, Any]", location: str, kind: str, given: Mapping[str, Any]) -> None:
    """What the process does: the work, within its limits."""
    bound()
    with pipe:
        pipe.send(outcome(location, kind, given, pipe.send))


def outcome(location: str, kind: str, given: Mapping[str, Any], tell: Tell) -> Made | Failed:
    """What comes of a piece of work; nothing is raised."""
    try:
        return Made(import_module(f"{LONG}.{kind}").do(location, tell, **given))
    except BackstoryError as error:
        return Made(why_not=str(error), exit_code=error.exit_code)
    except MemoryError:
        return Made(why_not=NO_MEMORY, exit_code=2)
    except Exception as error:
        return Failed(where(error))


def where(error: BaseException) -> str:
    """What an error is and where it comes from, without its text: that may hold what somebody recorded."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    at = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "another process"
    return f"{type(error).__name__} at {at}"


def bound() -> None:
    """Give this process its limits, where the system knows them."""
    for name in ONE_THREAD:
        os.environ[name] = "1"
    try:
        import resource
    except ImportError:  # not on Windows
        return
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES, resource.RLIMIT_CPU: CPU_S, resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_CORE: 0,
    }  # fmt: skip
    for kind, most in limits.items():
        _, hardest = resource.getrlimit(kind)
        limit = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):  # some systems know the limit and do not take it
            continue


def line_for(exit_code: int | None) -> str:
    """Why a process that said nothing more ended, in a line."""
    try:
        from signal import SIGABRT, SIGKILL, SIGSEGV, SIGXCPU
    except ImportError:
        return ENDED
    if exit_code == -SIGXCPU:
        return TOO_LONG
    return NO_MEMORY if exit_code in (-SIGKILL, -SIGSEGV, -SIGABRT) else ENDED
