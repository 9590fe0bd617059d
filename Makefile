# What a person types. The work is in bin/, which CI calls too.
.DEFAULT_GOAL := help
.PHONY: help run test test-faults test-schedules test-operations test-libretranslate check bench bench-load checks-report demo screenshots messages openapi lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up what is needed and run a whole desk; Ctrl-C stops it
	@bin/setup runtime
	@exec .venv/bin/perstolk run

test: ## Set up what is needed, check, and run the tests; with CI=true nothing may be skipped
	@bin/test

test-faults: ## Let the desk suffer every fault that it must survive, and print the table
	@bin/test-faults

test-schedules: ## Run a hundred random schedules of faults over whole journeys (half an hour)
	@FAULTS_SCHEDULES=100 bin/test-faults tests/faults/test_schedules.py

test-operations: ## Take 2,000 random steps over the operations, and look for the planted faults
	@FAULTS_STEPS=2000 bin/test-faults tests/faults/test_operations.py

test-libretranslate: ## Run the tests that talk to the real LibreTranslate server (600 MB once, no model is fetched)
	@bin/test-libretranslate

check: ## Lint, types and the floors
	@bin/setup dev
	@bin/check

bench: ## Measure, and write benchmarks/results.md
	@bin/setup dev
	@.venv/bin/python -m benchmarks

bench-load: ## Put a desk under load and write benchmarks/load/results.md; smaller with LOAD_RELEASES=40 and so on
	@bin/setup dev
	@.venv/bin/python -m benchmarks.load

checks-report: ## Plant errors in real translations and see what the checks find
	@bin/setup dev
	@.venv/bin/python -m benchmarks.checks

demo: ## Run a desk in a fresh temporary directory, with an account per role and a sample release
	@bin/setup dev
	@exec .venv/bin/python -m tests.demo

screenshots: ## Take four pictures of each page: on a desktop and on a narrow screen, light and dark
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
