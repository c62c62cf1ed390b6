# Everything a person types. The work is done by halka.launcher; `make` alone tells what there is.
# PYTHON=… chooses the Python that .venv is made with; PORT=… the port of the web pages.
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
endif
PORT ?= 8000
INSTALL = $(PYTHON) -I platform/halka/launcher/install.py
COMPILE = .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
BESIDE_SERVERS = -m halka.launcher servers --home

.PHONY: help run test check bench lock messages openapi clean python

help:
	@echo "make run                start everything on this machine and print the addresses"
	@echo "make test               all checks and all tests (installs what is missing)"
	@echo "make check              the checks alone: style, types, imports, templates, migrations, catalogues"
	@echo "make bench [ONLY=name]  measure; appends to var/bench.jsonl"
	@echo "make lock               compile the lock files from pyproject.toml"
	@echo "make messages           collect the texts to translate into the catalogues"
	@echo "make openapi            write the description of the API"
	@echo "make clean              remove what was made here: .venv and var, the data too"

python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Halka needs Python 3.11 or newer: install it (on Debian: apt-get install python3 python3-venv)," \
	"or say where it is: make PYTHON=/path/to/python."; exit 1; }

run: python
	@$(INSTALL) -- -m halka.launcher run --port $(PORT)

test: python
	@$(INSTALL) --dev --system -- $(BESIDE_SERVERS) var/test --fast -- .venv/bin/python -m halka.launcher test

check: python
	@$(INSTALL) --dev -- $(BESIDE_SERVERS) var/check --fast -- .venv/bin/python -m halka.launcher check

bench: python
	@$(INSTALL) --dev --system -- $(BESIDE_SERVERS) var/bench -- .venv/bin/python -m bench $(ONLY)

lock: python
	@$(INSTALL) --dev
	@$(COMPILE) --extra build pyproject.toml -o requirements.txt
	@$(COMPILE) --extra build --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

messages: python
	@$(INSTALL) --dev --system -- -m halka.launcher messages

openapi: python
	@$(INSTALL) --dev -- $(BESIDE_SERVERS) var/check --fast -- .venv/bin/python -m halka.launcher openapi

clean:
	@rm -rf .venv var
