#!/bin/sh
# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
#
# Fill .venv for `run` or `test`. With uv the versions are those of uv.lock; uv itself is fetched into .tools when the
# machine has none. Where even that fails, plain pip installs from pyproject.toml.
set -eu
purpose=$1
python=${PYTHON:-python3}

"$python" - <<'CHECK' || { echo "Python 3.11 or newer with the venv module is needed ($python is not)." >&2; exit 1; }
import sys, venv
sys.exit(sys.version_info < (3, 11))
CHECK

find_uv() {
    if command -v uv >/dev/null 2>&1; then
        command -v uv
    elif [ -x .tools/bin/uv ]; then
        echo .tools/bin/uv
    elif "$python" -m venv .tools >&2 && .tools/bin/pip install --quiet --disable-pip-version-check uv >&2; then
        echo .tools/bin/uv
    fi
}

with_uv() {
    # --inexact: setting up to run must not take the test tools away again.
    if [ "$purpose" = test ]; then
        "$1" sync --quiet --frozen --inexact
    else
        "$1" sync --quiet --frozen --inexact --no-default-groups
    fi
}

with_pip() {
    echo "uv cannot be used here; pip installs without the lock file." >&2
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    # Dependency groups need pip 25.1.
    .venv/bin/python -m pip install --quiet --upgrade "pip>=25.1"
    if [ "$purpose" = test ]; then
        .venv/bin/python -m pip install --quiet --editable . --group test --group lint
    else
        .venv/bin/python -m pip install --quiet --editable .
    fi
}

echo "Setting up (.venv) …" >&2
uv=$(find_uv || true)
if [ -z "$uv" ] || ! with_uv "$uv"; then
    with_pip
fi

touch .venv/.ready-to-run
if [ "$purpose" = test ]; then
    touch .venv/.ready-to-test
fi
