# What a person types. The work is in bin/, which CI calls too.
.DEFAULT_GOAL := help
.PHONY: help run test test-libretranslate check bench checks-report demo screenshots messages openapi lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up what is needed and run a whole desk; Ctrl-C stops it
	@bin/setup runtime
	@exec .venv/bin/perstolk run

test: ## Set up what is needed, check, and run the tests; with CI=true nothing may be skipped
	@bin/test

test-libretranslate: ## Run the tests that talk to the real LibreTranslate server (600 MB once, no model is fetched)
	@bin/test-libretranslate

check: ## Lint, types and the floors
	@bin/setup dev
	@bin/check

bench: ## Measure, and write benchmarks/results.md
	@bin/setup dev
	@.venv/bin/python -m benchmarks

checks-report: ## Plant errors in real translations and see what the checks find
	@bin/setup dev
	@.venv/bin/python -m benchmarks.checks

demo: ## Run a desk in a fresh temporary directory, with an account per role and a sample release
	@bin/setup dev
	@exec .venv/bin/python -m tests.demo

screenshots: ## Take a picture of each page
	@bin/setup dev
	@.venv/bin/python -m tests.browser.screenshots

messages: ## Bring the pages' catalogs in step with the code
	@bin/setup dev
	@bin/messages

openapi: ## Write docs/openapi.json anew
	@bin/setup dev
	@.venv/bin/python -m service.api.document > docs/openapi.json

lock: ## Write the locks anew from pyproject.toml; bin/lock --upgrade moves the pins
	@bin/lock
