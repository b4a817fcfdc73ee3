import type { Report } from '../../diagnostics/diagnostic.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { kindOfHost } from '../host-name.ts';
import { isNoNamespace } from '../object-name.ts';
import type { SpecObject } from '../source-object.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { Placed, VirtualServiceDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import { noNamespace, resolveGatewayName } from './gateway-names.ts';
import { readRoute } from './route-fields.ts';
import type { L4RouteInput, VirtualServiceSpec } from './types.ts';

/** The hosts that are names; the dot that may end a full one means nothing. */
const readHosts = (texts: readonly string[], { origin, report }: FieldPlace): readonly Placed<string>[] =>
  texts.flatMap((text, index) => {
    const value = text.length > 1 && text.endsWith('.') ? text.slice(0, -1) : text;
    const at = origin.at(index);
    const kind = kindOfHost(value.toLowerCase());
    if (kind === 'name') return [{ value, origin: at }];
    const affects = { kind: 'hostnames', names: [value] } as const;
    if (kind === 'none') report(d['host-not-a-name']({ host: text }, at, { affects }));
    return [];
  });

const l4Row = (list: 'tls' | 'tcp') => ({
  read: (value: readonly L4RouteInput[], draft: VirtualServiceDraft, { origin, report }: FieldPlace) => {
    for (const [index, { match = [] }] of value.entries()) {
      const sniHosts = match.flatMap((one) => one.sniHosts ?? []);
      const names = [...new Set([...draft.hosts.map((host) => host.value), ...sniHosts])];
      report(d['l4-route-not-translated']({ list }, origin.at(index), { affects: { kind: 'hostnames', names } }));
    }
  },
});

/** `spec` of a VirtualService. */
export const virtualServiceTable: FieldTable<VirtualServiceSpec, VirtualServiceDraft> = {
  hosts: {
    read: (value, draft, place) => {
      draft.isDelegate = value.length === 0;
      draft.hosts = readHosts(value, place);
    },
  },
  gateways: {
    read: (value, draft, { origin }) => {
      const names = value.map((name) => resolveGatewayName(name, draft.namespace));
      draft.gateways = names.map((name, index) => ({ value: name, origin: origin.at(index) }));
    },
  },
  exportTo: {
    read: (value, draft, { origin, report }) => {
      draft.exportTo = value;
      for (const [index, name] of value.entries()) {
        if (name === '.' || name === '*' || !isNoNamespace(name)) continue;
        report(d['invalid-value'](noNamespace('exportTo', name), origin.at(index)));
      }
    },
  },
  http: {
    read: (value, draft, { origin, report }) => {
      draft.http = value.map((route, index) =>
        readRoute(route, index, draft.namespace, { origin: origin.at(index), report }),
      );
    },
  },
  tls: l4Row('tls'),
  tcp: l4Row('tcp'),
};

/** Reads a VirtualService; nothing is decided yet that depends on a proxy. */
export function readVirtualService(
  { source, namespace, spec }: SpecObject<VirtualServiceSpec>,
  report: Report,
): VirtualServiceDraft {
  const place: FieldPlace = { origin: source.origin.at('spec'), report };
  const draft: VirtualServiceDraft = {
    source,
    namespace,
    isDelegate: true,
    hosts: [],
    gateways: [],
    exportTo: [],
    http: [],
  };
  readInto(hostsFirst(spec), virtualServiceTable, draft, place);
  if (source.annotations['internal.istio.io/route-semantics'] !== undefined) {
    const origin = source.origin.at('metadata', 'annotations', 'internal.istio.io/route-semantics');
    report(d['internal-semantics']({}, origin));
  }
  return draft;
}

/** The spec with its hosts before everything else, since other rows name them. They mostly stand there already. */
function hostsFirst(spec: VirtualServiceSpec): VirtualServiceSpec {
  const [first] = Object.keys(spec);
  if (first === 'hosts' || spec.hosts === undefined) return spec;
  const { hosts, ...rest } = spec;
  return { hosts, ...rest };
}

/** How an object is exported to a namespace: not at all, to its own only, to it by name, or to everyone. */
export function exportRank(exportTo: readonly string[], owner: string, to: string): 0 | 1 | 2 | undefined {
  if (exportTo.length === 0 || exportTo.includes('*')) return 2;
  const names = new Set(exportTo.map((name) => (name === '.' ? owner : name)));
  if (!names.has(to)) return undefined;
  return names.size === 1 && to === owner ? 0 : 1;
}
