#!/bin/sh
# Write the locks anew from the groups in pyproject.toml. Needs uv. Read README.md beside this file first.
set -eu
cd "$(dirname "$0")/.."

compile() {
    group=$1
    shift
    uv pip compile --quiet --group "$group" --universal --python-version 3.11 \
        --only-binary :all: --generate-hashes --no-emit-index-url --no-emit-find-links \
        --exclude-newer "${EXCLUDE_NEWER:-7 days}" --custom-compile-command "sh requirements/refresh.sh" \
        --output-file "requirements/$group.txt" "$@"
}

compile build "$@"
# The tests must run on exactly what the build runs on.
compile test --constraint requirements/build.txt "$@"
