import type { Report } from '../../diagnostics/diagnostic.ts';
import { type FieldPlace, type FieldTable, readList } from '../field-table.ts';
import type { SpecObject } from '../source-object.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { GatewayDraft, ListenerDraft, TlsDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import { readHostname } from './hostname-fields.ts';
import { checkName } from './name-fields.ts';
import type {
  AllowedRoutesInput,
  GatewaySpec,
  GatewayTlsInput,
  ListenerInput,
  ListenerTlsInput,
  ObjectRefInput,
  RouteNamespacesInput,
} from './types.ts';

/** `tls` of a listener. */
export const listenerTlsTable: FieldTable<ListenerTlsInput, TlsDraft> = {
  mode: {
    read: (value, draft) => {
      draft.mode = value;
    },
  },
  certificateRefs: {
    read: (value, draft, { origin, report }) => {
      draft.certificates = value.flatMap((ref, index) => readCertificate(ref, { origin: origin.at(index), report }));
    },
  },
  options: {
    read: (value, draft) => {
      draft.options = value;
    },
  },
  frontendValidation: {
    read: (_, __, { origin, report }) => report(d['client-certificates-lost']({}, origin)),
    note: 'the spelling of releases up to 1.4',
  },
};

function readCertificate(
  { group, kind, namespace, name = '' }: ObjectRefInput,
  { origin, report }: FieldPlace,
): TlsDraft['certificates'] {
  if ((kind ?? 'Secret') !== 'Secret' || (group ?? '') !== '') {
    report(d['certificate-kind']({ kind: `${group ? `${group}/` : ''}${kind ?? 'Secret'}`, name }, origin));
    return [];
  }
  return [{ name, origin, ...(namespace ? { namespace } : {}) }];
}

type RoutesParts = { -readonly [K in keyof AllowedRoutesInput]: AllowedRoutesInput[K] };
type NamespacesParts = { -readonly [K in keyof RouteNamespacesInput]: RouteNamespacesInput[K] };

/** `namespaces` of `allowedRoutes`. */
export const routeNamespacesTable: FieldTable<RouteNamespacesInput, NamespacesParts> = {
  from: {
    read: (value, draft) => {
      draft.from = value;
    },
  },
  selector: {
    read: (value, draft) => {
      draft.selector = value;
    },
  },
};

/** `allowedRoutes` of a listener. */
export const allowedRoutesTable: FieldTable<AllowedRoutesInput, RoutesParts> = {
  namespaces: {
    read: (value, draft, place) => {
      draft.namespaces = readInto<RouteNamespacesInput, NamespacesParts>(value, routeNamespacesTable, {}, place);
    },
  },
  kinds: {
    read: (value, draft) => {
      draft.kinds = value;
    },
  },
};

/** One entry of `listeners`. */
export const listenerTable: FieldTable<ListenerInput, ListenerDraft> = {
  name: {
    read: (value, draft, place) => {
      draft.name = value;
      checkName(value, 'name', place);
    },
  },
  hostname: {
    read: (value, draft, place) => {
      if (value !== '') draft.hostname = readHostname(value, 'hostname', place);
    },
  },
  port: {
    read: (value, draft) => {
      draft.port = value;
    },
  },
  protocol: {
    read: (value, draft) => {
      draft.protocol = value;
    },
  },
  tls: {
    read: (value, draft, place) => {
      const empty: TlsDraft = { mode: 'Terminate', certificates: [], options: {} };
      draft.tls = { value: readInto(value, listenerTlsTable, empty, place), origin: place.origin };
    },
  },
  allowedRoutes: {
    read: (value, draft, place) => {
      draft.allowedRoutes = readInto<AllowedRoutesInput, RoutesParts>(value, allowedRoutesTable, {}, place);
    },
  },
};

/** `tls` of a Gateway. */
export const gatewayTlsTable: FieldTable<GatewayTlsInput, GatewayDraft> = {
  backend: {
    read: (value, draft) => {
      draft.extra = { ...draft.extra, tls: { backend: value } };
    },
    note: 'goes along unread',
  },
  frontend: { read: (_, __, { origin, report }) => report(d['client-certificates-lost']({}, origin)) },
};

/** A field of a Gateway that an output of Gateway API keeps as it is. */
const alongAs = (field: string) => ({
  read: (value: object, draft: GatewayDraft) => {
    draft.extra = { ...draft.extra, [field]: value };
  },
  note: 'goes along unread',
});

/** `spec` of a Gateway. */
export const gatewayTable: FieldTable<GatewaySpec, GatewayDraft> = {
  gatewayClassName: {
    read: (value, draft) => {
      draft.className = value;
    },
  },
  listeners: {
    read: (value, draft, place) => {
      draft.listeners = readList(value, place, (input, at) => {
        const empty: ListenerDraft = { origin: at.origin, name: '', port: 0, protocol: '' };
        return readInto(input, listenerTable, empty, at);
      });
    },
  },
  addresses: alongAs('addresses'),
  infrastructure: alongAs('infrastructure'),
  allowedListeners: alongAs('allowedListeners'),
  tls: {
    read: (value, draft, place) => {
      readInto(value, gatewayTlsTable, draft, place);
    },
  },
  backendTLS: { drop: d['gateway-field-not-read'], note: 'the spelling of releases up to 1.4' },
  defaultScope: {
    read: (value, _, { origin, report }) => {
      if (value !== 'None') report(d['gateway-field-not-read']({ field: 'defaultScope', value }, origin));
    },
  },
};

/** Reads a Gateway. */
export function readGateway({ source, namespace, name, spec }: SpecObject<GatewaySpec>, report: Report): GatewayDraft {
  const draft: GatewayDraft = { source, namespace, name, className: '', listeners: [], extra: {} };
  return readInto(spec, gatewayTable, draft, { origin: source.origin.at('spec'), report });
}
