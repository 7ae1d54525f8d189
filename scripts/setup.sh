#!/bin/sh
# Prepares .venv for the Makefile: `setup.sh base` for the product, `web` for the service too, `dev` for all tests.
# Everything it needs that is missing it installs where it may; otherwise it says in one sentence what to type.
set -eu
cd "$(dirname "$0")/.."

WANTED="${1:-base}"
VENV=.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && recent_enough "$candidate"; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

# Runs a command as the administrator, without ever asking for a password.
as_administrator() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# apt_install WHY PACKAGE...: installs Debian packages, or stops with the command to type.
apt_install() {
    why="$1"
    shift
    say "Installing $* ($why) ..."
    log=$(mktemp)
    if command -v apt-get >/dev/null 2>&1 \
        && as_administrator apt-get -qq update >"$log" 2>&1 \
        && as_administrator env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq install -y --no-install-recommends "$@" >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 3 "$log" >&2
    rm -f "$log"
    stop "Please install what is missing ($why) and run make again; on Debian or Ubuntu type: sudo apt-get install $*"
}

# An environment from an interrupted or older set-up is used again only if things can be installed into it.
usable_environment() {
    recent_enough "$VENV/bin/python" \
        && { command -v uv >/dev/null 2>&1 || "$VENV/bin/python" -m pip --version >/dev/null 2>&1; }
}

make_environment() {
    if usable_environment; then
        return 0
    fi
    python=$(find_python) || stop \
        "Like for Like needs Python 3.11 or later: install it, or give its path as in 'make demo PYTHON=/path/to/python3'."
    say "Making a Python environment in $VENV ..."
    rm -rf "$VENV"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --python "$(command -v "$python")" "$VENV"
        return 0
    fi
    # Debian ships Python without these two; the package that brings them carries the interpreter's name.
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        apt_install "to make a Python environment" "$(basename "$python")-venv"
    fi
    "$python" -m venv "$VENV" || stop "Could not make a Python environment in $VENV: see the message above."
}

# install WHAT ARGUMENT...: pip or uv install into the environment, with a sentence first and nothing but errors after.
install() {
    say "Installing $1 ..."
    shift
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python "$VENV/bin/python" "$@"
    else
        "$VENV/bin/python" -m pip install -qq "$@"
    fi
}

find_browser() {
    for candidate in "${PLAYWRIGHT_BROWSER_EXECUTABLE_PATH:-}" chromium chromium-browser google-chrome; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

find_font() {
    find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" /Library/Fonts \
        \( -name '*.ttf' -o -name '*.otf' \) 2>/dev/null | grep -q .
}

lays_out_text() {
    "$VENV/bin/python" -c 'import weasyprint' >/dev/null 2>&1
}

make_environment
install "the libraries, each checked against its hash (a minute or two)" \
    --require-hashes -r "requirements/$WANTED.txt"
install "likeforlike itself" --no-deps --no-build-isolation --editable .
lays_out_text || apt_install "to lay out PDFs" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
find_font || apt_install "a font for PDFs and charts" fonts-dejavu-core
if [ "$WANTED" = dev ]; then
    find_browser || apt_install "a browser in which the report is tested" chromium
    command -v java >/dev/null 2>&1 || apt_install "with which PDFs are checked" default-jre-headless
    command -v soffice >/dev/null 2>&1 || apt_install "which opens the workbooks" libreoffice-calc-nogui
    [ -e /usr/share/java/jaxb-api.jar ] || apt_install "with which PDFs are checked" libjaxb-java
fi
