#!/bin/sh
# SPDX-License-Identifier: MIT
# Compares regenerated goldens with those of data/, or puts them there. usage: golden.sh NEW [1]
set -u
new=$1
confirm=${2:-}
differ=0
for file in $(cd "$new" && find . -name '*.h5' -o -name manifest.json | sort); do
    if ! cmp -s "$new/$file" "data/$file"; then
        echo "differs: data/${file#./}"
        differ=1
    fi
done
if [ "$differ" -eq 0 ]; then
    echo "all goldens are as they were, byte for byte"
elif [ "$confirm" = 1 ]; then
    cp -R "$new/." data/
    echo "replaced; look at git diff --stat data"
else
    echo "make golden CONFIRM=1 replaces them" >&2
    exit 1
fi
