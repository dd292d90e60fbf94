"""Where the journal lies, unless the command line says otherwise. Each setting is an environment variable, too."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from backstory.errors import InputError


def default_journal() -> str:
    """The journal in the person's own data folder."""
    return str(user_data_path("backstory", appauthor=False) / "journal.db")


class Settings(BaseSettings):
    """BACKSTORY_JOURNAL: a path or any SQLAlchemy URL."""

    model_config = SettingsConfigDict(env_prefix="BACKSTORY_")

    journal: str = Field(default_factory=default_journal)


def journal_location(given: str | None) -> str:
    """What was given, else the environment's, else the default."""
    return given or Settings().journal


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A new folder that only its owner can read, removed with everything in it."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="backstory-") as folder:
        yield Path(folder)


def private_folder(path: Path | None) -> Path:
    """A folder that only its owner can read: this one, made where it is missing, or a new temporary one."""
    import tempfile

    if path is None:
        return Path(tempfile.mkdtemp(prefix="backstory-"))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be made: {error.strerror or error}.") from None
    return path
