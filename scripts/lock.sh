#!/bin/sh
# Writes requirements/base.txt, web.txt and dev.txt: exact versions with hashes, and no download address.
# Versions already in the files stay unless `scripts/lock.sh --upgrade` asks for newer ones.
set -eu
cd "$(dirname "$0")/.."

command -v uv >/dev/null 2>&1 || {
    printf '%s\n' "make lock needs uv: type 'python3 -m pip install uv' in an environment on your PATH." >&2
    exit 1
}

compile() {
    target="$1"
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --annotation-style line \
        --output-file "requirements/$target.txt" "$@"
}

compile base pyproject.toml requirements/base.in "$@"
compile web pyproject.toml requirements/base.in --extra web --constraint requirements/base.txt "$@"
compile dev pyproject.toml requirements/base.in requirements/dev.in --extra web --constraint requirements/web.txt "$@"
