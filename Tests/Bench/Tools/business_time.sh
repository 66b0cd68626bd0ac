#!/bin/sh
# Runs business_time.py in .build/bench-venv, which it makes when it is missing. Where that cannot be, the last line
# says why.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=.build/bench-venv
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv" >/dev/null 2>&1 || { echo "python3 makes no virtual environment"; exit 1; }
    timeout 120 "$venv/bin/pip" install --quiet --disable-pip-version-check --retries 1 \
        -r "$here/requirements.txt" >/dev/null 2>&1 || { echo "pip does not install businesstimedelta"; exit 1; }
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi
exec "$venv/bin/python" "$here/business_time.py" "$1" 2>/dev/null
