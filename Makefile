# Two commands do everything: `make run` and `make test`. Needs Python 3.11 or newer and make.
# A line of `make help` is the text after ## behind a target.
PYTHON ?= python3
READER ?= learned
VENV := .venv
BIN := $(VENV)/bin
INSTALL ?= $(BIN)/python -m pip install --quiet --disable-pip-version-check

# What reads Chinese: the tests and doctests that say whether a change of a rule or a word broke something.
READING := tests/extraction tests/repair tests/score tasks/extraction tasks/repair tasks/lexicon

# What touches Prefect or Great Expectations, and the oldest releases of them that pyproject.toml allows.
ORCHESTRATED := tests/operations tests/expectations tests/opening tests/hostile/test_server.py tests/cluster/test_dask.py
OLDEST := prefect==3.8 great-expectations==1.24

.DEFAULT_GOAL := help
.PHONY: help run test test-fast coverage score ablate lint types hooks audit versions docs pictures lock clean

help: ## say what can be made
	@sed -nE 's/^([a-z][a-z-]*):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target said; do \
		printf '%-18s %s\n' "$$target" "$$said"; done

run: $(VENV)/.installed ## read the five seed pages, print what grew fastest where
	$(BIN)/broadsheet run
	@echo
	@echo "The fastest-growing indicators by district (broadsheet query fastest_growing):"
	$(BIN)/broadsheet query fastest_growing

# In two parts, so that what the reading suite never runs is measured in the same go. In the rest most lines run in
# worker processes, and tracing them takes minutes. In the order of the folders: xdist's own order puts files of one
# long test last, where one core would wait for the other.
test: $(VENV)/.installed-test ## run the whole test suite (about ten minutes)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(READING) --cov --cov-report=
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(addprefix --ignore=,$(READING))

test-fast: $(VENV)/.installed-test ## run the tests of everything that reads Chinese (under a minute)
	$(BIN)/python -m pytest --quiet $(READING)

coverage: $(VENV)/.installed-test ## which lines of the reading code the reading suite never runs; fails below the floor
	$(BIN)/python -m pytest --quiet $(READING) --cov --cov-report=term-missing:skip-covered

score: $(VENV)/.installed-test ## how right the reading is on the annotated pages; REAL="FOLDER…" adds others, READER=rules
	$(BIN)/python -m tests.score --with-project $(REAL) --reader $(READER)

ablate: $(VENV)/.installed-test ## what every rule, pattern and list is worth there: each switched off in turn (about 10 minutes)
	$(BIN)/python -m tests.ablate $(REAL) --out build/ablation.tsv

lint: $(VENV)/.installed-test ## style, format, and a licence for every file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint

types: $(VENV)/.installed-test ## mypy, strict
	$(BIN)/mypy

hooks: $(VENV)/.installed-test ## lint and types before every commit, with the versions of the lock
	$(BIN)/pre-commit install

audit: $(VENV)/.installed-test ## known vulnerabilities of the locked packages; needs a network that reaches such data
	$(BIN)/uv tool run pip-audit --requirement requirements.lock --require-hashes --disable-pip

versions: $(VENV)/.installed-test ## tests of what touches Prefect or Great Expectations with their oldest and newest allowed releases
	for releases in "$(OLDEST)" "--upgrade-package prefect --upgrade-package great-expectations"; do \
		rm -rf build/versions && $(PYTHON) -m venv build/versions && \
		$(BIN)/uv pip install --quiet --python build/versions/bin/python --no-deps --require-hashes --requirement requirements.lock && \
		$(BIN)/uv pip install --quiet --python build/versions/bin/python --no-build-isolation $$releases --editable . && \
		build/versions/bin/python -m pytest --quiet $(ORCHESTRATED) || exit 1; \
	done

docs: $(VENV)/.installed ## the generated pages of docs/, with answers from the seeds
	rm -rf build/docs build/notebook build/notebook-of-rules
	$(BIN)/broadsheet run --data-dir build/docs
	$(BIN)/python -m flows.docs build/docs/warehouse.duckdb

pictures: $(VENV)/.installed-test ## the README's pictures of the report, taken from the seeds with Chromium
	$(BIN)/python -m tests.report.pictures

lock: ## resolve the dependencies anew and write requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra test --extra dev --extra train --extra bucket --extra cluster --extra mcp --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --output-file requirements.lock

# The lock names every package, so nothing is left to resolve (and old pips resolve extras wrongly under hashes).
$(VENV)/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --no-deps --require-hashes --requirement requirements.lock
	$(INSTALL) --no-build-isolation --no-deps --editable .
	touch $@

# The lock holds the test tools too, so that one set of versions is what everybody runs.
$(VENV)/.installed-test: $(VENV)/.installed
	touch $@

clean: ## remove the environment, the data and everything built
	rm -rf $(VENV) data build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
