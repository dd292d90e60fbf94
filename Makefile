# Two commands do everything from a checkout: `make demo` and `make test`. Both set up .venv first.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.PHONY: demo test setup check browser screenshots lock benchmarks validate figures clean

demo: setup
	$(BIN)/backstory demo

test: setup check browser
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Chromium and axe-core for the browser tests, where they can be had.
browser: setup
	$(BIN)/python scripts/browser.py

# Every page as a picture: light, dark, phone, empty, the demo person, ten years.
screenshots: setup browser
	$(BIN)/python scripts/screenshots.py --readme

setup: $(VENV)/ready

$(VENV)/ready: requirements/lock.txt requirements/uv.txt pyproject.toml scripts/setup.py
	$(PYTHON) scripts/setup.py

lock:
	$(PYTHON) scripts/setup.py --lock

benchmarks: setup
	$(BIN)/python benchmarks/calibration.py --without 200 --with 100 --stressed 50 --looking 50 --trials 200
	$(BIN)/python benchmarks/import_csv.py
	$(BIN)/python benchmarks/spine_vs_opensim.py
	$(BIN)/python benchmarks/dose.py

# The first needs the reference material beside the checkout (../shared); the second takes half an hour on two cores, and
# its times are worth something only if nothing else runs there.
validate: setup
	$(BIN)/python benchmarks/spine_published.py --write > /dev/null
	$(BIN)/python benchmarks/calibration.py --write > /dev/null

# Every exercise as it is drawn: docs/figures.html, and the README's pictures.
figures: setup
	$(BIN)/python scripts/figures.py

clean:
	rm -rf $(VENV) .tools
