"""What the browser tests need: a Chromium, and axe-core beside the tests. Tries to get both; without them tests skip.

Chromium comes from Debian's packages where this runs as root (or sudo asks for no password) and none is there; axe-core
comes from npm by the committed lock.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = ROOT / "tests" / "browser"
PATIENCE_S = 600


def tried(*command: str, folder: Path = ROOT) -> bool:
    """Whether a command went well; what it says is shown only where it did not."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        ran = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"{command[0]}: {error}\n")
        return False
    if ran.returncode:
        sys.stderr.write("\n".join((ran.stdout + ran.stderr).splitlines()[-5:]) + "\n")
    return ran.returncode == 0


def chromium() -> bool:
    """Whether there is one, after trying to install it."""
    if os.environ.get("BACKSTORY_CHROMIUM") or any(map(shutil.which, BROWSERS)):
        return True
    if not shutil.which("apt-get"):
        return False
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    packages = ("chromium", "fonts-dejavu-core")
    install = [*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return tried(*install) or (tried(*as_root, "apt-get", "update", "-qq") and tried(*install))


def axe() -> bool:
    """Whether axe-core is beside the tests, after trying to install it."""
    if (AXE / "node_modules" / "axe-core" / "axe.min.js").exists():
        return True
    return bool(shutil.which("npm")) and tried("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", folder=AXE)


if __name__ == "__main__":
    for there, what in ((chromium(), "Chromium"), (axe(), "axe-core (npm)")):
        if not there:
            sys.stderr.write(f"NOT THERE: {what}; the browser tests that need it will be skipped.\n")
