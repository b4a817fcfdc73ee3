import type { Match, VirtualHost } from '../../src/ir/model.ts';
import {
  type AttributeTest,
  all,
  exactly,
  exactPath,
  not,
  type PathPredicate,
  pathPrefix,
  type StringPredicate,
  startingWith,
} from '../../src/ir/predicates.ts';
import type { Condition, Fields, List, PathTest, TextTest } from './lists.ts';
import { origin, toAction, toRespond } from './to-action.ts';
import { HOST, PORT } from './universe.ts';

const source = { apiVersion: 'v1', kind: 'List', name: 'list', labels: {}, annotations: {}, origin };

const toText = (test: TextTest): StringPredicate => {
  switch (test.kind) {
    case 'any':
      return test;
    case 'exact':
      return exactly(test.text, test.fold);
    case 'prefix':
      return startingWith(test.text, test.fold);
    case 'regex':
      return { kind: 'regex', pattern: test.source };
    case 'not':
      return not(toText(test.of));
    case 'all':
      return all(test.of.map(toText));
  }
};

const toPath = (test: PathTest): PathPredicate => {
  switch (test.kind) {
    case 'any':
      return test;
    case 'exact':
      return exactPath(test.text, test.fold);
    case 'string':
    case 'segment':
      return pathPrefix(test.text, test.kind, test.fold);
    case 'regex':
      return { kind: 'regex', pattern: test.source };
  }
};

const toTests = (fields: Fields): readonly AttributeTest[] =>
  Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { absent, value }]) => ({
      name,
      absent,
      value: value === undefined ? { kind: 'none' } : toText(value),
    }));

const toMatch = ({ path, method, authority, headers, query, opaque }: Condition): Match => ({
  path: toPath(path),
  method: toText(method),
  authority: toText(authority),
  headers: toTests(headers),
  query: toTests(query),
  opaque: (opaque ?? []).map((name) => ({ name, value: 'on', origin })),
  origin,
});

/** A list as a virtual host of the routing model; its rules keep their places and have places of their own. */
export const toVirtualHost = (
  { order, rules, otherwise }: List,
  { host, id }: Pick<VirtualHost, 'host' | 'id'> = { host: { kind: 'exact', name: HOST }, id: HOST },
): VirtualHost => ({
  id,
  scope: {
    kind: 'gateway',
    workload: 'edge',
    port: PORT,
    protocol: 'HTTP',
    listeners: [{ gateway: 'edge', listener: 'http' }],
  },
  host,
  order: { kind: order },
  rules: rules.map(({ conditions, action }, index) => ({
    source,
    hostIndex: 0,
    index,
    matches: conditions.map(toMatch),
    action: toAction(action),
    origin: origin.at(id, 'rules', index),
  })),
  otherwise: toRespond(otherwise),
  origin,
});
