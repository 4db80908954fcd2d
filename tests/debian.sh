#!/bin/sh
# Succeeds where a command succeeds: tests/debian.sh PACKAGE COMMAND [WORD...]. On Debian, as root, the package that brings the
# command is installed first where it fails. Says what it installs and nothing else.
package=$1
shift
works() { "$@" >/dev/null 2>&1; }
get() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" >/dev/null 2>&1; }
works "$@" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing $package"
  get || { apt-get update >/dev/null 2>&1 && get; } || true
fi
works "$@"
