#!/usr/bin/env bash
# Proves that the sandbox takes and refuses what the service model of VPC Lattice says: methods, paths, statuses, shapes.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec node .ci/extra/lattice-api.js ../shared/reference/lattice-api.json
