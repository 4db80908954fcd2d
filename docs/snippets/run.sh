#!/bin/sh
# Takes the snippets out of README.md and docs/r.md, runs each on a converted samples/ with one document published twice, and compares the
# answers with those expected. A tool that is not installed is said to be off. Usage: docs/snippets/run.sh [path to yusuan]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
yusuan=${1:-$root/target/release/yusuan}
case $yusuan in /*) ;; *) yusuan=$(pwd)/$yusuan ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir in
cp "$root"/samples/*.pdf "$root"/samples/*.xls* in/
# The same budget published again: a line break behind its end changes nothing but the file's hash.
for file in in/*渝北区*.pdf; do
  { cat "$file"; echo; } > "${file%.pdf}-重新公布.pdf"
done
"$yusuan" convert in -o out -q
"$yusuan" export out --format sqlite -q
failed=0

# Code between fences: 1.sql, 2.pandas, 3.polars, 4.r, 5.sql, in the order of the README.
awk '
  /^```(sql|python|r)$/ { kind = substr($0, 4); code = ""; inside = 1; next }
  /^```$/ && inside {
    inside = 0
    # The module itself is tried by `make test-python`.
    if (code ~ /import yusuan/) next
    if (kind == "python") kind = code ~ /import pandas/ ? "pandas" : "polars"
    count++
    file = count "." kind
    printf "%s", code > file
    close(file)
    next
  }
  inside { code = code $0 "\n" }
' "$root/README.md"
names=$(ls -- *.sql *.pandas *.polars *.r | sort | tr '\n' ' ')
if [ "$names" != "1.sql 2.pandas 3.polars 4.r 5.sql " ]; then
  echo "README.md holds other snippets than this script knows: $names"
  exit 1
fi

# R's of docs/r.md, each named by its package.
awk '
  /^```r$/ { code = ""; inside = 1; next }
  /^```$/ && inside { inside = 0; printf "%s", code > (name ".of-r"); close(name ".of-r"); next }
  inside && code == "" { name = $0; gsub(/library\(|\).*/, "", name) }
  inside { code = code $0 "\n" }
' "$root/docs/r.md"
packages=$(LC_ALL=C ls -- *.of-r | tr '\n' ' ')
if [ "$packages" != "RSQLite.of-r arrow.of-r dbplyr.of-r duckdb.of-r reticulate.of-r " ]; then
  echo "docs/r.md holds other snippets than this script knows: $packages"
  exit 1
fi

# The answer to a snippet: each body once, in the order of the amounts in 万元.
check() {
  answer=$(tr -d '\n' < answer)
  twice=$(printf %s "$answer" | grep -o "$3" | wc -l)
  case $answer in
    $2) [ "$twice" -eq 1 ] && echo "$1: ok" && return ;;
  esac
  echo "$1: WRONG"
  cat answer
  failed=1
}
ranking='*渝北区*10.1*凉山*9.89*焦作*4.6*'
sums='*410800-科学技术协会*572.49*513400-*570.41*411200-*315.4*500112-科学技术协会*305*'

if python3 -c 'import duckdb' 2>/dev/null; then
  sql() { python3 -c 'import duckdb, sys; print(duckdb.sql(open(sys.argv[1]).read()))' "$1" > answer; }
elif command -v duckdb >/dev/null; then
  sql() { duckdb < "$1" > answer; }
else
  sql() { return 1; }
  echo "duckdb: OFF, not installed (pip install duckdb)"
fi
if sql 1.sql; then check "duckdb, ranking" "$ranking" 渝北区科学技术协会; fi
if sql 5.sql; then check "duckdb, sums" "$sums" 500112-科学技术协会; fi
for tool in 2.pandas 3.polars; do
  name=${tool#*.}
  if python3 -c "import $name" 2>/dev/null; then
    python3 "$tool" > answer && check "$name" "$ranking" 渝北区科学技术协会
  else
    echo "$name: OFF, not installed (pip install $name)"
  fi
done
if command -v Rscript >/dev/null; then
  LC_ALL=C.UTF-8 Rscript 4.r > answer && check R "$ranking" 渝北区科学技术协会
  # Python as the snippets above have it, whatever R would look for.
  RETICULATE_PYTHON=${RETICULATE_PYTHON:-$(command -v python3 || true)}
  export RETICULATE_PYTHON
  for package in RSQLite dbplyr reticulate duckdb arrow; do
    needed="library($package)"
    case $package in
      arrow) needed="$needed; library(dplyr)" ;;
      dbplyr) needed="$needed; library(dplyr); library(RSQLite)" ;;
      reticulate) needed="$needed; stopifnot(py_module_available('duckdb'))" ;;
    esac
    if Rscript -e "$needed" >/dev/null 2>&1; then
      LC_ALL=C.UTF-8 Rscript "$package.of-r" > answer && check "R, $package" "$ranking" 渝北区科学技术协会
    else
      echo "R, $package: OFF, not installed (see docs/r.md)"
    fi
  done
else
  echo "R: OFF, not installed (Debian: apt-get install r-base-core)"
fi
if command -v frictionless >/dev/null; then
  if frictionless validate out/datapackage.json > answer; then
    echo "frictionless: ok"
  else
    cat answer
    failed=1
  fi
else
  echo "frictionless: OFF, not installed (pip install frictionless)"
fi
exit $failed
