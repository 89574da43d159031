# Everything a developer or a newcomer runs. `make` alone lists it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# setuptools warns of editable installations in general
PIP := PYTHONWARNINGS=ignore $(BIN)/pip --disable-pip-version-check
# Tempest's own virtual environment: it and the gateway pin different releases
TEMPEST ?= .tempest

INTEROP = $(BIN)/python -m tests.interop --tempest $(TEMPEST)/bin/tempest

.PHONY: help venv run test test-databases lint interop interop-ci bench sample-config endpoints-page clean

help:
	@echo "make run    start the gateway with the sandbox on 127.0.0.1:5000"
	@echo "make test   set up what the tests need and run them all"
	@echo "make test-databases  the tests that keep state again, with PostgreSQL and with MariaDB"
	@echo "make lint   ruff and mypy"
	@echo "make interop  judge a served sandbox by Tempest: SERVICE=identity, LIST=api-dev or a file"
	@echo "make bench  measure, print ratios"
	@echo "make sample-config  write etc/jumpgate.conf from the options"
	@echo "make endpoints-page  write docs/endpoints.rst from the endpoint maps"

venv: $(VENV)/.installed

$(VENV)/.installed: setup.cfg pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip
	$(PIP) install --quiet --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q jumpgate
	touch $@

$(VENV)/.tests-installed: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --editable '.[test,lint]'
	touch $@

# a real Keystone and Glance for the tests of the passthrough
UPSTREAM_VENV := .venv-upstream
UPSTREAM_REQUIREMENTS := tests/fixtures/upstream-requirements.txt

$(UPSTREAM_VENV)/.installed: $(UPSTREAM_REQUIREMENTS)
	test -x $(UPSTREAM_VENV)/bin/python || $(PYTHON) -m venv $(UPSTREAM_VENV)
	$(UPSTREAM_VENV)/bin/pip install --quiet --upgrade pip
	$(UPSTREAM_VENV)/bin/pip install --quiet --requirement $(UPSTREAM_REQUIREMENTS)
	touch $@

run: venv
	$(BIN)/jumpgate serve

test: $(VENV)/.tests-installed $(UPSTREAM_VENV)/.installed
	$(BIN)/stestr run

# both from the packages of the distribution; the tests start servers of their own
STATEFUL = tests\.(functional\.(identity|image)|clients\.test_(identity|image))
test-databases: $(VENV)/.tests-installed
	JUMPGATE_TEST_DATABASE=postgresql $(BIN)/stestr run '$(STATEFUL)'
	JUMPGATE_TEST_DATABASE=mariadb $(BIN)/stestr run '$(STATEFUL)'

lint: $(VENV)/.tests-installed
	$(BIN)/ruff check .
	$(BIN)/mypy

$(TEMPEST)/.installed: tests/interop/requirements.txt
	test -x $(TEMPEST)/bin/python || $(PYTHON) -m venv $(TEMPEST)
	$(TEMPEST)/bin/pip install --quiet --requirement $<
	touch $@

interop: $(VENV)/.tests-installed $(TEMPEST)/.installed
	$(INTEROP) $(foreach name,$(LIST),--list $(name)) $(foreach name,$(SERVICE),--service $(name)) $(OPTIONS)

# what .ci/run asks for: the services that are whole
interop-ci: $(VENV)/.tests-installed $(TEMPEST)/.installed
	$(INTEROP) --list interop-compute --list api-dev --service identity --service image

bench: $(VENV)/.tests-installed
	$(BIN)/python -m bench

sample-config: $(VENV)/.tests-installed
	$(BIN)/oslo-config-generator --config-file etc/config-generator.conf

endpoints-page: $(VENV)/.tests-installed
	$(BIN)/jumpgate endpoints --config-file= --format rst >docs/endpoints.rst.new
	mv docs/endpoints.rst.new docs/endpoints.rst

clean:
	rm -rf $(VENV) $(UPSTREAM_VENV) $(TEMPEST) .interop build dist *.egg-info .stestr
