#!/bin/sh
# SPDX-License-Identifier: MIT
# What takes minutes: all goldens again, all forks, all bits, and every binary32 number through every elementary function.
# usage: long.sh BUILD
set -u
BUILD=$1
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
try() {
    what=$1
    shift
    if timeout 3000 "$@" >"$tmp/out" 2>"$tmp/err"; then pass; else fail "$what"; fi
}
try 'goldens regenerate byte for byte' make BUILD="$BUILD" golden
try 'every fork killed, every twin passed' "$BUILD/assay" kill
try 'the table of bits, in full' "$BUILD/assay-bench" bits --folder "$tmp"
try 'elementary functions over all binary32 numbers' make BUILD="$BUILD" exhaustive
[ "$(grep -c ' 4294967296 inputs, 0 wrongly rounded' "$tmp/out")" -eq 9 ] && pass ||
    fail 'nine functions, correctly rounded for all inputs'
finish long
