# Every target does its own set-up. `make demo` and `make test` are all that a new user needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@start=$$(date +%s); echo "set-up: a virtual environment and the locked packages ..."; \
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) and "detente needs Python 3.11 to 3.13")' && \
	$(PYTHON) -m venv $(VENV) && \
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock && \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable . && \
	touch $@ && echo "set-up took $$(( $$(date +%s) - start )) s; the next run skips it"

setup: $(VENV)/.installed ## the virtual environment with exactly the locked packages

lock: ## renew both locks from pyproject.toml
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.lock --extra broker --group dev pyproject.toml -o requirements-dev.lock

.PHONY: help setup lock
