#!/bin/sh
# Starts the demo on a free port, visits it with a browser, ends it. The program is the argument.
#
#     Tests/Browser/run.sh .build/release/atiende [--shots DIR]
set -eu
program=$1
shift
here=$(dirname "$0")
"$here/setup.sh"

folder=$(mktemp -d)
server=""
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT INT TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# For development: only then the page of components is shown.
"$program" serve --demo --templates-reload --access-log off --data "$folder/data" \
    --listen "127.0.0.1:$port" >"$folder/logins" 2>"$folder/log" &
server=$!
tries=0
until python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/healthz')" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "The server did not start:" >&2
        cat "$folder/log" >&2
        exit 1
    fi
    sleep 0.2
done
"$here/run.py" "http://127.0.0.1:$port" "$folder/logins" "$@"
