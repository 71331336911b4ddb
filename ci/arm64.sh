#!/bin/sh
# SPDX-License-Identifier: MIT
# The same bits on x86-64 and arm64: the reproducible core is compiled for both, run in every vector
# width, for arm64 under qemu-user, and compared. Called by `make arm64`.
# BUILD=build COMPILERS=all CC=gcc   COMPILERS=gcc: not by clang too
# Exit status: 0 the same bits, 1 not, 2 a tool is missing.
set -u
BUILD=${BUILD:-build}
cross=aarch64-linux-gnu-gcc
cd "$(dirname "$0")/.." || exit 2
# Of the make that called this; other compilers, other folders.
unset MAKEFLAGS MFLAGS MAKELEVEL

for tool in $cross qemu-aarch64; do
    command -v $tool >/dev/null 2>&1 || {
        echo "make arm64: $tool is missing; install gcc-aarch64-linux-gnu, libc6-dev-arm64-cross" \
            "and qemu-user (or run 'make core' on an arm64 machine)" >&2
        exit 2
    }
done

# core WHAT ARGUMENTS...: by one compiler, in all of its vector widths.
core() {
    echo "$1:"
    shift
    make --no-print-directory -j"$(nproc)" core "$@"
}

status=0
reference=$BUILD/core/scalar.txt
core "this machine, ${CC:=gcc} $($CC -dumpmachine)" CC="$CC" BUILD="$BUILD" || exit 1
core "arm64, gcc" CC=$cross BUILD="$BUILD/arm64" RUNNER=qemu-aarch64 CORE_HASHES="$reference" ||
    status=1
clang="clang --target=aarch64-linux-gnu"
if [ "${COMPILERS:-all}" = all ] && echo 'int main(void) { return 0; }' |
    $clang -static -x c - -o "$BUILD/arm64/probe" 2>/dev/null; then
    core "arm64, clang" CC="$clang" BUILD="$BUILD/arm64-clang" RUNNER=qemu-aarch64 \
        CORE_HASHES="$reference" || status=1
fi
exit $status
