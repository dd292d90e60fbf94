"""Make .venv with everything in it, from the committed locks; with --lock, renew the locks.

Needs nothing but Python 3.11 and the network: uv comes into .tools from a lock of its own, then does the rest.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "lock.txt"
UV_LOCK = ROOT / "requirements" / "uv.txt"
BIN = "Scripts" if os.name == "nt" else "bin"


def run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def uv() -> Path:
    """uv in .tools, installed once from its own lock."""
    program = TOOLS / BIN / ("uv.exe" if os.name == "nt" else "uv")
    if not program.exists():
        venv.create(TOOLS, with_pip=True, clear=True)
        install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", UV_LOCK)
        run(TOOLS / BIN / "python", *install)
    return program


def set_up() -> None:
    tool = uv()
    run(tool, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    target = ("--quiet", "--compile-bytecode", "--python", VENV)
    run(tool, "pip", "sync", *target, "--require-hashes", LOCK)
    run(tool, "pip", "install", *target, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    (VENV / "ready").touch()


def lock() -> None:
    """Versions and hashes for every platform and Python that we support; no addresses."""
    options = ("--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate", "--upgrade")
    what = ("--all-extras", "--group", "dev", "--python-version", "3.11", "pyproject.toml")
    run(uv(), "pip", "compile", *options, *what, "-o", LOCK)
    (ROOT / ".tools" / "uv.in").write_text("uv\n", encoding="utf-8")
    run(uv(), "pip", "compile", *options, "--python-version", "3.11", TOOLS / "uv.in", "-o", UV_LOCK)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs under whatever Python there is
        sys.exit("Backstory needs Python 3.11 or newer. Try: make PYTHON=python3.12 test")
    try:
        lock() if "--lock" in sys.argv[1:] else set_up()
    except subprocess.CalledProcessError as failure:
        sys.exit(f"set-up stopped: {' '.join(failure.cmd[:4])} … failed (see above)")
