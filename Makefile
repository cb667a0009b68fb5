# Everything a developer does here. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# uv installs Python and every package of uv.lock. Without one on the machine, ours stands in .tools.
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
RUN := $(UV) run --frozen --no-sync
PORT ?= 8000
LOCAL_DATA ?= .local

.PHONY: help
help: ## List what there is to do
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-20s %s\n", $$1, $$2}'

.PHONY: run
run: .venv/.installed-to-run ## Start the whole system on this machine (PORT=8000; CLEAN=1 forgets its data)
	@exec $(RUN) python -m local --port $(PORT) --data $(LOCAL_DATA) $(if $(CLEAN),--clean)

.PHONY: test
test: .venv/.installed ## Run every test
	$(RUN) pytest -n 2 --dist loadfile -q

.PHONY: check
check: .venv/.installed ## Everything CI asks of the code: format, lint, types, template, rules
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(MAKE) --no-print-directory check-template
	$(RUN) pytest -q tests/rules

.PHONY: format
format: .venv/.installed ## Rewrite the code in the house format
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

.PHONY: features
features: .venv/.installed ## Print which tests prove which capability
	$(RUN) python -m scripts.features

.PHONY: bench
bench: .venv/.installed ## Measure against peers, in one table (NAMES="pdf mime" chooses)
	PYTHONPATH=layers/core $(RUN) python -m benchmarks $(NAMES)

.PHONY: openapi
openapi: .venv/.installed ## Write openapi.json anew from the code
	PYTHONPATH=layers/core $(RUN) python -m scripts.openapi

.PHONY: hooks
hooks: .venv/.installed ## Check each commit before it is made
	$(RUN) pre-commit install

.PHONY: clean
clean: ## Remove everything that can be made again, tools and local data included
	rm -rf .venv .tools .local .aws-sam .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		console/node_modules console/dist functions/console/dist

include make/*.mk

# --- what the targets above stand on ---------------------------------------------------------

.tools/bin/uv:
	@echo "Installing uv $(UV_VERSION) into .tools"
	@python3 -m venv .tools || PYENV_VERSION=system python3 -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed-to-run: pyproject.toml uv.lock | $(filter .tools/bin/uv,$(UV))
	$(UV) sync --frozen --inexact --quiet --no-default-groups --group local --group render
	@touch $@

.venv/.installed: pyproject.toml uv.lock | $(filter .tools/bin/uv,$(UV))
	$(UV) sync --frozen --quiet
	@touch $@ .venv/.installed-to-run
