# Targets of corpus. Everything is static Go: no cgo, and -tags purego so that
# every processor writes the same bytes.
SHELL := /bin/bash
GO ?= go
TAGS := purego
PACKAGES := ./...
export CGO_ENABLED := 0

BUILD := $(GO) build -trimpath -tags $(TAGS) -ldflags "-s -w"

.DEFAULT_GOAL := help

## help: list the targets
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST) | awk -F': ' '{printf "  %-12s %s\n", $$1, $$2}'

## build: the command, as bin/corpus
build:
	@mkdir -p bin
	$(BUILD) -o bin/corpus ./cmd/corpus

## demo: build the corpus of examples/ into examples/dist and look at it
demo: build
	@.ci/demo

## test: all tests of the code (under five minutes)
test:
	$(GO) vet -tags $(TAGS) $(PACKAGES)
	$(GO) test -tags $(TAGS) $(PACKAGES)

## lint: gofmt, go vet, staticcheck and the rules of the folders
lint:
	@test -z "$$(gofmt -l . | tee /dev/stderr)" || { echo "gofmt would change these files"; exit 1; }
	$(GO) vet -tags $(TAGS) $(PACKAGES)
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 -tags $(TAGS) $(PACKAGES)

## bench: Go benchmarks of every stage, then whole builds of BENCH documents
BENCH ?= 1000 10000 100000
bench: build
	$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchmem $(PACKAGES)
	@.ci/bench $(BENCH)
	@.ci/bench-warc || [ $$? -eq 77 ]
	@.ci/bench-extract || [ $$? -eq 77 ]

## fuzz: every fuzz target for FUZZTIME (default 10s) each
FUZZTIME ?= 10s
fuzz:
	@.ci/fuzz $(FUZZTIME)

## eval: score extraction on the annotated pages, where they are, against .ci/eval-floors.json
eval:
	@.ci/eval

## interop: load the demo with pyarrow, pandas, datasets, Polars and DuckDB; samples against other readers; takedowns
interop: build
	@.ci/interop
	@.ci/releases
	@.ci/takedown
	@.ci/samples

## docs: write the generated pages again (command reference, data dictionary)
docs:
	$(GO) test -tags $(TAGS) ./cmd/corpus ./schema -run 'CommandDocs|Dictionary' -update

.PHONY: help build demo test lint bench fuzz eval interop docs
