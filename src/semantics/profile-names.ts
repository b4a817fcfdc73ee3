/** The semantics profiles by name; apart from their table, which only commands that read by them load. */
export const profileNames = [
  'istio-gateway',
  'istio-sidecar',
  'gateway-api',
  'gateway-api-aws',
  'ingress',
  'lattice',
] as const;

export type ProfileName = (typeof profileNames)[number];
