# `make help` lists what this file can do. Everything it sets up lies in .uv/ and .venv/, and only what changed is redone.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-region test check fuzz fix rivals docs lock migrate shape clean

PYTHON ?= python3
SERVE ?= 1
PORT ?= 8000

bin := .venv/bin
uv := .uv/bin/uv
code := src tests benchmarks docs .hooks
# Drawn requests bear one name an operation's test; processes that share tests out by name would run one of them.
api_requests := tests/api/test_schemathesis.py
django := DJANGO_SETTINGS_MODULE=tracemark.settings $(bin)/python -m django
# A release is taken up a week after it appeared: most bad ones are withdrawn sooner.
compile := $(uv) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --exclude-newer "1 week"

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.run ## set up, build the demo State, run one trace, serve it (SERVE=0 stops after the trace, PORT=8000)
	@$(bin)/tracemark demo $(if $(filter 0,$(SERVE)),--no-serve,--port $(PORT))

demo-region: .venv/.run ## four States, their region and the world on this machine: a trace over three borders (SERVE=0 without servers)
	@$(bin)/tracemark demo-region $(if $(filter 0,$(SERVE)),--no-serve,)

test: .venv/.test ## everything: the checks, then the tests on SQLite, on PostgreSQL and in a browser
	@$(bin)/python -m tests.kernels & $(MAKE) --no-print-directory check; wait $$!
	@$(bin)/pytest $(api_requests) --quiet & drawn=$$!; \
		$(bin)/pytest --ignore=tests/house --ignore=$(api_requests) --numprocesses=auto --dist=loadfile --quiet && ended=0 || ended=$$?; \
		wait $$drawn; exit $$ended

check: .venv/.test ## format, lint, types, arrows, house rules, migrations
	@$(bin)/ruff format --check --quiet $(code) || { echo "not formatted: make fix" >&2; exit 1; }
	@$(bin)/ruff check --quiet $(code)
	@$(bin)/mypy
	@$(bin)/lint-imports --no-logo
	@$(bin)/pytest tests/house --quiet
	@$(django) makemigrations --check --dry-run

fuzz: .venv/.test ## new examples for every property test, ROUNDS times over; what fails is kept in .hypothesis
	@for round in $$(seq $(or $(ROUNDS),1)); do env -u CI $(bin)/pytest -m hypothesis --ignore=$(api_requests) --numprocesses=auto --dist=loadfile --quiet; done

fix: .venv/.test ## format, and mend what the linter can mend by itself
	@$(bin)/ruff check --quiet --fix $(code) || true
	@$(bin)/ruff format --quiet $(code)

bench-%: .venv/.test ## measure, for example bench-matching SIZE=10M RIVALS=none; writes benchmarks/results/<name>.json
	@$(bin)/python -m benchmarks.$(subst -,_,$*) $(if $(SIZE),--size $(SIZE)) $(if $(RIVALS),--rivals "$(RIVALS)")

rivals: .venv/rivals/.done ## install PM4Py (AGPL), which bench-detect is measured beside, into an environment of its own

docs: .venv/.test ## write the reference pages anew from the code
	@$(bin)/python -m docs.generators

lock: $(uv) ## pin what requirements/*.in ask for, with hashes and without addresses
	@for set in uv run spark test rivals; do $(compile) --output-file requirements/$$set.txt requirements/$$set.in; done

migrate: .venv/.run ## write a migration for changed tables
	@$(django) makemigrations

shape: .venv/.test ## list files, functions and rooms that deserve a second look
	@$(bin)/python -m tests.house.shape

clean: ## remove everything set up or cached; never var/, where the registers are
	@rm -rf .uv .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist

.uv/bin/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Tracemark needs Python 3.11 or newer: make PYTHON=..." if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .uv ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --root-user-action=ignore --upgrade --target .uv --require-hashes --requirement $<
	@touch $@

.venv/bin/python: | .uv/bin/uv
	@$(uv) venv --quiet --allow-existing --python $(PYTHON) .venv

# A sync removes what its list does not name, so once the tests' list is in, it stays the list.
.venv/.run: requirements/run.txt pyproject.toml .venv/bin/python
	@echo "Setting up .venv ..."
	@$(uv) pip sync --quiet --require-hashes --python .venv requirements/$(if $(wildcard .venv/.test),test,run).txt
	@$(uv) pip install --quiet --no-deps --no-build-isolation --python .venv --editable .
	@touch $@

.venv/.test: requirements/test.txt pyproject.toml .venv/bin/python
	@echo "Setting up .venv for tests ..."
	@$(uv) pip sync --quiet --require-hashes --python .venv requirements/test.txt
	@$(uv) pip install --quiet --no-deps --no-build-isolation --python .venv --editable .
	@touch .venv/.run $@

.venv/rivals/.done: requirements/rivals.txt .venv/bin/python
	@echo "Setting up .venv/rivals ..."
	@$(uv) venv --quiet --allow-existing --python $(PYTHON) .venv/rivals
	@$(uv) pip sync --quiet --require-hashes --python .venv/rivals requirements/rivals.txt
	@touch $@
