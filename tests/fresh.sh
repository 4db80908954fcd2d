#!/bin/sh
# README's commands on a clean clone, in their order, with git, make, Rust, cc and the system's own small tools alone.
#
#   tests/fresh.sh [FOLDER]    clones the commit that is checked out into FOLDER (by default a temporary one, removed at the end)
#   CARGO_HOME=/empty tests/fresh.sh    with nothing downloaded yet: needs the network once
#
# Ends with 0 when every command ended well; the one that did not is named.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -gt 0 ]; then
  work=$1
  mkdir -p "$work"
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

# Nothing else is on the path. A compiler finds its own parts by itself.
bin=$work/bin
mkdir -p "$bin"
needed="git make cargo rustc cc sh"
system="rustdoc as ld ar ranlib awk basename cat chmod cp cut date dirname echo env expr false find grep head id ln ls \
mkdir mktemp mv printf pwd readlink rm rmdir sed sleep sort tail tee test touch tr true uname uniq wc xargs"
find_in() {
  for folder in $2; do
    if [ -x "$folder/$1" ]; then echo "$folder/$1"; return; fi
  done
}
folders=$(echo "$PATH" | tr ':' ' ')
for name in $needed $system; do
  place=$(find_in "$name" "$folders")
  if [ -n "$place" ]; then
    ln -sf "$place" "$bin/$name"
  else
    case " $needed " in *" $name "*) echo "fresh: $name is not installed" >&2; exit 1 ;; esac
  fi
done

git clone --quiet "$root" "$work/yusuan"
cd "$work/yusuan"

# The lines of the shell in README, its comments left out.
awk '/^```/ { inside = ($0 == "```sh"); next } inside && NF && !/^#/' README.md > "$work/commands"

# What the review page would have saved, had nobody found anything.
echo "doc_id,table_id,row,col,printed,corrected,by,at,note" > corrections.csv

number=0
while IFS= read -r line; do
  number=$((number + 1))
  echo "fresh: $line"
  status=0
  env -i PATH="$bin" HOME="${HOME:-$work}" CARGO_HOME="${CARGO_HOME:-${HOME:-$work}/.cargo}" \
    ${RUSTUP_HOME:+RUSTUP_HOME="$RUSTUP_HOME"} sh -c "$line" < /dev/null || status=$?
  # A check that does not hold is 3: some samples print such sums.
  case "$status $line" in
    "0 "* | "3 "*"yusuan check"*) ;;
    *) echo "fresh: ended with $status: $line" >&2; exit 1 ;;
  esac
done < "$work/commands"

for file in overview.xlsx facts.csv facts.parquet panel.csv yusuan.sqlite review/index.html; do
  test -s "out/$file" || { echo "fresh: out/$file is not there at the end" >&2; exit 1; }
done
echo "fresh: all $number commands of README ended well"
