#!/usr/bin/env bash
# Fills DIR/report-schemas with the schema of JUnit reports that Jenkins reads
# (junit-10.xsd of its xUnit plugin), and with programs that validate by schemas:
#
#   test/integration/install-report-schemas.sh DIR
#
# The sources of pytest hold the schema, because its own reports are tested by it.
set -euo pipefail

readonly pytest=8.4.2 xmlschema=4.3.2 jsonschema=4.26.0
readonly folder=$1/report-schemas

mkdir -p "$folder"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$folder/venv"
pip=("$folder/venv/bin/python" -m pip --disable-pip-version-check)
"${pip[@]}" install "xmlschema==$xmlschema" "jsonschema==$jsonschema"
"${pip[@]}" download --no-deps --no-binary pytest --dest "$scratch" "pytest==$pytest"
tar -xzf "$scratch/pytest-$pytest.tar.gz" -C "$scratch" "pytest-$pytest/testing/example_scripts/junit-10.xsd"
mv "$scratch/pytest-$pytest/testing/example_scripts/junit-10.xsd" "$folder/"
