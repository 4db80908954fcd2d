#!/bin/sh
# run.sh SECONDS: every target for so long, with the compiler that is there (cargo-fuzz wants a nightly one for its address
# sanitizer, which safe code has little use for). What stops a target is kept in artifacts/; exit status 1 then.
set -eu
cd "$(dirname "$0")"
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
# One target triple, so that build scripts and macros are built without the coverage.
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="--cfg fuzzing -Cdebug-assertions $(echo $coverage)" cargo build --release --target "$host"
mkdir -p artifacts
failed=0
for target in pdf ofd sheet flow number_format header; do
  # The past failures are no seeds: each takes seconds by design. Plain tests read them.
  seeds="seeds/$target"
  case "$target" in sheet | flow) seeds=../tests/fixtures ;; esac
  mkdir -p "corpus/$target" "$seeds"
  "${CARGO_TARGET_DIR:-target}/$host/release/$target" "corpus/$target" "$seeds" \
    -max_total_time="$1" -timeout=25 -rss_limit_mb=2048 -artifact_prefix=artifacts/$target- -print_final_stats=1 \
    >"artifacts/$target.log" 2>&1 || { echo "$target: FAILED, see artifacts/$target.log"; failed=1; }
  grep -E "stat::number_of_executed_units|stat::peak_rss_mb" "artifacts/$target.log" | sed "s/^/$target: /"
done
exit $failed
