import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { type Action, type Backend, NO_HEADER_OPS, type Share } from '../../ir/actions.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import { readActionName } from './annotations.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import type { BackendDraft, IngressDraft } from './draft.ts';
import type { Concern, Findings } from './findings.ts';

/** Where a backend leads, with a text by which two of them are compared and named. */
export interface Target {
  readonly action: Action;
  readonly name: string;
}

interface PortQuestion {
  readonly places: Origin[];
  readonly names: Set<string>;
  readonly concerns: Concern[];
}

/** Looks backends up by the facts of the input. */
export class Backends {
  readonly #facts: ClusterFacts;
  readonly #findings: Findings;
  readonly #questions = new Map<string, PortQuestion>();
  readonly #missing = new Map<string, Origin>();

  constructor(facts: ClusterFacts, findings: Findings) {
    this.#facts = facts;
    this.#findings = findings;
  }

  /** What a backend comes to; undefined where it is no Service, which is reported. */
  resolve(backend: BackendDraft, ingress: IngressDraft, concern: Concern): Target | undefined {
    const report = this.#findings.about(concern);
    const { namespace } = ingress;
    const annotation = readActionName(backend, ingress);
    if (annotation !== undefined) {
      report(d['action-in-annotation']({ annotation }, backend.port?.origin ?? backend.origin));
      return undefined;
    }
    if (backend.resource !== undefined) {
      report(d['resource-backend']({ resource: backend.resource }, backend.origin.at('resource')));
      return undefined;
    }
    const service = `${namespace}/${backend.service}`;
    const port = this.#findPort(service, backend, concern, report);
    if (port === undefined) return failing(service, backend);
    const { origin } = backend;
    const found: Backend = {
      kind: 'Service',
      namespace,
      name: backend.service,
      port,
      requestHeaders: NO_HEADER_OPS,
      responseHeaders: NO_HEADER_OPS,
      origin,
    };
    const action = toForward([{ kind: 'backend', weight: 1, backend: found }], origin);
    return { action, name: `${service}:${port}` };
  }

  /** Reports what was noted, one finding per Service. */
  reportQuestions(): void {
    for (const [service, { places, names, concerns }] of sortEntries(this.#questions)) {
      const [first, ...others] = places;
      const related = others.map((origin) => ({ message: 'needed here too', origin }));
      const args = { service, settings: settingsOf(service, [...names].sort()), count: places.length };
      this.#findings.about(...concerns)(d['port-unknown'](args, first, { related }));
    }
    for (const [service, origin] of sortEntries(this.#missing)) {
      if (this.#questions.has(service)) continue;
      this.#findings.about()(d['service-not-in-input']({ service }, origin, { affects: { kind: 'none' } }));
    }
  }

  #findPort(key: string, { port, origin }: BackendDraft, concern: Concern, report: Report): number | undefined {
    const service = this.#facts.services.get(key);
    if (service === undefined && typeof port?.value === 'number') {
      if (!this.#missing.has(key)) this.#missing.set(key, origin);
      return port.value;
    }
    if (service === undefined) {
      this.#ask(key, port?.value, port?.origin ?? origin, concern);
      return undefined;
    }
    if (service.type === 'ExternalName') {
      report(d['external-name-service']({ service: key }, origin));
      // Such a Service needs no list of ports.
      if (typeof port?.value === 'number') return port.value;
    }
    const found = service.ports.find((one) =>
      typeof port?.value === 'number' ? one.port === port.value : one.name === port?.value,
    );
    if (found !== undefined) return found.port;
    const ports = service.ports.map((one) => (one.name === undefined ? `${one.port}` : `${one.name} ${one.port}`));
    const args = { service: key, port: port?.value ?? 'without a name', ports };
    report(d['port-not-in-service'](args, port?.origin ?? origin));
    return undefined;
  }

  #ask(key: string, name: string | number | undefined, place: Origin, concern: Concern): void {
    const question: PortQuestion = this.#questions.get(key) ?? { places: [], names: new Set(), concerns: [] };
    this.#questions.set(key, question);
    question.places.push(place);
    question.concerns.push(concern);
    if (name !== undefined) question.names.add(`${name}`);
  }
}

/** A backend that cannot be reached; the finding about it withholds the host. */
function failing(service: string, { port, origin }: BackendDraft): Target {
  const reason = `no port of ${service}`;
  const action = toForward([{ kind: 'invalid', weight: 1, status: 503, reason }], origin);
  return { action, name: `${service}:${port?.value ?? ''}` };
}

function toForward(shares: readonly Share[], origin: Origin): Action {
  const headers = { requestHeaders: NO_HEADER_OPS, responseHeaders: NO_HEADER_OPS };
  return { kind: 'forward', shares, ...headers, mirrors: [], origin };
}

/** The lines of latticectl.yaml that state the ports of a Service. */
function settingsOf(service: string, names: readonly string[]): string {
  const ports = names.length === 0 ? ['{port: 80}'] : names.map((name) => `{name: ${name}, port: 80}`);
  return `services:\n  ${JSON.stringify(service)}:\n    ports: [${ports.join(', ')}]`;
}

function sortEntries<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1));
}
