import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { SourceObject } from '../../ir/model.ts';
import type { FieldTable } from '../field-table.ts';
import type { SpecObject } from '../source-object.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { Placed } from './draft.ts';
import { readInto } from './field-reading.ts';
import type { GatewaySpec, ServerInput, ServerPortInput, ServerTlsInput } from './types.ts';

export interface GatewayDraft {
  readonly source: SourceObject;
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly id: string;
  selector: Readonly<Record<string, string>>;
  servers: readonly ServerDraft[];
}

export interface ServerDraft {
  readonly origin: Origin;
  hosts: readonly ServerHost[];
  port: number;
  portName: string;
  /** Upper case. */
  protocol: string;
  tls?: Placed<TlsDraft>;
}

/** A host of a server, and the namespace whose VirtualServices may serve it; absent = all. */
export interface ServerHost {
  readonly host: string;
  readonly namespace?: string;
  readonly origin: Origin;
}

export interface TlsDraft {
  mode: string;
  /** Where clients are asked for a certificate. */
  asksClients?: Origin;
  httpsRedirect?: Origin;
  certificates: readonly string[];
}

const MUTUAL_ONLY = 'belongs to the check of client certificates, which tls.mode decides and reports';
const CERTIFICATE_FILE = 'a listener without a certificate in a Secret is reported as a whole';

/** `tls` of a server. */
export const serverTlsTable: FieldTable<ServerTlsInput, TlsDraft> = {
  mode: {
    read: (value, draft, { origin }) => {
      draft.mode = value;
      if (value.endsWith('MUTUAL')) draft.asksClients = origin;
    },
  },
  httpsRedirect: {
    read: (value, draft, { origin }) => {
      if (value) draft.httpsRedirect = origin;
    },
  },
  credentialName: {
    read: (value, draft) => {
      if (value !== '') draft.certificates = [value];
    },
  },
  credentialNames: {
    read: (value, draft) => {
      if (value.length > 0) draft.certificates = value;
    },
  },
  serverCertificate: { ignore: CERTIFICATE_FILE },
  privateKey: { ignore: CERTIFICATE_FILE },
  tlsCertificates: { ignore: CERTIFICATE_FILE },
  caCertificates: { ignore: MUTUAL_ONLY },
  caCrl: { ignore: MUTUAL_ONLY },
  caCertCredentialName: { ignore: MUTUAL_ONLY },
  insecureSkipVerify: { ignore: MUTUAL_ONLY },
  subjectAltNames: { ignore: MUTUAL_ONLY },
  verifyCertificateHash: { ignore: MUTUAL_ONLY },
  verifyCertificateSpki: { ignore: MUTUAL_ONLY },
  minProtocolVersion: {
    read: (value, _, { origin, report }) => {
      // Both are Istio's own lower bound, and that of any gateway of today.
      if (value === 'TLS_AUTO' || value === 'TLSV1_2') return;
      report(d['tls-parameters-lost']({ field: 'minProtocolVersion', value }, origin));
    },
  },
  maxProtocolVersion: {
    read: (value, _, { origin, report }) => {
      if (value === 'TLS_AUTO' || value === 'TLSV1_3') return;
      report(d['tls-parameters-lost']({ field: 'maxProtocolVersion', value }, origin));
    },
  },
  cipherSuites: {
    read: (value, _, { origin, report }) => {
      if (value.length === 0) return;
      report(d['tls-parameters-lost']({ field: 'cipherSuites', value: value.join(', ') }, origin));
    },
  },
};

/** `port` of a server. */
export const serverPortTable: FieldTable<ServerPortInput, ServerDraft> = {
  number: {
    read: (value, draft) => {
      draft.port = value;
    },
  },
  name: {
    read: (value, draft) => {
      draft.portName = value;
    },
  },
  protocol: {
    read: (value, draft) => {
      draft.protocol = value.toUpperCase();
    },
  },
  targetPort: { ignore: 'Istio does nothing with it' },
};

/** One entry of `servers`. */
export const serverTable: FieldTable<ServerInput, ServerDraft & { readonly namespace: string }> = {
  name: { ignore: 'names the server in logs and metrics, routes nothing' },
  bind: {
    read: (value, _, { origin, report }) => {
      // These stand for every address, as an unwritten one does.
      if (value === '' || value === '0.0.0.0' || value === '::') return;
      report(d['server-detail-lost']({ field: 'bind', value: JSON.stringify(value) }, origin));
    },
    note: 'reported unless it stands for every address',
  },
  defaultEndpoint: { ignore: 'Istio does nothing with it' },
  port: {
    read: (value, draft, place) => {
      readInto(value, serverPortTable, draft, place);
    },
  },
  hosts: {
    read: (value, draft, { origin }) => {
      draft.hosts = value.map((text, index) => toServerHost(text, draft.namespace, origin.at(index)));
    },
  },
  tls: {
    read: (value, draft, place) => {
      // PASSTHROUGH is the first value of Istio's enumeration, and so what an unwritten mode means.
      const empty: TlsDraft = { mode: 'PASSTHROUGH', certificates: [] };
      draft.tls = { value: readInto(value, serverTlsTable, empty, place), origin: place.origin };
    },
  },
};

/** `spec` of a Gateway. */
export const gatewayTable: FieldTable<GatewaySpec, GatewayDraft> = {
  selector: {
    read: (value, draft) => {
      draft.selector = value;
    },
  },
  servers: {
    read: (value, draft, { origin, report }) => {
      draft.servers = value.map((input, index) => {
        const place = { origin: origin.at(index), report };
        const empty = {
          origin: place.origin,
          hosts: [],
          port: 0,
          portName: '',
          protocol: '',
          namespace: draft.namespace,
        };
        return readInto<ServerInput, ServerDraft & { readonly namespace: string }>(input, serverTable, empty, place);
      });
    },
  },
};

/** `ns/host`, `./host`, `*\/host` or a plain host. */
function toServerHost(text: string, own: string, origin: Origin): ServerHost {
  const slash = text.indexOf('/');
  const host = text.slice(slash + 1).toLowerCase();
  const owner = slash < 0 ? '*' : text.slice(0, slash);
  if (owner === '*') return { host, origin };
  return { host, namespace: owner === '.' ? own : owner, origin };
}

/** Reads a Gateway. */
export function readGateway({ source, namespace, name, spec }: SpecObject<GatewaySpec>, report: Report): GatewayDraft {
  const draft: GatewayDraft = { source, namespace, name, id: `${namespace}/${name}`, selector: {}, servers: [] };
  return readInto(spec, gatewayTable, draft, { origin: source.origin.at('spec'), report });
}
