import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { Guard, SourceObject } from '../../ir/model.ts';
import type { ParseContext, ParsedSource, Parser } from '../parser.ts';
import { latticeSourceDiagnostics as d } from './diagnostics.ts';
import { documentTable } from './document-fields.ts';
import type { DocumentDraft, HttpListener, ListenerDraft } from './draft.ts';
import { buildGateways } from './gateways.ts';
import { buildHost } from './hosts.ts';
import { headerTable, matchTable, readInto } from './match-fields.ts';
import {
  associationTable,
  externalGroupTable,
  groupTable,
  listenerTable,
  networkTable,
  policyTable,
  ruleTable,
  serviceTable,
} from './resource-fields.ts';
import type { DocumentInput } from './types.ts';

/** Resources of VPC Lattice, as `--to lattice` prints them: first match by priority, prefixes as Lattice reads them. */
export const latticeParser: Parser = {
  name: 'lattice',
  title: 'VPC Lattice',
  kinds: [{ group: 'latticectl', kind: 'LatticeResources', versions: [], answer: 'read', reason: 'no apiVersion' }],
  tables: {
    LatticeResources: documentTable,
    ServiceNetwork: networkTable,
    Service: serviceTable,
    Listener: listenerTable,
    Rule: ruleTable,
    'match.httpMatch': matchTable,
    headerMatches: headerTable,
    TargetGroup: groupTable,
    ExternalTargetGroup: externalGroupTable,
    ServiceNetworkServiceAssociation: associationTable,
    AuthPolicy: policyTable,
  },
  diagnostics: d,
  parse: (documents, context) => {
    const parsed = documents.map((document) => parseDocument(document, context));
    return {
      gateways: parsed.flatMap(({ gateways }) => gateways),
      virtualHosts: parsed.flatMap(({ virtualHosts }) => virtualHosts),
      carried: [],
      guards: parsed.flatMap(({ guards = [] }) => guards),
    };
  },
};

function parseDocument({ resource, object, origin }: KubernetesDocument, { report }: ParseContext): ParsedSource {
  const empty: DocumentDraft = {
    stack: undefined,
    services: [],
    listeners: [],
    rules: [],
    groups: new Map(),
    policies: [],
    networks: new Map(),
  };
  // The schema of the kind has checked the document, so this is the border between data and types.
  const draft = readInto(object as unknown as DocumentInput, documentTable, empty, { origin, report });
  const source: SourceObject = { ...resource, labels: {}, annotations: {}, origin };
  const services = new Map(draft.services.map((service) => [service.name, service]));
  const known = draft.listeners.flatMap((listener) => {
    const service = services.get(listener.service);
    if (service === undefined) {
      report(d['unknown-reference']({ kind: 'service', name: listener.service }, listener.origin.at('service')));
    } else if (isHttp(listener)) return [{ listener, service }];
    else {
      const place = listener.origin.at('protocol');
      report(d['no-http']({ listener: listener.name, service: service.name }, place, { affects: { kind: 'none' } }));
    }
    return [];
  });
  const names = new Set(draft.listeners.map(({ service, name }) => `${service}/${name}`));
  for (const rule of draft.rules) {
    const name = `${rule.service}/${rule.listener}`;
    if (!names.has(name)) report(d['unknown-reference']({ kind: 'listener', name }, rule.origin.at('listener')));
  }
  const hosts = known.map(({ listener, service }) => ({
    service: service.name,
    host: buildHost(listener, service, { draft, source, report }),
  }));
  const guards = draft.policies.map(({ of, name, origin: place }): Guard => {
    const isGuarded = (service: string) => (of === 'Service' ? service : draft.networks.get(service)) === name;
    const ids = hosts.flatMap(({ service, host }) => (isGuarded(service) ? [host.id] : []));
    const args = { of: `${of === 'Service' ? 'service' : 'service network'} ${name}` };
    return { lost: d['policy-not-evaluated'](args, place.at('policy'), { affects: { kind: 'hosts', ids } }) };
  });
  return {
    gateways: buildGateways(known, draft, source),
    virtualHosts: hosts.map(({ host }) => host),
    carried: [],
    guards,
  };
}

function isHttp(listener: ListenerDraft): listener is HttpListener {
  return listener.protocol !== 'TLS_PASSTHROUGH';
}
