#!/bin/sh
# Builds and runs the fuzz targets with libFuzzer and the address sanitizer, one after the other:
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
# which the next run starts from. An input that fails is left in .build/fuzz and named at the end: mend the code, then
# add the input to the seeds under a name that says what it does. Exits 1 when a target did not build or failed.
set -eu
cd "$(dirname "$0")/../.."
runs=${1:-10000000}
[ $# -eq 0 ] || shift
out=.build/fuzz
mkdir -p "$out"

# A crash would otherwise wait for ever for a terminal.
export SWIFT_BACKTRACE=enable=no
# Where memory was allocated and freed is left out, for that costs half the speed; to see it, run the input again
# without these options. A small quarantine keeps freed memory in the processor's cache, and outlasts many runs.
export ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=1:thread_local_quarantine_size_kb=64

# As in Package.swift.
flags="-swift-version 6 -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility"
flags="$flags -enable-upcoming-feature InternalImportsByDefault -warnings-as-errors"
for map in Sources/*/module.modulemap; do flags="$flags -Xcc -fmodule-map-file=$map"; done

# Names and flags are words and patterns here, meant to be split and expanded.
# shellcheck disable=SC2086
build() {
    swiftc $flags -parse-as-library -O -wmo -gline-tables-only -sanitize=fuzzer,address -module-name Fuzz $sources "$file" \
        -o "$out/$target.fuzz" > "$out/$target.build" 2>&1 && return
    grep -v 'ld.gold: warning' "$out/$target.build" | head -n 40 >&2
    echo "$target: DOES NOT BUILD, see $out/$target.build" >&2
    return 1
}

# shellcheck disable=SC2086
fuzz() {
    "$out/$target.fuzz" -runs="$runs" -max_len=1024 -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 \
        -artifact_prefix="$out/$target-" $options "$out/$target" "Tests/Fuzz/corpus/$target" \
        < /dev/null 2> "$out/$target.log" && return
    tail -n 40 "$out/$target.log" >&2
    input=$(sed -n 's/.*Test unit written to //p' "$out/$target.log" | tail -n 1)
    echo "$target: FAILED, see $out/$target.log; again with: $out/$target.fuzz ${input:-(no input was written)}" >&2
    return 1
}

# libFuzzer's last words, as one line.
summary() {
    awk -v target="$target" '
        $1 == "Done" { runs = $2; seconds = $5 }
        $2 == "DONE" { for (i = 3; i < NF; i++) { if ($i == "cov:") edges = $(i + 1); if ($i == "corp:") corpus = $(i + 1) } }
        /^stat::peak_rss_mb/ { memory = $2 }
        END {
            # libFuzzer counts whole seconds.
            rate = seconds > 0 ? sprintf("%d", runs / seconds) : "-"
            printf "%s: %d runs without a finding, %d s, %s runs/s, corpus %s, %d edges, %d MB\n",
                target, runs, seconds, rate, corpus, edges, memory
        }' "$out/$target.log"
}

failed=0
for file in Tests/Fuzz/*Fuzz.swift; do
    target=$(basename "$file" Fuzz.swift | tr '[:upper:]' '[:lower:]')
    case " ${*:-$target} " in *" $target "*) ;; *) continue ;; esac
    sources=$(sed -n '1s|^// fuzz: ||p' "$file")
    options=$(sed -n '2s|^// fuzz-options: ||p' "$file")
    [ -n "$sources" ] || { echo "$file: the first line does not name its sources" >&2; exit 1; }
    mkdir -p "$out/$target" "Tests/Fuzz/corpus/$target"
    if build && fuzz; then summary; else failed=1; fi
done
exit "$failed"
