import { Origin } from '../../diagnostics/origin.ts';
import type { RoutingModel } from '../../ir/model.ts';

/** The routing model as plain data: origins become `file:line:col`, maps become mappings with sorted keys. */
export function modelToPlain(model: RoutingModel): Readonly<Record<string, unknown>> {
  return {
    gateways: toPlain(model.gateways),
    virtualHosts: toPlain(model.virtualHosts),
    carried: toPlain(model.carried),
    facts: toPlain(model.facts),
  };
}

function toPlain(value: unknown): unknown {
  if (value instanceof Origin) return value.toString();
  if (value instanceof Map) {
    const entries = [...value].map(([key, child]) => [String(key), toPlain(child)] as const);
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
  }
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, toPlain(child)]));
}
