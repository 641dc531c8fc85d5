#!/usr/bin/env bash
# Installs zizmor from PyPI into a virtual environment of its own, for the tests; prints where the program is.
# Where Python's venv or PyPI is not there, it says so and exits with 0: the tests say what they leave out.
set -uo pipefail
version=1.32.0
place="${TMPDIR:-/tmp}/entra-federate-zizmor-$version"
program="$place/bin/zizmor"

install_zizmor() {
  rm -rf "$place" && python3 -m venv "$place" &&
    timeout 120 "$place/bin/pip" install -q --disable-pip-version-check --retries 1 --timeout 15 "zizmor==$version"
}

[ -x "$program" ] || install_zizmor > /dev/null 2>&1
if [ -x "$program" ]; then echo "$program"; else
  rm -rf "$place"
  echo 'no zizmor: Python 3 with venv, or PyPI, cannot be used here'
fi
