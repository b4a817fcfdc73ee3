import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { SourceObject } from '../../ir/model.ts';
import { type AnyFieldTable, type FieldPlace, type FieldTable, readFields } from '../field-table.ts';
import { kindOfHost } from '../host-name.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import {
  ANY_HOST,
  type BackendDraft,
  type IngressDraft,
  type PathDraft,
  type RuleDraft,
  type TlsDraft,
} from './draft.ts';
import type {
  BackendInput,
  HttpInput,
  IngressSpec,
  PathInput,
  PortInput,
  ResourceInput,
  RuleInput,
  ServiceInput,
  TlsInput,
} from './types.ts';

function readInto<Input extends object, Draft>(
  input: Input,
  table: FieldTable<Input, Draft>,
  draft: Draft,
  place: FieldPlace,
): Draft {
  readFields(input, table, draft, place, d['unknown-field']);
  return draft;
}

/** Reads each entry of a list at its own place. */
function readList<Input, Draft>(
  list: readonly Input[],
  { origin, report }: FieldPlace,
  read: (input: Input, place: FieldPlace) => Draft,
): readonly Draft[] {
  return list.map((input, index) => read(input, { origin: origin.at(index), report }));
}

/** `service.port`. */
const portTable: FieldTable<PortInput, BackendDraft> = {
  name: {
    read: (value, draft, { origin }) => {
      if (value !== '') draft.port = { value, origin };
    },
  },
  number: {
    read: (value, draft, { origin }) => {
      if (value !== 0) draft.port = { value, origin };
    },
  },
};

const serviceTable: FieldTable<ServiceInput, BackendDraft> = {
  name: {
    read: (value, draft) => {
      draft.service = value;
    },
  },
  port: {
    read: (value, draft, place) => {
      readInto(value, portTable, draft, place);
    },
  },
};

type ResourceDraft = { kind: string; name: string };

const resourceTable: FieldTable<ResourceInput, ResourceDraft> = {
  apiGroup: { ignore: 'the finding about the backend names its kind' },
  kind: {
    read: (value, draft) => {
      draft.kind = value;
    },
  },
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
};

const backendTable: FieldTable<BackendInput, BackendDraft> = {
  service: {
    read: (value, draft, place) => {
      readInto(value, serviceTable, draft, place);
    },
  },
  resource: {
    read: (value, draft, place) => {
      const { kind, name } = readInto(value, resourceTable, { kind: '', name: '' }, place);
      draft.resource = `${kind} ${name}`;
    },
  },
};

function readBackend(input: BackendInput, place: FieldPlace): BackendDraft {
  return readInto(input, backendTable, { origin: place.origin, service: '' }, place);
}

const pathTable: FieldTable<PathInput, PathDraft> = {
  path: {
    read: (value, draft) => {
      draft.path = value;
    },
  },
  pathType: {
    read: (value, draft) => {
      draft.pathType = value;
    },
  },
  backend: {
    read: (value, draft, place) => {
      draft.backend = readBackend(value, place);
    },
  },
};

const httpTable: FieldTable<HttpInput, RuleDraft> = {
  paths: {
    read: (value, draft, place) => {
      draft.paths = readList(value, place, (path, at) =>
        readInto(path, pathTable, { origin: at.origin, path: '', pathType: 'ImplementationSpecific' }, at),
      );
    },
  },
};

function readHost(text: string, { origin, report }: FieldPlace): string {
  const host = text.toLowerCase() || ANY_HOST;
  if (kindOfHost(host) === 'none') report(d['host-not-a-name']({ host: text }, origin));
  return host;
}

const ruleTable: FieldTable<RuleInput, RuleDraft> = {
  host: {
    read: (value, draft, place) => {
      draft.host = readHost(value, place);
    },
  },
  http: {
    read: (value, draft, place) => {
      readInto(value, httpTable, draft, place);
    },
  },
};

const tlsTable: FieldTable<TlsInput, TlsDraft> = {
  hosts: {
    read: (value, draft, { origin, report }) => {
      const hosts = value.map((host, index) => readHost(host, { origin: origin.at(index), report }));
      draft.hosts = hosts.filter((host) => kindOfHost(host) === 'name');
    },
  },
  secretName: {
    read: (value, draft) => {
      if (value !== '') draft.secretName = value;
    },
  },
};

const specTable: FieldTable<IngressSpec, IngressDraft> = {
  ingressClassName: {
    read: (value, draft, { origin }) => {
      if (value !== '') draft.ingressClassName = { value, origin };
    },
  },
  defaultBackend: {
    read: (value, draft, place) => {
      draft.defaultBackend = readBackend(value, place);
    },
  },
  tls: {
    read: (value, draft, place) => {
      draft.tls = readList(value, place, (tls, at) => readInto(tls, tlsTable, { origin: at.origin, hosts: [] }, at));
    },
  },
  rules: {
    read: (value, draft, place) => {
      const rules = readList(value, place, (rule, at) =>
        readInto(rule, ruleTable, { origin: at.origin, host: ANY_HOST, paths: [] }, at),
      );
      draft.rules = rules.filter(({ host }) => kindOfHost(host) === 'name');
    },
  },
};

/** Every field of an Ingress, by the name of its type. */
export const ingressTables = {
  Ingress: specTable,
  IngressRule: ruleTable,
  HTTPIngressRuleValue: httpTable,
  HTTPIngressPath: pathTable,
  IngressBackend: backendTable,
  IngressServiceBackend: serviceTable,
  ServiceBackendPort: portTable,
  TypedLocalObjectReference: resourceTable,
  IngressTLS: tlsTable,
} satisfies Readonly<Record<string, AnyFieldTable>>;

interface Metadata {
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly annotations?: Readonly<Record<string, string>> | null;
  readonly creationTimestamp?: unknown;
}

/**
 * Reads an Ingress. The document has passed its schema, so the casts are the border between checked data and types.
 */
export function readIngress(
  { resource, object, origin }: KubernetesDocument,
  defaultNamespace: string,
  report: (draft: IngressDraft) => FieldPlace['report'],
): IngressDraft {
  const metadata = (object['metadata'] ?? {}) as Metadata;
  const created = metadata.creationTimestamp;
  const source: SourceObject = {
    ...resource,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    ...(typeof created === 'string' ? { created } : {}),
    origin,
  };
  const namespace = resource.namespace ?? defaultNamespace;
  const draft: IngressDraft = { source, namespace, key: `${namespace}/${resource.name}`, tls: [], rules: [] };
  const spec = (object['spec'] ?? {}) as IngressSpec;
  return readInto(spec, specTable, draft, { origin: origin.at('spec'), report: report(draft) });
}
