# The one surface of commands. `make run` and `make test` need nothing but Debian 12 with Python 3.11.
SHELL := /bin/bash
.SHELLFLAGS := -eo pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export GANGMU_DATA ?= $(CURDIR)/var
export PORT
BENCHES := pages papers burden netmap
ASKED := $(or $(filter $(BENCHES),$(MAKECMDGOALS)),$(BENCHES))

.PHONY: $(BENCHES) run test setup check fix bench messages picture lock test-sqlite test-postgres test-browser clean

run: setup ## environment, database, demo year, server
	@$(BIN)/gangmu demo --keep
	@$(BIN)/gangmu serve

setup: $(VENV)/.done node_modules/.done

$(VENV)/.done: requirements/dev.txt pyproject.toml tools/system.sh
	@tools/system.sh python
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check "uv>=0.5"
	@$(BIN)/uv pip install -q --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install -q --no-deps -e .
	@touch $@

node_modules/.done: package-lock.json tools/assets.py
	@tools/system.sh node
	@npm ci --silent --no-audit --no-fund
	@$(BIN)/python tools/assets.py
	@touch $@

test: setup check ## both databases, then the browser
	@tools/system.sh tests
	@$(MAKE) --no-print-directory test-sqlite test-postgres test-browser

test-sqlite: setup
	$(BIN)/pytest -q -n 2 -m "not browser"

test-postgres: setup
	@tools/system.sh postgres
	$(BIN)/python tools/with_postgres.py $(BIN)/pytest -q -n 2 -m "not browser and not pure"

test-browser: setup
	@tools/system.sh browser
	$(BIN)/pytest -q -m browser

check: setup ## style, types, arrows, migrations, templates, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --config pyproject.toml | tail -n 20
	@$(BIN)/mypy gangmu
	@$(BIN)/gangmu manage makemigrations --check --dry-run
	@$(BIN)/python tools/check_translations.py

fix: setup
	@$(BIN)/ruff check --fix-only -q .
	@$(BIN)/ruff format -q .

bench: setup ## prints ratios, never asserts; `make bench` all of them, `make bench pages` one
	@tools/system.sh $(if $(filter burden netmap,$(ASKED)),postgres browser,postgres)
	@set -e; for what in $(ASKED); do \
	  $(BIN)/gangmu bench $$what; \
	  if [ $$what = pages ]; then $(BIN)/python tools/with_postgres.py $(BIN)/gangmu bench pages; fi; \
	done
$(BENCHES):
	@test -n "$(filter bench,$(MAKECMDGOALS))" || { echo "make bench $@"; exit 2; }

picture: setup ## the net map in the README
	@tools/system.sh browser
	@$(BIN)/python tools/picture.py

messages: setup
	@$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k _l --project=Gangmu -o gangmu/locale/gangmu.pot gangmu

lock: ## after a change of dependencies in pyproject.toml
	uv lock -q
	uv export -q --no-dev --no-emit-project --no-header -o requirements/base.txt
	uv export -q --all-groups --no-emit-project --no-header -o requirements/dev.txt

clean:
	rm -rf $(VENV) node_modules var
