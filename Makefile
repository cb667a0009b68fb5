# The commands of a developer. `make` without a target lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# uv installs Python and every package of uv.lock. It is installed into .tools if it is missing.
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
RUN := $(UV) run --frozen --no-sync
PORT ?= 8000
LOCAL_DATA ?= .local

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-20s %s\n", $$1, $$2}'

.PHONY: run
run: .venv/.installed-to-run ## Start the whole system on this machine (PORT=8000; CLEAN=1 deletes its data first)
	@exec $(RUN) python -m local --port $(PORT) --data $(LOCAL_DATA) $(if $(CLEAN),--clean)

.PHONY: test
test: .venv/.installed ## Run every test
	$(RUN) pytest -n 2 --dist loadfile -q

.PHONY: check
check: .venv/.installed ## Check format, lint, types, template and rules, as CI does
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(MAKE) --no-print-directory check-template
	$(RUN) pytest -q tests/rules

.PHONY: format
format: .venv/.installed ## Format the code, and fix what ruff can fix
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

.PHONY: features
features: .venv/.installed ## Print which tests prove which capability
	$(RUN) python -m scripts.features

.PHONY: bench
bench: .venv/.installed ## Print the measurements beside those of peers (NAMES="pdf mime" chooses)
	PYTHONPATH=layers/core $(RUN) python -m benchmarks $(NAMES)

.PHONY: openapi
openapi: .venv/.installed ## Generate openapi.json from the code
	PYTHONPATH=layers/core $(RUN) python -m tests.functions.answers
	PYTHONPATH=layers/core $(RUN) python -m scripts.openapi

.PHONY: hooks
hooks: .venv/.installed ## Install the pre-commit hooks
	$(RUN) pre-commit install

.PHONY: clean
clean: ## Remove what was built and installed, caches and local data
	rm -rf .venv .tools .local .aws-sam .mypy_cache .ruff_cache .pytest_cache .hypothesis .screenshots \
		console/node_modules console/dist functions/console/dist

include make/*.mk

# --- prerequisites of the targets above ------------------------------------------------------

.tools/bin/uv:
	@echo "Installing uv $(UV_VERSION) into .tools"
	@python3 -m venv .tools || PYENV_VERSION=system python3 -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed-to-run: pyproject.toml uv.lock | $(filter .tools/bin/uv,$(UV))
	$(UV) sync --frozen --inexact --quiet --no-default-groups --group local --group render --group inspect
	@touch $@

.venv/.installed: pyproject.toml uv.lock | $(filter .tools/bin/uv,$(UV))
	$(UV) sync --frozen --quiet
	@touch $@ .venv/.installed-to-run
