#!/usr/bin/env bash
# Installs the current Azure CLI from PyPI into a virtual environment of its own, for the tests; prints its directory.
# Where Python's venv or PyPI is not there, it says so and exits with 0: the tests say what they leave out.
set -uo pipefail
version=2.91.0
place="${TMPDIR:-/tmp}/entra-federate-az-$version"
installed() { [ -e "$place/complete" ]; }

install_az() {
  rm -rf "$place" && python3 -m venv "$place" &&
    timeout 300 "$place/bin/pip" install -q --disable-pip-version-check --retries 1 --timeout 15 "azure-cli==$version" &&
    touch "$place/complete"
}

installed || install_az > /dev/null 2>&1
if installed; then echo "$place"; else
  rm -rf "$place"
  echo 'no current az: Python 3 with venv, or PyPI, cannot be used here'
fi
