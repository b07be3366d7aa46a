# Every target does its own set-up. `make demo` and `make test` are all that a new user needs.
PYTHON ?= python3
# Another Python gets an environment of its own: `make test PYTHON=python3.12`.
ifeq ($(PYTHON),python3)
VENV ?= .venv
else
VENV ?= .venv-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
endif
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: setup ## the whole pipeline on a real Kafka of its own
	@$(BIN)/detente demo

test: setup system-for-tests lint ## lint, types, import contracts, and every test
	$(PYTEST)

check: setup lint ## the quick loop: lint, types, import contracts, and the tests that start no other program
	$(PYTEST) -q -m "not kafka and not system and not slow"

lint: setup ## formatting, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## write the files the way the formatter wants them
	$(BIN)/ruff check --fix-only --select I .
	$(BIN)/ruff format .

bench: setup ## the benchmarks
	$(BIN)/python -m benchmarks.coder_speed
	$(BIN)/python -m benchmarks.core_speed
	$(BIN)/python -m benchmarks.worker_on_kafka
	$(BIN)/python -m benchmarks.replay_speed

eval: setup ## how exact the coder is; writes docs/evaluation.md
	@$(BIN)/python -m evaluation

setup: $(VENV)/.installed ## the virtual environment with exactly the locked packages

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) and "detente needs Python 3.11 to 3.13; name one: make test PYTHON=python3.13")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@start=$$(date +%s); echo "set-up: a virtual environment in $(VENV) and the locked packages ..."; \
	$(PYTHON) -m venv $(VENV) && \
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock && \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable . && \
	touch $@ && echo "set-up took $$(( $$(date +%s) - start )) s; the next run skips it"

system: ## install the programs that some tests need (Debian; root or sudo)
	@.ci/system-parts --install

system-for-tests:
	@.ci/system-parts || echo "the tests that need them will fail" >&2

lock: setup ## renew the locks from pyproject.toml
	$(BIN)/uv pip compile -q --upgrade $(LOCK) pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q $(LOCK) -c requirements.lock --extra broker --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q $(LOCK) -c requirements-dev.lock --group build -o requirements-build.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

clean: ## remove the environments, caches and build output; downloads (.cache) and state (.detente) stay
	rm -rf .venv .venv-* build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.cache/*' -prune -exec rm -rf {} +

.PHONY: help demo test check lint format bench eval setup system system-for-tests lock clean
