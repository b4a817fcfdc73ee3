import type { Gateway, RoutingModel } from '../../ir/model.ts';
import type { EmitOptions } from '../emitter.ts';
import { HostFindings } from '../host-findings.ts';
import type { LegalHost } from '../legal-host.ts';
import { type BackendPlan, planBackends } from './plan-backends.ts';

/** What every step of writing the objects needs. */
export interface EmitContext {
  readonly model: RoutingModel;
  readonly options: EmitOptions;
  /** By id. */
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly findings: HostFindings;
  readonly backends: BackendPlan;
}

export function openContext(hosts: readonly LegalHost[], model: RoutingModel, options: EmitOptions): EmitContext {
  const findings = new HostFindings();
  return {
    model,
    options,
    gateways: new Map(model.gateways.map((gateway) => [gateway.id, gateway])),
    findings,
    backends: planBackends(hosts, model.facts, options, findings),
  };
}
