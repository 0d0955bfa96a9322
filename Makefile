# Two commands do everything: `make run` and `make test`. Needs Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test score ablate lint types docs pictures lock clean

run: $(VENV)/.installed
	$(BIN)/broadsheet run
	@echo
	@echo "The fastest-growing indicators by district (broadsheet query fastest_growing):"
	$(BIN)/broadsheet query fastest_growing

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# How right the reading is on the annotated pages of the project, and with REAL="FOLDER…" on others (raw/ and gold/).
score: $(VENV)/.installed-test
	$(BIN)/python -m tests.score --with-project $(REAL)

# What every rule, pattern and list is worth on those pages: each is switched off in turn (about 10 minutes).
ablate: $(VENV)/.installed-test
	$(BIN)/python -m tests.ablate $(REAL) --out build/ablation.tsv

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-test
	$(BIN)/mypy

# The generated pages of docs/, with answers from the seeds.
docs: $(VENV)/.installed
	rm -rf build/docs
	$(BIN)/broadsheet run --data-dir build/docs
	$(BIN)/python -m flows.docs build/docs/warehouse.duckdb

# The README's pictures of the report, taken from the seeds with Chromium.
pictures: $(VENV)/.installed-test
	$(BIN)/python -m tests.report.pictures

lock:
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --output-file requirements.lock

# The lock names every package, so nothing is left to resolve (and old pips resolve extras wrongly under hashes).
$(VENV)/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# The lock holds the test tools too, so that one set of versions is what everybody runs.
$(VENV)/.installed-test: $(VENV)/.installed
	touch $@

clean:
	rm -rf $(VENV) data build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
