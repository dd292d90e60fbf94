"""A simulated person in an app of their own, on a port of their own: to a browser another site, to the program another
journal. So nothing of theirs can get among what the person records, nor the other way round, in whichever tab.
"""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from backstory.errors import NotEnough
from backstory.web.uploads import Uploads

if TYPE_CHECKING:
    import uvicorn

LOOPBACK, LOOPBACK_6 = "127.0.0.1", "::1"
ENDS_IN_S = 5.0
JOURNAL = "simulated.db"


@dataclass(slots=True)
class DemoPerson:
    """Their journal, once it is asked for, and the app that shows it, once it is looked at."""

    uploads: Uploads
    job_id: str = ""
    path: Path | None = None
    _port: int = 0
    _host: str = LOOPBACK
    _server: "uvicorn.Server | None" = None
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def new_journal(self) -> Path:
        """Where their journal is to be made."""
        self.path = self.uploads.folder() / JOURNAL
        return self.path

    def address(self, own_address: str) -> str:
        """Where they can be looked at; the app is begun where it does not run yet.

        own_address: where their app leads back to. Raises NotEnough where there is no journal of theirs.
        """
        from backstory.web.app import create_app
        from backstory.web.serving import listen, server

        with self._lock:
            if self.path is None or not self.path.is_file():
                raise NotEnough("There is no simulated person yet.")
            if self._server is None:
                self._host = LOOPBACK_6 if own_address.startswith("http://[") else LOOPBACK
                listening = listen(self._host, 0)
                self._port = listening.getsockname()[1]
                self._server = server(create_app(str(self.path), own_address=own_address))
                given = {"sockets": [listening]}
                self._thread = threading.Thread(target=self._server.run, kwargs=given, name="demo", daemon=True)
                self._thread.start()
        return f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{self._port}/"

    def close(self) -> None:
        """End their app."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(ENDS_IN_S)
