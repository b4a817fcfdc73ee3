import type { KubernetesDocument } from '../../documents/read-documents.ts';
import { type AnyFieldTable, type FieldPlace, type FieldTable, fieldReader, readList } from '../field-table.ts';
import { kindOfHost } from '../host-name.ts';
import { isNoName } from '../object-name.ts';
import { toSpecObject } from '../source-object.ts';
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

const readInto = fieldReader(d['unknown-field']);

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
    read: (value, draft, { origin, report }) => {
      if (value === '') return;
      if (isNoName(value)) report(d['secret-not-a-name']({ secret: value }, origin));
      draft.secretName = value;
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

/** Reads an Ingress. */
export function readIngress(
  document: KubernetesDocument,
  defaultNamespace: string,
  report: (draft: IngressDraft) => FieldPlace['report'],
): IngressDraft {
  const { source, namespace, name, spec } = toSpecObject<IngressSpec>(document, defaultNamespace);
  const draft: IngressDraft = { source, namespace, key: `${namespace}/${name}`, tls: [], rules: [] };
  const hasRules = spec.rules != null && spec.rules.length > 0;
  if (!hasRules && spec.defaultBackend == null) report(draft)(d['routes-nothing']({}, source.origin));
  return readInto(spec, specTable, draft, { origin: source.origin.at('spec'), report: report(draft) });
}
