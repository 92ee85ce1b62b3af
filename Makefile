# hytenlp: set-up happens by itself, once, and again only when the dependencies change.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
COMPILED := $(VENV)/.compiled
SLOW   := $(VENV)/.slow
OUT    ?= out
CARD   := corpus/cards/kuusilampi-2024.txt
FAIL_ON ?= aukko

.DEFAULT_GOAL := help
.PHONY: help run test test-batch lint format classify coverage report browser translations check-coverage check-corpus train evaluate compare fast slow bench quality fuzz wheel clean

help: ## Show this help
	@echo "make run                       set up, classify an example card, show its coverage (results in $(OUT)/)"
	@echo "make test                      run the tests"
	@echo "make test-batch                batches against one by one on the whole corpus"
	@echo "make lint                      ruff, mypy and the vocabulary check"
	@echo "make classify INPUT=… OUT=…    classify cards or tables: files, folders or globs"
	@echo "make coverage INPUT=…          show which concerns have no matching action"
	@echo "make report INPUT=… OUT=…      write the coordinator's page: one HTML file"
	@echo "make check-coverage INPUT=…    the same as a CI gate: fails on a gap (FAIL_ON=aukko|suunniteltu|osittain)"
	@echo "make train                     train the model on corpus/ (models/model.npz, models/metrics.json)"
	@echo "make evaluate                  honest figures of the model on the test part"
	@echo "make check-corpus              the lint of the labelled corpus"
	@echo "make translations              update and compile the report's Swedish and English texts"
	@echo "make compare                   what each kind of feature is worth, with intervals over hands"
	@echo "make quality                   figures on words and on labelled texts"
	@echo "make slow                      take the compiled modules away and do without, as while changing them (make fast: compile)"
	@echo "make bench                     speed and memory against the budgets, beside peers, against size (tests/benchmarks/README.md)"
	@echo "make fuzz                      read 21,000 damaged tables and 21,000 documents: each is read or refused in one line"
	@echo "make wheel                     build the wheel"
	@echo "make clean                     remove what was built"

$(READY): pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=…)"; exit 2; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip==26.1
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c .ci/constraints.txt -e '.[parquet]' --group dev
	@touch $@

run: $(COMPILED)
	@mkdir -p $(OUT)
	@$(BIN)/hytenlp classify $(CARD) -o $(OUT)/classification.csv
	@$(BIN)/hytenlp coverage $(CARD) --format markdown -o $(OUT)/coverage.md
	@$(BIN)/hytenlp coverage $(CARD)
	@$(BIN)/hytenlp report $(CARD) -o $(OUT)/report.html
	@echo "Written: $(OUT)/classification.csv, $(OUT)/coverage.md, $(OUT)/report.html"

test: $(COMPILED) browser
	@$(BIN)/python -m pytest

test-batch: $(COMPILED)
	@HYTENLP_WHOLE=1 $(BIN)/python -m pytest tests/batch

# The report is tested in a real browser. Where none is and none can be installed, those tests say so and are skipped (in CI they fail).
browser:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing chromium …" && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  echo "No chromium: the report is not tested in a browser."

CATALOGUES := src/hytenlp/output/report/translations
translations: $(READY)
	@mkdir -p $(OUT)
	@cd src/hytenlp/output && ../../../$(BIN)/pybabel -q extract -F report/translations/babel.cfg -k marked -k count:1,2 --no-location \
	  --omit-header -o ../../../$(OUT)/report.pot .
	@$(BIN)/pybabel -q update -D report -i $(OUT)/report.pot -d $(CATALOGUES) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120
	@sed -i '/^"\(Project-Id\|Report-Msgid\|POT-\|PO-Revision\|Last-\|Language-Team\|Generated\)/d' $(CATALOGUES)/*/LC_MESSAGES/report.po
	@$(BIN)/pybabel -q compile -D report -d $(CATALOGUES) --statistics

report: $(COMPILED) require-input
	@$(BIN)/hytenlp report $(INPUT) -o $(if $(filter %.html,$(OUT)),$(OUT),$(OUT)/report.html)

lint: $(READY)
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check src tests
	@$(BIN)/mypy
	@$(BIN)/hytenlp vocabulary check
	@$(BIN)/python -m hytenlp.classification.check corpus

format: $(READY)
	@$(BIN)/ruff check --fix src tests
	@$(BIN)/ruff format src tests

classify: $(COMPILED) require-input
	@$(BIN)/hytenlp classify $(INPUT) -o $(if $(filter %.csv %.jsonl %.xlsx %.parquet,$(OUT)),$(OUT),$(OUT)/classification.csv)

coverage: $(COMPILED) require-input
	@$(BIN)/hytenlp coverage $(INPUT)

check-coverage: $(COMPILED) require-input
	@$(BIN)/hytenlp coverage $(INPUT) --fail-on $(FAIL_ON)

.PHONY: require-input
require-input:
	@test -n "$(INPUT)" || { echo "Name the input: make $(firstword $(MAKECMDGOALS)) INPUT=card.txt"; exit 2; }

train: $(COMPILED)
	@$(BIN)/hytenlp train corpus -o models

evaluate: $(COMPILED)
	@$(BIN)/hytenlp evaluate --part test

check-corpus: $(READY)
	@$(BIN)/python -m hytenlp.classification.check corpus

compare: $(COMPILED)
	@$(BIN)/python tests/benchmarks/compare.py

quality: $(COMPILED)
	@$(BIN)/python tests/benchmarks/quality.py

# The modules in which the time goes. Compiled they lie beside their sources and go before them; hytenlp removes them when a source is newer.
HOT := engine records finnish/tokens finnish/tokenizer finnish/transducer finnish/words vocabulary/matcher vocabulary/sentences \
  vocabulary/absence vocabulary/context vocabulary/names vocabulary/status vocabulary/subjects vocabulary/things vocabulary/wares \
  classification/features classification/scoring classification/decision classification/interpretation classification/model classification/scores
$(COMPILED): $(READY) $(HOT:%=src/hytenlp/%.py)
	@test -e $(SLOW) || $(MAKE) --no-print-directory fast 2>/dev/null || true
	@touch $@

fast: $(READY)
	@find src -name '*.so' -delete
	@echo "Compiling (a minute; make slow does without) …"
	@cd src && MYPYC_DEBUG_LEVEL=0 ../$(BIN)/mypyc --config-file=../pyproject.toml --cache-dir=../.mypy_cache $(HOT:%=hytenlp/%.py) >../$(VENV)/compiling.log 2>&1 || \
	  { find . -name '*.so' -delete; tail -1 ../$(VENV)/compiling.log; \
	    echo "Not compiled: a C compiler and Python's headers are needed (all it said: $(VENV)/compiling.log). hytenlp does the same, half as fast."; exit 2; }
	@rm -rf src/build $(SLOW)
	@touch $(COMPILED)

slow: $(READY)
	@find src -name '*.so' -delete
	@touch $(SLOW)

bench: $(COMPILED)
	@$(BIN)/python tests/benchmarks/speed.py
	@$(BIN)/python tests/benchmarks/tables.py
	@$(BIN)/python tests/benchmarks/compare_speed.py

fuzz: $(COMPILED)
	@$(BIN)/python tests/fuzz_tables.py
	@$(BIN)/python tests/cards/fuzz.py

wheel: $(READY)
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps -w dist .

clean:
	@find src -name '*.so' -delete
	@rm -rf $(VENV) $(OUT) dist build src/build .pytest_cache .mypy_cache .ruff_cache .hypothesis
