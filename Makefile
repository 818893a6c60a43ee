# Two commands: `make run` starts a working service, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header
DONE := .venv/.netra-installed

.PHONY: install run test types trial suite programs second bench lock
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
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target \
	    suite trial programs second types
	$(BIN)/pytest $(ALONE)

# With the others: alone they would leave one processor idle for two minutes.
types: install
	$(BIN)/mypy
	$(BIN)/lint-imports

# Beside each other, the longest first: what shares one server and undoes what it did, the trial of
# the contract, and what starts servers of its own; and alone on the machine what promises to be back
# within seconds.
TRIAL := tests/contract/test_schemathesis.py
PROGRAMS := tests/cli tests/proofs
ALONE := tests/cli/test_serve.py $(patsubst %,tests/proofs/test_%.py,kills bad_line uploads)

# Once more on another PostgreSQL (SECOND names its programs): what speaks SQL of its own. The
# contract and the doors of every role ask nothing that these do not ask, and of these themselves
# only those run that reach the server (tests/conftest.py).
SECOND :=
SPEAKING_SQL := tests/test_migrations.py tests/audit tests/cases \
    tests/circulars tests/clocks tests/complaints tests/consultations tests/declarations \
    tests/evidence tests/ledger tests/prevention tests/referrals tests/stats

# The browser is Debian's; on a machine without one the rest is tested, and `.ci/run` brings it.
BROWSER := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
UNSEEN := $(if $(BROWSER),,--ignore=tests/browser)

trial: install
	$(BIN)/pytest $(TRIAL)

suite: install
	$(BIN)/pytest $(TRIAL:%=--ignore=%) $(PROGRAMS:%=--ignore=%) $(UNSEEN)

programs: install
	$(BIN)/pytest $(PROGRAMS) $(ALONE:%=--ignore=%)

second: install
ifneq ($(SECOND),)
	NETRA_TEST_BINARIES=$(SECOND) $(BIN)/pytest $(SPEAKING_SQL)
endif

bench: install
	$(BIN)/python -m tests.bench

# The tests' lock comes first; the runtime lock then takes the very same versions.
lock: install
	$(LOCK) --extra test pyproject.toml -o tests/requirements.lock
	$(LOCK) -c tests/requirements.lock pyproject.toml -o requirements.lock
