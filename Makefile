PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint bench pictures clean

demo: .venv/built
	$(BIN)/tamdesk demo

test: .venv/built lint
	$(BIN)/pytest -n 4 --dist worksteal

lint: .venv/built
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/built
	$(BIN)/pip install --quiet --constraint constraints.txt --config-settings editable_mode=compat --editable '.[bench]'
	$(BIN)/python -m bench

pictures: .venv/built
	$(BIN)/python docs/make_pictures.py

.venv/built: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt --config-settings editable_mode=compat --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
