# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
#
# make run        the demo at http://127.0.0.1:8000 (PORT=… for another port)
# make test       everything that has to pass, on SQLite and PostgreSQL
# make docs       the pages written from the code
# make soak       a million cases in memory, with faults (an hour or more)
# make bench      how fast it is on this machine
# make must-hold  what must hold, in its long form
# make acceptance DATA=DIR   the large test sets in DIR
#
# The machine needs Python >= 3.11 with venv, make and git. Everything else is put into .venv and .tools.

SHELL := /bin/sh
PORT ?= 8000
PYTHON ?= python3
# An interpreter is never downloaded: where the network is closed that fails late and unclearly.
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

BIN := .venv/bin
RUN_STAMP := .venv/.ready-to-run
TEST_STAMP := .venv/.ready-to-test
INPUTS := pyproject.toml uv.lock scripts/set_up.sh

.PHONY: run test check docs soak simulate bench bench-lists bench-ingest must-hold acceptance clean

run: $(RUN_STAMP)
	$(BIN)/recourse serve --demo --port $(PORT)

# Side by side, a database and a browser each; one more than there are processors, for journeys mostly wait.
# Each begins with a share of its own, so that what a file sets up is set up once, and takes from the others at the end.
PYTEST = $(BIN)/pytest --dist worksteal -n $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')

test: $(TEST_STAMP) check
	$(BIN)/python -m tests.postgres $(PYTEST) $(wildcard tests/store tests/actions tests/races tests/contract)
	$(PYTEST)

check: $(TEST_STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy

# The pages that are written from the code; tests hold them current.
docs: $(TEST_STAMP)
	$(BIN)/python -m recourse.queries.playbook_reference > docs/playbook-reference.md
	$(BIN)/recourse playbook schema > schemas/playbook.schema.json
	$(BIN)/python scripts/write_openapi.py
	$(BIN)/python scripts/write_glossary.py
	$(BIN)/python -m tests.core.triage.table > docs/triage-table.md

simulate: $(TEST_STAMP)
	$(BIN)/recourse simulate --cases $(or $(CASES),20000) --seed $(or $(SEED),1)

soak: $(TEST_STAMP)
	$(BIN)/recourse simulate --cases 1000000 --seed $(or $(SEED),1) --keep soak

bench: $(TEST_STAMP)
	$(BIN)/python -m bench

# Every list over a million cases on PostgreSQL; ten minutes.
bench-lists: $(TEST_STAMP)
	$(BIN)/python -m bench.desk_scale

# Everything that must hold, as often as was promised; an hour or more.
must-hold: $(TEST_STAMP)
	$(BIN)/python -m tests.must_hold

# Taking files in, beside hashing and syncing the same bytes.
bench-ingest: $(TEST_STAMP)
	$(BIN)/python -m bench.ingest

acceptance: $(TEST_STAMP)
	@test -n "$(DATA)" || { echo "make acceptance DATA=DIR: DIR holds the test sets"; exit 2; }
	$(BIN)/python -m tests.acceptance "$(DATA)"

clean:
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis tests/_screens

# A tree that is ready for tests is ready to run.
$(RUN_STAMP): $(INPUTS)
	@PYTHON="$(PYTHON)" sh scripts/set_up.sh run

$(TEST_STAMP): $(INPUTS)
	@PYTHON="$(PYTHON)" sh scripts/set_up.sh test
