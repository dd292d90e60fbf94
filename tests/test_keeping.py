"""An export over a wire is the export in a file; a journal in which only a language was chosen can take one."""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest

from backstory.errors import InputError, JournalError
from backstory.journal import Journal, open_journal
from backstory.journal.entering import check_in, profile
from backstory.journal.keeping import export, export_bytes, restore
from conftest import NOW, Run


def parts(zipped: zipfile.ZipFile) -> dict[str, bytes]:
    return {name: zipped.read(name) for name in zipped.namelist()}


def test_bytes_and_file_are_the_same_and_either_comes_back(journal: Journal, tmp_path: Path) -> None:
    check_in(journal, pain=3, note="stiff")
    export(journal, tmp_path / "out.zip")
    sent = export_bytes(journal)
    with zipfile.ZipFile(tmp_path / "out.zip") as file, zipfile.ZipFile(BytesIO(sent)) as wire:
        assert parts(file) == parts(wire)
    with SpooledTemporaryFile(max_size=100) as upload, open_journal(str(tmp_path / "new.db")) as new:
        upload.write(sent)
        upload.seek(0)
        assert restore(new, upload)["check_ins"] == 1
        assert new.store.check_ins() == journal.store.check_ins()


@pytest.mark.parametrize("sent", [b"", b"not a zip", b"PK\x03\x04" + b"0" * 100])
def test_an_upload_that_is_none_is_refused_in_one_line(journal: Journal, sent: bytes) -> None:
    with pytest.raises(InputError, match=r"^This file is no whole export of Backstory's; nothing was restored\.$"):
        restore(journal, BytesIO(sent))
    assert journal.store.is_empty()


def test_a_language_chosen_before_does_not_stand_in_the_way(journal: Journal, tmp_path: Path) -> None:
    profile(journal, {"language": "en", "sex": "female"})
    sent = export_bytes(journal)
    with open_journal(str(tmp_path / "new.db"), clock=lambda: NOW) as new:
        profile(new, {"language": "de", "theme": "dark"})
        with pytest.raises(InputError):
            restore(new, BytesIO(b"not a zip"))
        assert new.store.profile() == {"language": "de", "theme": "dark"}
        restore(new, BytesIO(sent))
        assert new.store.profile() == {"language": "en", "sex": "female", "theme": "dark"}
        with pytest.raises(JournalError, match="not empty"):
            restore(new, BytesIO(sent))


def test_language_and_theme_are_chosen_and_shown(run: Run, tmp_path: Path) -> None:
    here = ("--journal", tmp_path / "journal.db")
    before = run("profile", *here, "--json").json["profile"]
    assert before["language"] is None and before["theme"] is None
    run("profile", "--language", "de", "--theme", "dark", *here)
    after = run("profile", *here, "--json").json["profile"]
    assert (after["language"], after["theme"]) == ("de", "dark")
    refused = run("profile", "--language", "fr", *here)
    assert refused.code == 2 and "language must be en or de, not 'fr'." in refused.err
