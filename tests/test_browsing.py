"""What the browser's tests count as leaving the machine."""

import pytest

from browsing import stays_here

HERE = "http://127.0.0.1:8765"


@pytest.mark.parametrize(
    "url",
    [f"{HERE}/plan", "http://127.0.0.1:40123/", "http://[::1]:40123/why", "http://localhost:1/x", "data:image/png,x",
     f"blob:{HERE}/1"],
)  # fmt: skip
def test_every_port_of_this_machine_is_here(url: str) -> None:
    assert stays_here(url, HERE)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/", "http://127.0.0.1.example.org/", f"{HERE}@example.org/", "//example.org/x",
     "http://192.168.0.2:8765/", "wss://example.org/"],
)  # fmt: skip
def test_everything_else_is_elsewhere(url: str) -> None:
    assert not stays_here(url, HERE)
