#!/usr/bin/env bash
# Istio's and Gateway API's form of one public example, with the Services of each, route alike.
set -euo pipefail
cd "$(dirname "$0")/../.."
samples=../shared/corpus/istio-samples/bookinfo
verify() { node bin/latticectl.js verify "$@"; }

verdict=$(verify "$samples/networking/virtual-service-reviews-90-10.yaml" "$samples/platform/kube/bookinfo.yaml" \
  "$samples/networking/destination-rule-all.yaml" --against "$samples/gateway-api/route-reviews-90-10.yaml" \
  "$samples/platform/kube/bookinfo-versions.yaml")
printf '%s\n' "$verdict"
grep -q '^equal: 1 host, 1 equal' <<<"$verdict"

# Another split of the same Services does not.
status=0
verify "$samples/networking/virtual-service-reviews-90-10.yaml" "$samples/platform/kube/bookinfo.yaml" \
  "$samples/networking/destination-rule-all.yaml" --against "$samples/gateway-api/route-reviews-50-v3.yaml" \
  "$samples/platform/kube/bookinfo-versions.yaml" >/dev/null || status=$?
[ "$status" -eq 3 ]
