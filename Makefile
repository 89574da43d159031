# Everything a developer or a newcomer runs. `make` alone lists it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help venv run test lint bench sample-config endpoints-page clean

help:
	@echo "make run    start the gateway with the sandbox on 127.0.0.1:5000"
	@echo "make test   set up what the tests need and run them all"
	@echo "make lint   ruff and mypy"
	@echo "make bench  measure, print ratios"
	@echo "make sample-config  write etc/jumpgate.conf from the options"
	@echo "make endpoints-page  write docs/endpoints.rst from the endpoint maps"

venv: $(VENV)/.installed

$(VENV)/.installed: setup.cfg pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.tests-installed: $(VENV)/.installed
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test,lint]'
	touch $@

run: venv
	$(BIN)/jumpgate serve

test: $(VENV)/.tests-installed
	$(BIN)/stestr run

lint: $(VENV)/.tests-installed
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.tests-installed
	$(BIN)/python -m bench

sample-config: $(VENV)/.tests-installed
	$(BIN)/oslo-config-generator --config-file etc/config-generator.conf

endpoints-page: $(VENV)/.tests-installed
	$(BIN)/jumpgate endpoints --config-file= --format rst >docs/endpoints.rst.new
	mv docs/endpoints.rst.new docs/endpoints.rst

clean:
	rm -rf $(VENV) build dist *.egg-info .stestr
