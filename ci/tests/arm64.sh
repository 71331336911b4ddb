#!/bin/sh
# SPDX-License-Identifier: MIT
# The reproducible core has the bits it had, those of the engine under MPI, and those of arm64; and
# has others when fused multiply-adds are taken apart, or made where nobody wrote them.
# usage: arm64.sh BUILD quick|full
set -u
BUILD=$1
tier=$2
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
jobs=$(nproc)

expect 0 '' make -j"$jobs" BUILD="$BUILD" core
core=$BUILD/core/scalar

# weights RANKS PRECISION NAME RECIPE...: what the engine trains has the hash of the core's weights.
weights() {
    ranks=$1
    precision=$2
    name=$3
    shift 3
    images=$core/images_$precision
    labels=$core/labels_$precision
    hash=$(sha256sum <"$core/weights_${name}_$precision" | cut -d ' ' -f 1)
    expect 0 "weights $hash" mpirun -n "$ranks" "$BUILD/assay-engine" train \
        --data "$images,test:$images" --labels "$labels,$labels" --precision "$precision" \
        --epochs 2 --batch 64 --block 16 --seed 1 "$@"
}
for precision in f32 f64; do
    weights 1 $precision gradient_descent --hidden none --optimizer gradient_descent --init glorot \
        --rate 0.1
    weights 2 $precision tanh_momentum --hidden 24 --activation tanh --optimizer momentum \
        --init glorot --rate 0.01 --momentum 0.9
    weights 3 $precision relu_adam --hidden 37,16 --activation relu --optimizer adam --init he \
        --rate 0.001
    weights 2 $precision normalized --hidden 37,16 --activation relu --optimizer adam --init he \
        --rate 0.001 --normalization batch
done

# differs FOLDER PART...: these parts have other bits there, and what is not multiplied the same.
differs() {
    there=$1
    shift
    for part in "$@"; do
        if [ -s "$there/$part" ] && ! cmp -s "$core/$part" "$there/$part"; then pass
        else fail "$part has the same bits in $there, which computes otherwise"; fi
    done
    for part in random_f32 images_f32 sums_f32; do
        same "$core/$part" "$there/$part"
    done
}

# A product and a sum, each rounded, in place of every fused multiply-add.
unfused=$BUILD/unfused
mkdir -p "$unfused" "$tmp/unfused" "$tmp/contracted"
printf '%s\n' '#!/bin/sh' 'exec gcc "-D__builtin_fma(a,b,c)=((a)*(b)+(c))" \' \
    '    "-D__builtin_fmaf(a,b,c)=((a)*(b)+(c))" "$@"' >"$unfused/cc"
chmod +x "$unfused/cc"
expect 0 '' make -j"$jobs" BUILD="$unfused" CC="$PWD/$unfused/cc" "$unfused/core/assay-core-f32"
expect 0 '' "$unfused/core/assay-core-f32" --vector-width scalar "$tmp/unfused"
differs "$tmp/unfused" matrix_product_small_f32 fused_multiply_add_f32 weights_relu_adam_f32

if ! command -v aarch64-linux-gnu-gcc >/dev/null || ! command -v qemu-aarch64 >/dev/null; then
    expect 2 'install gcc-aarch64-linux-gnu' env BUILD="$BUILD" sh ci/arm64.sh
    echo "arm64 itself is not tested: no cross-compiler or no qemu-user"
    finish arm64
    exit
fi
compilers=gcc
[ "$tier" = quick ] || compilers=all
expect 0 "128: $(wc -l <engine/core/hashes.txt) parts have the bits of" env BUILD="$BUILD" COMPILERS=$compilers sh ci/arm64.sh

# What compilers for arm64 do when nobody tells them not to.
expect 0 '' make -j"$jobs" BUILD="$BUILD/contracted" CC=aarch64-linux-gnu-gcc CONTRACT=fast \
    RUNNER=qemu-aarch64 "$BUILD/contracted/core/assay-core-f32"
expect 0 '' qemu-aarch64 "$BUILD/contracted/core/assay-core-f32" "$tmp/contracted"
differs "$tmp/contracted" weights_relu_adam_f32 weights_tanh_momentum_f32

if [ "$tier" = full ]; then
    # Every 1009th binary32 number through the elementary functions of arm64.
    expect 0 '' make -j"$jobs" BUILD="$BUILD/arm64" CC=aarch64-linux-gnu-gcc RUNNER=qemu-aarch64 \
        EVERY=1009 exhaustive
    [ "$(grep -c '4256658 inputs, 0 wrongly rounded' "$tmp/out")" -eq 9 ] && pass ||
        fail 'nine functions correctly rounded on arm64'
fi
finish arm64
