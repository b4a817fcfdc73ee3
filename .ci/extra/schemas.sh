#!/usr/bin/env bash
# Proves the schemas, field tables and emitted objects against the real CRDs with their CEL rules, and the constraints of
# VPC Lattice against the model of its API.
set -euo pipefail
cd "$(dirname "$0")/../.."
LATTICECTL_SHARED="$(cd ../shared && pwd)" npx vitest run test/shared
