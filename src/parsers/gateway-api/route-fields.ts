import type { Report } from '../../diagnostics/diagnostic.ts';
import { type FieldPlace, type FieldTable, readList } from '../field-table.ts';
import type { SpecObject } from '../source-object.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { BackendDraft, ParentDraft, RouteDraft, RuleDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import { readFilters } from './filter-fields.ts';
import { readHostname } from './hostname-fields.ts';
import { readMatch } from './match-fields.ts';
import { objectRefTable, readParentRef } from './reference-fields.ts';
import { readRetry, readSession, readTimeouts } from './reliability-fields.ts';
import type { BackendRefInput, HttpRouteSpec, RuleInput } from './types.ts';

const NO_FILTERS: RuleDraft['filters'] = [];

/** One entry of `backendRefs`. */
export const backendRefTable: FieldTable<BackendRefInput, BackendDraft> = {
  ...objectRefTable,
  weight: {
    read: (value, draft) => {
      draft.weight = value;
    },
  },
  filters: {
    read: (value, draft, place) => {
      draft.filters = readFilters(value, place);
    },
  },
};

/** One entry of `rules`. */
export const ruleTable: FieldTable<RuleInput, RuleDraft> = {
  name: {
    read: (value, draft) => {
      if (value !== '') draft.name = value;
    },
  },
  matches: {
    read: (value, draft, place) => {
      draft.matches = readList(value, place, readMatch);
    },
  },
  filters: {
    read: (value, draft, place) => {
      draft.filters = readFilters(value, place);
    },
  },
  backendRefs: {
    read: (value, draft, place) => {
      draft.backends = readList(value, place, (input, at) =>
        readInto<BackendRefInput, BackendDraft>(
          input,
          backendRefTable,
          { origin: at.origin, group: '', kind: 'Service', name: '', weight: 1, filters: NO_FILTERS },
          at,
        ),
      );
    },
  },
  timeouts: {
    read: (value, draft, place) => {
      draft.timeouts = { value: readTimeouts(value, place), origin: place.origin };
    },
  },
  retry: {
    read: (value, draft, place) => {
      draft.retry = { value: readRetry(value, place), origin: place.origin };
    },
  },
  sessionPersistence: {
    read: (value, draft, place) => {
      draft.session = { value: readSession(value, place), origin: place.origin };
    },
  },
};

/** `spec` of an HTTPRoute. */
export const httpRouteTable: FieldTable<HttpRouteSpec, RouteDraft> = {
  parentRefs: {
    read: (value, draft, place) => {
      draft.parents = readList(value, place, readParentRef);
      reportUnlikeParents(draft.parents, draft.namespace, place.report);
    },
  },
  hostnames: {
    read: (value, draft, { origin, report }) => {
      draft.hostnames = value.map((name, index) => ({
        value: readHostname(name, 'hostnames', { origin: origin.at(index), report }),
        origin: origin.at(index),
      }));
    },
  },
  rules: {
    read: (value, draft, place) => {
      draft.rules = readList(value, place, readRule);
    },
  },
  useDefaultGateways: {
    read: (value, draft, { origin, report }) => {
      if (value === 'None') return;
      draft.takesDefaults = true;
      report(d['default-gateways']({}, origin));
    },
  },
};

/**
 * Reports references to one parent that the API server does not tell apart: all of them name a section or none does, all
 * a port or none, and no two name the same.
 */
function reportUnlikeParents(parents: readonly ParentDraft[], own: string, report: Report): void {
  const seen = new Map<string, ParentDraft>();
  const places = new Set<string>();
  for (const parent of parents) {
    const { group, kind, name, namespace = own, sectionName, port, origin } = parent;
    const key = JSON.stringify([group, kind, namespace, name]);
    const first = seen.get(key) ?? parent;
    seen.set(key, first);
    const isAlike =
      (first.sectionName === undefined) === (sectionName === undefined) &&
      (first.port === undefined) === (port === undefined);
    const place = JSON.stringify([key, sectionName, port]);
    if (isAlike && !places.has(place)) {
      places.add(place);
      continue;
    }
    const want = 'a sectionName of its own, or a port, in each of them';
    report(d['invalid-value']({ field: 'parentRefs', value: `twice of ${kind} ${name}`, want }, origin));
  }
}

/** A rule without anything takes every request and answers 500. */
function readRule(input: RuleInput, place: FieldPlace, index: number): RuleDraft {
  const draft: RuleDraft = { origin: place.origin, index, matches: [], filters: NO_FILTERS, backends: [] };
  readInto(input, ruleTable, draft, place);
  if (draft.matches.length === 0) draft.matches = [readMatch({}, place)];
  return draft;
}

/** Reads an HTTPRoute; without rules it has one that takes everything. */
export function readHttpRoute(
  { source, namespace, name, spec }: SpecObject<HttpRouteSpec>,
  report: Report,
): RouteDraft {
  const place = { origin: source.origin.at('spec'), report };
  const draft: RouteDraft = { source, namespace, name, parents: [], hostnames: [], rules: [] };
  readInto(spec, httpRouteTable, draft, place);
  if (draft.rules.length === 0) draft.rules = [readRule({}, place, 0)];
  return draft;
}
