#!/usr/bin/env bash
# Runs the built CLI over real manifests: no crash, no finding that is our own bug, a clean exit code, readable output.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec node .ci/extra/corpus.js ../shared/corpus
