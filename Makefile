# What each target does is said in the README. Every target sets up what it needs first.
PYTHON ?= python3
BIN := .venv/bin
DEBIAN := chromium libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# Two test processes that each start several BLAS threads stand in each other's way.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

.PHONY: setup demo test check long serve bench measure

setup: .venv/.ready matchmaker/web/static/vendor/.ready
	@{ command -v chromium && $(BIN)/python -c 'import weasyprint'; } >/dev/null 2>&1 \
	  || { test "$$(id -u)" = 0 && { apt-get update && apt-get install -y --no-install-recommends $(DEBIAN); } >/dev/null 2>&1; } \
	  || echo "Not installed: $(DEBIAN) (Debian). PDF files need Pango, the browser journeys Chromium."

# The style sheet and fonts of the pages, cut to what they use; part of the wheel, not of git.
matchmaker/web/static/vendor/.ready: package-lock.json matchmaker/web/assembling.py .venv/.ready
	@if command -v npm >/dev/null; then \
	  npm ci --ignore-scripts --no-audit --no-fund --silent \
	    && $(BIN)/python -m matchmaker.web.assembling node_modules && touch $@; \
	else echo "npm is missing (Node 18 or newer); without it pages have no style sheet."; fi

.venv/.ready: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import torch' 2>/dev/null \
	  || ! $(BIN)/pip install --quiet --dry-run --report - torch==2.13.0 2>/dev/null | grep -q '"name": "nvidia-' \
	  || { echo "The package index offers torch 2.13.0 with CUDA, which is gigabytes and not needed."; \
	       echo "See 'Installing the CPU build of torch' in the README, then run make again."; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
	@echo "Set up in .venv"

demo: setup
	@$(BIN)/matchmaker demo --folder var/demo

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest -n 2

# The same properties on many more random regions and inputs: hours rather than minutes.
long: setup
	MATCHMAKER_LONG=1 $(BIN)/python -m pytest -n 2

serve: setup
ifeq ($(MATCHMAKER_DATABASE_URL)$(MATCHMAKER_CONFIG),)
	@test -f var/demo/demo.sqlite || $(BIN)/matchmaker demo --folder var/demo >/dev/null
	@$(BIN)/matchmaker serve --demo var/demo
else
	@$(BIN)/matchmaker serve
endif

bench: setup
	@mkdir -p var/bench
	$(BIN)/matchmaker bench request --startups 2000 --needs 200 --json | tee var/bench/request.json
	$(BIN)/matchmaker bench pages --startups 5000 --needs 50 --json | tee var/bench/pages.json

measure: setup
	$(BIN)/matchmaker measure ../shared/data --out docs/measured
	$(BIN)/jupyter-execute --inplace notebooks/*.ipynb
