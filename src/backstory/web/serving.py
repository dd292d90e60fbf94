"""The app on a port of this machine, and the browser at its door."""

import logging
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from backstory.errors import InputError
from backstory.web.app import create_app

OWN_ADDRESSES = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "::1": "::1"}
USUAL_PORT = 8765
MOST_PORT = 65_535
TRIED = 20  # ports after the usual one, where that is taken
KEEP_ALIVE_S, GRACE_S = 30, 3


def serve(location: str, host: str, port: int | None, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serve until stopped. port None: the usual one, or the next that is free. Raises InputError, JournalError."""
    from backstory.journal import open_journal

    if host not in OWN_ADDRESSES:
        raise InputError(
            f"--host {host}: the app listens on this machine alone (127.0.0.1); other addresses come later."
        )
    if port is not None and not 0 <= port <= MOST_PORT:
        raise InputError(f"--port must be between 0 and {MOST_PORT}, not {port}.")
    with open_journal(location):
        pass  # a journal that cannot be opened is told before a port is taken
    listening = listen(OWN_ADDRESSES[host], port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    say(f"Backstory is at {address} (Ctrl+C ends it)")
    if open_browser:
        threading.Timer(0.3, webbrowser.open, [address]).start()
    with listening:
        server(create_app(location)).run(sockets=[listening])


def server(app: FastAPI) -> uvicorn.Server:
    """What serves an app: quietly, to this machine alone."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S, ws="none", server_header=False, date_header=True, proxy_headers=False,
    )  # fmt: skip
    return uvicorn.Server(config)


def listen(host: str, port: int | None) -> socket.socket:
    """A socket on this port. Raises InputError where it is taken."""
    wanted = [port] if port is not None else [*range(USUAL_PORT, USUAL_PORT + TRIED), 0]
    for number in wanted:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sets TCP_NODELAY
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen(128)
            made.set_inheritable(True)
            return made
        except OSError as error:
            made.close()
            reason = error.strerror or str(error)
    raise InputError(f"--port {port}: {reason}. Another number may be free: --port 0 takes any.")
