import type { FieldPlace, FieldTable } from '../field-table.ts';
import type { ParentDraft, RefDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import { checkName, checkNamespace } from './name-fields.ts';
import type { ObjectRefInput, ParentRefInput } from './types.ts';

const group = {
  read: (value: string, draft: { group: string }) => {
    draft.group = value;
  },
};
const kind = {
  read: (value: string, draft: { kind: string }) => {
    draft.kind = value;
  },
};
const name = {
  read: (value: string, draft: { name: string }) => {
    draft.name = value;
  },
};
const namespace = {
  read: (value: string, draft: { namespace?: string }) => {
    if (value !== '') draft.namespace = value;
  },
};
const port = {
  read: (value: number, draft: { port?: number }) => {
    draft.port = value;
  },
};

/** A reference to a backend, in its own right or as a part of an entry of `backendRefs`. */
export const objectRefTable: FieldTable<ObjectRefInput, RefDraft> = { group, kind, namespace, name, port };

/** One entry of `parentRefs`. */
export const parentRefTable: FieldTable<ParentRefInput, ParentDraft> = {
  group,
  kind,
  namespace: {
    read: (value, draft, place) => {
      namespace.read(value, draft);
      if (value !== '') checkNamespace(value, 'namespace', place);
    },
  },
  name: {
    read: (value, draft, place) => {
      name.read(value, draft);
      checkName(value, 'name', place);
    },
  },
  port,
  sectionName: {
    read: (value, draft, place) => {
      if (value === '') return;
      draft.sectionName = value;
      checkName(value, 'sectionName', place);
    },
  },
};

/** Reads the reference of a mirror. */
export function readObjectRef(input: ObjectRefInput, place: FieldPlace): RefDraft {
  const draft: RefDraft = { origin: place.origin, group: '', kind: 'Service', name: '' };
  return readInto(input, objectRefTable, draft, place);
}

/** Reads one entry of `parentRefs`. */
export function readParentRef(input: ParentRefInput, place: FieldPlace): ParentDraft {
  const draft: ParentDraft = {
    origin: place.origin,
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name: '',
  };
  return readInto(input, parentRefTable, draft, place);
}
