#!/bin/sh
# Runs the snippets of the README on a converted samples/ and compares each answer with the one expected. A tool that is
# not installed is said to be skipped. Usage: docs/snippets/run.sh [path to yusuan]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
yusuan=${1:-$root/target/release/yusuan}
case $yusuan in /*) ;; *) yusuan=$(pwd)/$yusuan ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$yusuan" convert "$root/samples" -o out -q
failed=0

# The three bodies in the order of their “三公” expenditure, with the amounts in 万元.
check() {
  answer=$(tr -d '\n' < "$work/answer")
  case $answer in
    *渝北区*10.1*凉山*9.89*焦作*4.6*) echo "$1: ok" ;;
    *) echo "$1: WRONG"; cat "$work/answer"; failed=1 ;;
  esac
}

if python3 -c 'import duckdb' 2>/dev/null; then
  python3 -c 'import duckdb, sys; print(duckdb.sql(open(sys.argv[1]).read()))' "$here/three_public.sql" > answer
  check duckdb
elif command -v duckdb >/dev/null; then
  duckdb < "$here/three_public.sql" > answer && check duckdb
else
  echo "duckdb: SKIPPED, not installed"
fi
for tool in pandas polars; do
  if python3 -c "import $tool" 2>/dev/null; then
    python3 "$here/three_public_$tool.py" > answer && check "$tool"
  else
    echo "$tool: SKIPPED, not installed"
  fi
done
if command -v Rscript >/dev/null && Rscript -e 'library(arrow); library(dplyr)' >/dev/null 2>&1; then
  Rscript "$here/three_public.R" > answer && check R
else
  echo "R: SKIPPED, R with arrow and dplyr is not installed"
fi
if command -v frictionless >/dev/null; then
  frictionless validate out/datapackage.json > answer && echo "frictionless: ok" || { cat answer; failed=1; }
else
  echo "frictionless: SKIPPED, not installed"
fi
exit $failed
