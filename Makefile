# Two commands: `make run` starts a working service, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header
DONE := .venv/.netra-installed

.PHONY: install run test suite services second bench lock
.DEFAULT_GOAL := install

install: $(DONE)

# The tests' lock holds all of the other one, so one file makes an environment for both.
$(DONE): pyproject.toml requirements.lock tests/requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo 'Diperlukan Python 3.11 ke atas: make install PYTHON=python3.13'; \
	    echo 'Python 3.11 or newer is needed: make install PYTHON=python3.13'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo 'Modul venv belum ada; di Debian dan Ubuntu: sudo apt install python3-venv'; \
	    echo 'The venv module is missing; on Debian and Ubuntu: sudo apt install python3-venv'; \
	    exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r tests/requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

run: install
	$(BIN)/netra serve --demo

test: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target suite services second

# Two halves beside each other: what shares one server and undoes what it did, and what starts
# servers of its own.
OWN_SERVERS := tests/contract/test_schemathesis.py tests/cli tests/proofs

# Once more on another PostgreSQL (SECOND names its programs), after the half that ends first. Left
# out: what needs no database, what starts servers of its own, and the contract with the doors of
# every role, whose queries the tests of each domain ask as well.
SECOND :=
LEFT_OUT := $(OWN_SERVERS) tests/contract tests/core tests/test_visibility.py tests/test_areas.py

suite: install
	$(BIN)/pytest $(OWN_SERVERS:%=--ignore=%)

services: install
	$(BIN)/pytest $(OWN_SERVERS)

second: suite
ifneq ($(SECOND),)
	NETRA_TEST_BINARIES=$(SECOND) $(BIN)/pytest --ignore-glob='*/test_rules.py' \
	    $(LEFT_OUT:%=--ignore=%)
endif

bench: install
	$(BIN)/python -m tests.bench

# The tests' lock comes first; the runtime lock then takes the very same versions.
lock: install
	$(LOCK) --extra test pyproject.toml -o tests/requirements.lock
	$(LOCK) -c tests/requirements.lock pyproject.toml -o requirements.lock
