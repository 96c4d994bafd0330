# Comtoise. `make help` lists what can be asked. Each target installs what it needs into .venv by itself,
# from requirements.lock (exact versions, checked by hash); a Python >= 3.11 with pip is all it takes.
PY ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1 && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

SIZES ?= 10000 100000 1000000
ROUNDS ?= 0

.DEFAULT_GOAL := help
.PHONY: help demo run test check lint types contracts docs lint-mail bench bench-classify bench-stories bench-poll bench-delivery lock format messages clean

help: ## what can be asked
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 24

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PY)" || { echo "Comtoise needs Python 3.11, 3.12 or 3.13 (found none on the PATH)."; exit 1; }
	@echo "Installing Comtoise into $(VENV) with $(PY) (about a minute the first time)..."
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## the whole journey on a newsroom of invented sites, offline
	@$(BIN)/comtoise demo

run: $(STAMP) ## the service, with config.yaml and .env
	@$(BIN)/comtoise run

test: $(STAMP) ## the tests, on SQLite and PostgreSQL
	@$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy
	$(BIN)/mypy tests bench

contracts: $(STAMP)
	$(BIN)/lint-imports

# The lint of mails is a package for node: where there is none, or no way to fetch it, that is said and nothing fails.
CANIEMAIL := $(VENV)/caniemail/node_modules/caniemail

lint-mail: $(STAMP) ## the mails against what Gmail, Outlook, Apple Mail, Orange, SFR and La Poste support
	@$(BIN)/python scripts/mail_samples.py $(VENV)/mails
	@if ! command -v node >/dev/null || ! command -v npm >/dev/null; then echo "lint-mail: no node here, skipped"; \
	elif ! test -d $(CANIEMAIL) && ! npm install --silent --no-audit --no-fund --omit=dev \
		--prefix $(VENV)/caniemail caniemail@2.0.2; then echo "lint-mail: caniemail cannot be fetched, skipped"; \
	else node scripts/lint_mail.mjs $(CANIEMAIL) $(VENV)/mails/*.html && echo "lint-mail: clean"; fi

docs: $(STAMP) ## the documentation, into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

check: lint types contracts docs lint-mail test ## everything that must hold before a change lands

bench: bench-classify bench-stories bench-poll bench-delivery ## the measurements of bench/, as ratios against named baselines

bench-classify: $(STAMP) ## articles a second with 200, 2,000 and 20,000 keywords
	@$(BIN)/python bench/bench_classify.py

bench-stories: $(STAMP) ## what grouping costs as the store grows, to a million articles (SIZES="10000")
	@$(BIN)/python bench/bench_stories.py --sizes $(SIZES)

bench-poll: $(STAMP) ## what polling 1,000 feeds costs, beside a bare Scrapy spider and the package reader
	@$(BIN)/python bench/bench_poll.py --rounds $(ROUNDS)

bench-delivery: $(STAMP) ## what finding, alerting and telling the readers of a story costs, among a million subscriptions
	@$(BIN)/python bench/bench_delivery.py

format: $(STAMP) ## put the code in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(STAMP) ## bring the translations up to date with the sources, and list what is left to translate
	@$(BIN)/python scripts/messages.py

lock: ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command "make lock" -q -o requirements.lock

clean: ## remove what the targets made
	rm -rf $(VENV) site dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
