# Every target calls swift and ruledex only; what the system lacks, setup installs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

PACKAGES := libxml2-dev libyaml-dev libcmark-dev zlib1g-dev pkg-config
# What the tests need beside them: a validator of JSON Schemas, and a browser.
TEST_PACKAGES := python3-jsonschema chromium
RULEDEX := .build/release/ruledex
CATALOGUE := --config catalog/ruledex.yml -o site

.PHONY: setup setup-tests build test site golden format check bench

setup:
	@missing=$$({ dpkg-query -W -f '$${Package} $${Status}\n' $(PACKAGES) 2>/dev/null || true; } | awk '/ok installed/ {print $$1}' | sort | comm -13 - <(printf '%s\n' $(PACKAGES) | sort)); \
	if [ -n "$$missing" ]; then \
	  echo "Installing" $$missing; \
	  if [ $$(id -u) = 0 ]; then as=; else as=sudo; fi; \
	  $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

setup-tests:
	@$(MAKE) -s setup PACKAGES="$(PACKAGES) $(TEST_PACKAGES)"

build: setup
	swift build -c release --product ruledex

# The example catalogue's site: catalog/ to site/.
site: build
	$(RULEDEX) build $(CATALOGUE)

test: setup-tests
	swift build --build-tests
	swift test --skip-build --disable-xctest

# Writes anew what tests compare with: read the diff before you commit it.
golden: site

format:
	swift format --in-place --recursive Package.swift Sources Tests

# What CI runs: layout, tests, and that site/ is current.
check: test build
	swift format lint --strict --recursive Package.swift Sources Tests
	$(RULEDEX) build $(CATALOGUE) --check

# The speed table of the README.
bench: build
	Benchmarks/run $(RULEDEX)
