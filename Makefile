# The verbs people use. `make demo` and `make test` do all their own set-up.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo serve test check fix docs lock bench clean

BIN := .venv/bin
DEFINITIONS := pyproject.toml scripts/setup.sh requirements/base.txt

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/base.stamp ## A report in demo/ from a made-up programme and made-up records (LAB=employment for another lab)
	@$(BIN)/likeforlike demo$(if $(LAB), --lab $(LAB)) --out demo

serve: .venv/web.stamp ## The whole service with a made-up lab: website, worker, a link for each role
	@$(BIN)/likeforlike serve

test: check ## Every check and every test
	@$(BIN)/pytest -n 2 --dist loadfile

check: .venv/dev.stamp ## Style, types and layering
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: .venv/dev.stamp ## Put style right where a machine can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: .venv/base.stamp ## Write the generated parts of the documentation again
	@$(BIN)/python scripts/document.py

lock: ## Choose library versions again within pyproject.toml and requirements/*.in (needs uv)
	@sh scripts/lock.sh

bench: .venv/dev.stamp ## Measure what the project claims
	@set -e; for each in $$(grep -l __main__ bench/*.py); do $(BIN)/python "$$each"; done

clean: ## Remove all that make has made, the environment too
	@rm -rf .venv .peers demo serve build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/base.stamp: $(DEFINITIONS)
	@sh scripts/setup.sh base
	@touch $@

.venv/web.stamp: $(DEFINITIONS) requirements/web.txt
	@sh scripts/setup.sh web
	@touch .venv/base.stamp $@

.venv/dev.stamp: $(DEFINITIONS) requirements/dev.txt
	@sh scripts/setup.sh dev
	@touch .venv/base.stamp .venv/web.stamp $@
