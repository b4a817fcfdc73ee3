#!/usr/bin/env bash
# Asks the built CLI the requests of the Gateway API conformance cases and fails on any wrong answer.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec node .ci/extra/conformance.js ../shared/reference/gateway-api-conformance
