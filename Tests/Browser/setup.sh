#!/bin/sh
# Makes what the browser tests need: chromium, a Java runtime for the HTML checker, and Tests/Browser/.venv with the pinned packages.
# Says what it does, one line each; does nothing when all is there. Uses sudo for apt when not root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v java >/dev/null || missing="$missing default-jre-headless"
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ]; then
    echo "browser tests: installing$missing"
    sudo=""
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 # a list of package names
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

venv="$here/.venv"
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    echo "browser tests: making $venv"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi
