# make run   start the bot (the terminal chat until a Telegram token is set)
# make test  everything that tells whether it works
# Each does its own set-up into .venv from requirements.lock; the pip index you configured is honoured.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/ready

.PHONY: run test lint lock bench crash migration clean
.DEFAULT_GOAL := run

run: $(READY)
	@$(BIN)/ridealong run

test: $(READY) lint
	@$(BIN)/pytest

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lock: $(READY)
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --output-file requirements.lock --quiet

bench: $(READY)
	@$(BIN)/python -m tests.benchmarks.turns

crash: $(READY)
	@$(BIN)/pytest tests/crash --kills 50

# make migration name="what it does": the difference between bot/storage/tables/ and the migrations so far
migration: $(READY)
	@rm -rf .venv/migration && $(BIN)/ridealong --data-dir .venv/migration migrate
	@$(BIN)/alembic -x url=sqlite:///.venv/migration/ridealong.db revision --autogenerate -m "$(name)"
	@rm -rf .venv/migration

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Ridealong needs Python 3.11, 3.12 or 3.13; none was found on the PATH." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module; install it (on Debian: apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up .venv (one to three minutes, once)…" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
