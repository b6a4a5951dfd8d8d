# The two commands of the README come first: make demo, make test.

PYTHON = .venv/bin/python
LOCKS = requirements/all.txt requirements/uv.txt

demo: .venv/ready  ## build the demo's office and ask it something
	@$(PYTHON) examples/demo/demo.py

test: .venv/ready  ## style, types, layers, tests
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	@scripts/chromium
	$(PYTHON) -m pytest -n auto --dist loadfile

.venv/ready: $(LOCKS) pyproject.toml scripts/set-up
	@scripts/set-up requirements/all.txt
	@touch $@

lock: .venv/ready  ## resolve the dependencies anew
	scripts/lock

docs: .venv/ready  ## build the documentation into docs/_build
	$(PYTHON) -m sphinx -W -q -b html docs docs/_build

translations: .venv/ready  ## gather the words of the pages, and compile their translations
	$(PYTHON) scripts/translations

slow: .venv/ready  ## the tests that take minutes
	$(PYTHON) -m pytest -m slow

help:  ## what there is to make
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

.PHONY: demo test lock docs translations slow help
