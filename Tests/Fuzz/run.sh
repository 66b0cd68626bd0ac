#!/bin/sh
# Builds and runs the fuzz targets with libFuzzer and the address sanitizer:
#
#     sh Tests/Fuzz/run.sh [RUNS] [TARGET...]
#
# RUNS is 10000000 unless given; TARGET is a file's name without Fuzz.swift in lower case (head, chunked, ...), all of
# them unless given. The first line of each file names the sources that it is compiled with, as one module:
#
#     // fuzz: Sources/HTTP/*.swift
#     // fuzz-options: -max_len=4096           (second line, if wanted: options for libFuzzer)
#
# Seeds lie in Tests/Fuzz/corpus/TARGET and are not added to by a run; what a run finds grows in .build/fuzz/TARGET,
# which the next run starts from. An input that fails is left in .build/fuzz: mend the code, then add the input to the
# seeds under a name that says what it does.
set -eu
cd "$(dirname "$0")/../.."
runs=${1:-10000000}
[ $# -eq 0 ] || shift
out=.build/fuzz
mkdir -p "$out"
modules=
for map in Sources/*/module.modulemap; do modules="$modules -Xcc -fmodule-map-file=$map"; done

for file in Tests/Fuzz/*Fuzz.swift; do
    target=$(basename "$file" Fuzz.swift | tr '[:upper:]' '[:lower:]')
    case " ${*:-$target} " in *" $target "*) ;; *) continue ;; esac
    sources=$(sed -n '1s|^// fuzz: ||p' "$file")
    options=$(sed -n '2s|^// fuzz-options: ||p' "$file")
    [ -n "$sources" ] || { echo "$file: the first line does not name its sources" >&2; exit 1; }
    mkdir -p "$out/$target" "Tests/Fuzz/corpus/$target"
    echo "== $target: building"
    # The names are words and patterns, meant to be split and expanded.
    # shellcheck disable=SC2086
    swiftc -swift-version 6 -parse-as-library -O -wmo -sanitize=fuzzer,address -module-name Fuzz $modules \
        $sources "$file" -o "$out/$target.fuzz" > "$out/$target.build" 2>&1 || {
        grep -v 'ld.gold: warning' "$out/$target.build" >&2
        exit 1
    }
    echo "== $target: $runs runs"
    # A crash would otherwise wait for ever for a terminal; a small quarantine keeps freed memory in the cache.
    # shellcheck disable=SC2086
    SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=quarantine_size_mb=16 "$out/$target.fuzz" -runs="$runs" -max_len=1024 -rss_limit_mb=2048 -timeout=10 \
        -print_final_stats=1 -verbosity=1 -artifact_prefix="$out/$target-" $options \
        "$out/$target" "Tests/Fuzz/corpus/$target" < /dev/null 2> "$out/$target.log" || {
        tail -n 40 "$out/$target.log" >&2
        echo "== $target: FAILED, see $out/$target.log" >&2
        exit 1
    }
    grep -E '^(Done|stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb))' "$out/$target.log"
done
