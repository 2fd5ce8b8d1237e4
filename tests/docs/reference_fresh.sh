#!/bin/bash
# The committed reference pages are what the dialects' definitions give now.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
fresh="$(mktemp -d)"
trap 'rm -rf "$fresh"' EXIT
docs/generate-reference.sh "$fresh"
if ! diff -ru docs/reference "$fresh"; then
  echo "docs/reference is older than the definitions: run './dev docs' and commit what it writes" >&2
  exit 1
fi
