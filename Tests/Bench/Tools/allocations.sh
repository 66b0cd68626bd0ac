#!/bin/sh
# Runs `PROGRAM allocations` with every taking of memory counted; the compiler is the one that comes with Swift.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
library=$(mktemp /tmp/atiende-allocations-XXXXXX)
trap 'rm -f "$library"' EXIT
clang -shared -fPIC -O1 -o "$library" "$here/allocations.c"
LD_PRELOAD="$library" "$1" allocations
