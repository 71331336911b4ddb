#!/bin/sh
# SPDX-License-Identifier: MIT
# The binary128 kernels must not touch double arithmetic: a conversion or a double function in the
# objects betrays a literal without its suffix or a function of the wrong precision. Only call.o,
# the boundary, converts. usage: symbols.sh BUILD
set -u
build=$1
passed=0
failed=0
forbidden='__trunctf(df|sf|xf)2|__extend(df|sf|xf)tf2|(exp|log|sqrt|pow|tanh|sin|cos|fma|fabs|expm1|log1p|floor)f?'

for object in $(find "$build/f128/reference" "$build/f128/suites" -name '*.o'); do
    case $object in
    */reference/call.o) continue ;;
    esac
    found=$(nm -u "$object" | awk '{print $NF}' | grep -xE "$forbidden")
    if [ -z "$found" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL: $object uses $(echo "$found" | tr '\n' ' ')"
    fi
done

# The check can fail: the binary64 kernels are full of what is forbidden here.
if nm -u "$build/f64/reference/activations/tanh.o" | awk '{print $NF}' | grep -qxE "$forbidden"; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
    echo "FAIL: the list of forbidden symbols does not even find those of the binary64 build"
fi
echo "symbols: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
