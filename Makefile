# Patuh. `make run` serves, `make test` tests; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
export PYTHON
export FLASK_APP := app

.DEFAULT_GOAL := help
.PHONY: help run test check bench demo samples screenshots system requirements translations clean

help: ## list what make can do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: .venv/ready system ## prepare everything and serve; keeps what is there
	@$(BIN)/flask setup
	@$(BIN)/python app.py

test: .venv/ready-dev system ## run the test suite
	$(BIN)/python -m pytest -n auto

check: .venv/ready-dev ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-dev system ## measure what benchmarks/ measures, on ../shared where it is present
	$(BIN)/python -m benchmarks

demo: export PATUH_VAR := $(CURDIR)/var-contoh
demo: export PATUH_DOCUMENTS := $(CURDIR)/var-contoh/documents
demo: .venv/ready system ## serve with made-up sample documents, in a home of their own
	@$(BIN)/flask setup
	@$(BIN)/flask ingest documents/contoh
	@$(BIN)/python app.py

samples: .venv/ready-dev ## make the sample PDFs of documents/contoh again
	$(BIN)/python documents/contoh/make_samples.py

screenshots: .venv/ready-dev ## take README's screenshots from the running product
	@./system.sh chromium libatomic1
	$(BIN)/python -m docs.make_screenshots

system: ## install missing system parts (tesseract) where allowed; SYSTEM=no skips
	@./system.sh tesseract-ocr tesseract-ocr-ind

requirements: .venv/ready-dev ## compile requirements*.in to pinned, hashed requirements
	$(BIN)/python -m pip -q install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.txt

TRANSLATIONS := compliance/web/translations
translations: .venv/ready ## collect the interface's sentences, add them to the English ones, compile
	$(BIN)/pybabel -q extract -F babel.cfg -k _lazy -k N_ --no-location --sort-output --project=Patuh -o .venv/messages.pot .
	$(BIN)/pybabel -q update -i .venv/messages.pot -d $(TRANSLATIONS) -l en --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(BIN)/pybabel -q compile -d $(TRANSLATIONS) -l en --statistics

clean: ## remove the environment and caches; keeps var/ and documents/
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Patuh memerlukan Python 3.11 atau lebih baru (PYTHON=python3.12 make run)." >&2; exit 1; }
	@./system.sh python3-venv
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/ready: requirements.txt .venv/python
	@echo "Memasang bagian Python ke .venv ..." >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
