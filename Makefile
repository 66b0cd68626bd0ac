# Atiende. Targets: run, test, test-tsan, build, lint, bench, fuzz, soak, install, clean.
#
#   make run        serves the demo at http://127.0.0.1:8080 (PORT= and DATA= override); installs what is missing first
#   make test       every test, in a browser too; installs what is missing first
#   make test-tsan  the Swift tests under the thread sanitizer
#   make build      the release binary, .build/release/atiende
#   make lint       formatting, sizes, imports and the other rules that a program can check
#   make bench      the figures, each beside its limit or peer (wrk and nginx come from apt)
#   make fuzz       libFuzzer on every parser (RUNS= overrides the 10 million runs each)
#   make soak       five million connections, half of them rude, and 200 rounds of kill -9 (CONNECTIONS=, ROUNDS=)
#   make install    binary, Public, Templates and a systemd unit under PREFIX (default /usr/local), DESTDIR honoured
#   make clean      removes what was built

PORT ?= 8080
DATA ?= data
PREFIX ?= /usr/local
RUNS ?= 10000000
CONNECTIONS ?= 5000000
ROUNDS ?= 200

# The walls between targets are checked by the build.
BUILD = swift build --explicit-target-dependency-import-check error
RELEASE = $(BUILD) -c release --static-swift-stdlib
# A crash must end a test run, not wait for a debugger.
export SWIFT_BACKTRACE ?= enable=no

.PHONY: run test test-tsan build lint bench fuzz soak install clean need-build need-test need-bench

run: build
	.build/release/atiende serve --demo --data $(DATA) --listen 127.0.0.1:$(PORT)

build: need-build
	$(RELEASE) --product atiende

test: need-test
	$(BUILD) --build-tests
	swift test --skip-build
	$(RELEASE) --product atiende
	Tests/Browser/run.sh .build/release/atiende

test-tsan: need-build
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.supp swift test --sanitize=thread --scratch-path .build-tsan

lint:
	.ci/lint

bench: need-bench
	$(RELEASE) --product atiende
	$(RELEASE) --product atiende-bench
	.build/release/atiende-bench

fuzz: need-build
	Tests/Fuzz/run.sh $(RUNS)

soak: need-build
	$(RELEASE) --product atiende-bench
	.build/release/atiende-bench soak $(CONNECTIONS)
	.build/release/atiende-bench kill $(ROUNDS)

install: build
	install -D -m 755 .build/release/atiende $(DESTDIR)$(PREFIX)/bin/atiende
	install -d $(DESTDIR)$(PREFIX)/share/atiende $(DESTDIR)$(PREFIX)/lib/systemd/system
	cp -R Public Templates $(DESTDIR)$(PREFIX)/share/atiende/
	sed 's|@PREFIX@|$(PREFIX)|g' .install/atiende.service > $(DESTDIR)$(PREFIX)/lib/systemd/system/atiende.service

clean:
	rm -rf .build .build-*

need-build need-test need-bench:
	@.ci/need $(@:need-%=%)
