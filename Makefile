# report and test are all that a reader needs; the rest is for those who write.
PYTHON ?= python3
BIN := .venv/bin
STUDY ?= central-asia

.PHONY: report test install lint check lock docs bench clean

report: install
	$(BIN)/chaikhana report $(STUDY) -o $(STUDY).html
	@echo "Your report: $(CURDIR)/$(STUDY).html"
	@if [ -z "$$CI" ] && [ -z "$$CHAIKHANA_NO_OPEN" ]; then $(BIN)/python -m webbrowser -t "file://$(CURDIR)/$(STUDY).html" >/dev/null 2>&1 || true; fi

test: install
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pytest -n auto --dist worksteal

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "chaikhana needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) --version`. Name another: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot make a virtual environment here. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lint: install
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: install
	$(BIN)/chaikhana study format > docs/study-format.md
	$(BIN)/chaikhana sources describe > docs/datasets.md
	$(BIN)/chaikhana classify --describe > docs/frameworks.md
	$(BIN)/chaikhana compare --describe > docs/comparisons.md
	$(BIN)/chaikhana claims describe > docs/claims.md
	$(BIN)/chaikhana claims describe -o docs/replications
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python docs/_ext/reference.py
	$(BIN)/sphinx-build -E -W --keep-going -q -b html docs docs/_build/html
	@echo "The book: $(CURDIR)/docs/_build/html/index.html"

bench: install
	@for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

# The lock files hold versions and hashes alone, so that pip and uv both read them from whichever index they are set to.
lock:
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile pyproject.toml --extra build --group dev --universal --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache $(STUDY).html
