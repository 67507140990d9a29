# `make help` lists the targets. Everything that needs more than a line stands in .ci/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?=
LAB_ARGS ?=
LOCK_ARGS ?=
CLAIMS_ARGS ?=
BENCH_ARGS ?=
export PYTHON

python := .venv/bin/python
lesson := notebooks/1-the-convolutional-classifier.ipynb

.PHONY: help setup setup-dev lab test test-long check lock data histories claims expected notebooks assignments golden screenshot bench bench-grading

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r target words; do \
		printf '  make %-12s %s\n' "$$target" "$$words"; done

setup:  ## make .venv and install the pinned requirements and the package (PYTHON=... picks one)
	@.ci/setup

setup-dev:  ## the same, and what the tests need
	@.ci/setup --dev

lab: setup  ## open lesson 1 in JupyterLab (LAB_ARGS="--no-browser --port=9000" are handed on)
	@exec $(python) -m jupyterlab $(lesson) $(LAB_ARGS)

test: setup-dev  ## run everything that CI checks
	@$(python) .ci/test.py

test-long: setup-dev  ## damage notebooks and kill the grader as often as takes minutes, with figures at the end
	@COURSETOOLS_LONG=1 $(python) -m pytest -q --color=no tests/grading/test_fuzz.py tests/grading/test_faults.py tests/grading/test_cluster_long.py

check: setup-dev  ## only lint: style, types, floors
	@$(python) .ci/test.py lint

lock:  ## resolve pyproject.toml into the two lock files and environment.yml (LOCK_ARGS=--upgrade; needs uv)
	@$(or $(PYTHON),python3) .ci/lock.py $(LOCK_ARGS)

data:  ## render the pictures that are missing (Blender, Python 3.11; hours for a whole set)
	@$(or $(PYTHON),python3) data/render/run.py lesson-pictures
	@$(or $(PYTHON),python3) data/render/run.py

histories: setup  ## train the stored histories and weights that are missing or stale (minutes each)
	@$(python) data/histories/make.py

claims: setup  ## measure what the lessons claim about data, into data/claims/README.md (minutes; CLAIMS_ARGS are handed on)
	@PYTHONPATH=data/histories $(python) data/claims/measure.py $(CLAIMS_ARGS)

expected: setup  ## capture the solutions' answers that checks compare with
	@$(python) .ci/expected.py

notebooks: setup-dev  ## run the notebooks and store their outputs
	@$(python) .ci/notebooks.py

assignments: setup-dev  ## make the assignments of other tools that tests read anew, with those tools
	@PYTHONPATH=tests $(python) -m grading.foreign.making

golden: setup-dev  ## store the pictures that figures are compared with anew
	@$(python) -m pytest -q tests/visual --renew-golden

screenshot: setup-dev  ## take the README's picture of lesson 1 in a real browser
	@PYTHONPATH=tests $(python) -m browser.screenshot

bench: setup-dev  ## run the benchmarks
	@$(python) -m pytest -q tests/benchmarks --benchmark-only

bench-grading: setup-dev  ## grade the same submissions with coursetools and with nbgrader (minutes; BENCH_ARGS are handed on)
	@PYTHONPATH=tests $(python) -m benchmarks.grading $(BENCH_ARGS)
