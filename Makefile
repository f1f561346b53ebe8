# make            build everything in release (installs missing Debian packages first)
# make run        train the networks of notebooks/mnist.lnb and write report.md
# make test       build and run the tests, on the same products
# make golden     run every notebook and compare it with the report beside it (minutes)
# make lessons    prove the checks of every lesson: solutions pass, what is not done does not, tries end as stated
# make kill       kill the worker at 200 moments: the report is whole each time (two minutes)
# make oracle     write the golden files of Tests/OracleTests anew, with NumPy
# make reference  print the reference, the grammar and the cheat sheet anew, from their tables
# make bench      Lepton beside its peers, as ratios
# make fuzz       SECONDS=60: try inputs that nobody wrote, half of them written, half of them guided
# make format     rewrite the sources, Swift and Lepton, in the house's layout;  make lint  only checks it
# make install    PREFIX=/usr/local;  make uninstall

PREFIX  ?= /usr/local
DESTDIR ?=
SECONDS ?= 60
COUNT   ?=

# Libraries Lepton links, by their Debian names. Sources/README.md says what each is for.
PACKAGES := libreadline-dev libopenblas-dev libpng-dev libturbojpeg0-dev libsndfile1-dev zlib1g-dev libsodium-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libcurl4-openssl-dev

# One set of flags for building and testing, so that both use the same products.
FLAGS    := -c release --explicit-target-dependency-import-check error
BIN      := .build/release
PROGRAMS := lepton-run lepton-repl
COMPLETIONS := bash-completion/completions zsh/site-functions fish/vendor_completions.d
SOURCES  := Package.swift Sources Tests
LEPTON   := $(wildcard stdlib/*.lep notebooks/*.lnb notebooks/*/*.lnb)

.PHONY: build run test golden lessons kill reference oracle bench fuzz format lint install uninstall clean dependencies

build: dependencies
	swift build $(FLAGS)

run: build
	$(BIN)/lepton-run notebooks/mnist.lnb --results results.json > report.md
	@echo "The report is in $(CURDIR)/report.md, its pictures beside it, the numbers in results.json."

# As in the worker, which sets it itself: products share the threads of the engine.
test golden kill reference: export OPENBLAS_NUM_THREADS = 1

test: dependencies
	swift build $(FLAGS)
	swift test $(FLAGS) --disable-testable-imports

golden: build
	LEPTON_GOLDEN=all swift test $(FLAGS) --disable-testable-imports --filter GoldenTests

lessons: build
	@for lesson in notebooks/lessons/*.lnb; do $(BIN)/lepton-run selftest -q $$lesson || exit 1; done

kill: build
	LEPTON_KILLS=200 swift test $(FLAGS) --disable-testable-imports --filter Kills

ORACLE := Tests/OracleTests/generate
PYTHON := .build/oracle/bin/python

oracle: $(PYTHON)
	$(PYTHON) $(ORACLE)

$(PYTHON): $(ORACLE)/requirements.txt
	python3 -m venv .build/oracle
	$(PYTHON) -m pip install -q -r $<
	@touch $@

reference: build
	UPDATE_GOLDEN=1 swift test $(FLAGS) --disable-testable-imports --filter PrintedPagesTests

bench: build
	Tests/Benchmarks/run

fuzz: dependencies
	Tests/Fuzz/run $(SECONDS) $(COUNT)

format:
	swift format format --in-place --parallel --recursive $(SOURCES)
	@if [ -x $(BIN)/lepton-run ]; then $(BIN)/lepton-run fmt $(LEPTON); else echo "make first, to format what is Lepton"; fi

# 1 says that a file is not formatted; whatever else may be wrong, the build and the tests tell.
lint:
	swift format lint --strict --parallel --recursive $(SOURCES)
	@[ ! -x $(BIN)/lepton-run ] || $(BIN)/lepton-run fmt --check $(LEPTON) || \
	  { [ $$? != 1 ] || { echo "not formatted: run make format"; exit 1; }; }

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/lepton $(DESTDIR)$(PREFIX)/share/lepton
	install -m 755 $(PROGRAMS:%=$(BIN)/%) $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BIN)/lepton-worker $(DESTDIR)$(PREFIX)/libexec/lepton
	cp -R notebooks/data notebooks/lessons $(DESTDIR)$(PREFIX)/share/lepton/
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(COMPLETIONS:%=$(DESTDIR)$(PREFIX)/share/%)
	$(BIN)/lepton-run help man > $(DESTDIR)$(PREFIX)/share/man/man1/lepton-run.1
	$(BIN)/lepton-run --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lepton-run
	$(BIN)/lepton-run --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lepton-run
	$(BIN)/lepton-run --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/lepton-run.fish

uninstall:
	rm -f $(PROGRAMS:%=$(DESTDIR)$(PREFIX)/bin/%)
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/lepton-run.1
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lepton-run $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lepton-run
	rm -f $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/lepton-run.fish
	rm -rf $(DESTDIR)$(PREFIX)/libexec/lepton $(DESTDIR)$(PREFIX)/share/lepton

clean:
	swift package clean

# Installs what is missing where it may; otherwise says what to install and stops.
dependencies:
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root=sudo; \
	else printf 'Lepton needs these Debian packages:\n\n    sudo apt-get install%s\n\n' "$$missing" >&2; exit 1; fi; \
	echo "Installing$$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$as_root apt-get install -y -qq $$missing >/dev/null || \
	  { $$as_root apt-get update -qq && $$as_root apt-get install -y -qq $$missing >/dev/null; }
