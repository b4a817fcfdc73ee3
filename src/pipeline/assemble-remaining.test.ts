import { describe, expect, test } from 'vitest';
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { Origin, type SourceDocument } from '../diagnostics/origin.ts';
import type { Emitter } from '../emitters/emitter.ts';
import type { LegalHost } from '../emitters/legal-host.ts';
import { NO_HEADER_OPS } from '../ir/actions.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import { assembleRemaining } from './assemble-remaining.ts';

const { clash } = defineDiagnostics('test', {
  clash: { severity: 'error', summary: '', message: () => 'clash', accept: 'never' },
});

const document: SourceDocument = {
  file: 'a.yaml',
  resource: undefined,
  span: () => ({ file: 'a.yaml', line: 1, col: 1, endLine: 1, endCol: 1 }),
  order: 0,
  lineText: () => undefined,
};
const origin = new Origin(document);

const host = (id: string): VirtualHost => ({
  id,
  scope: { kind: 'mesh', target: { namespace: 'shop', service: id }, clients: { kind: 'all' } },
  host: { kind: 'exact', name: `${id}.example.com` },
  order: { kind: 'first-match' },
  rules: [],
  otherwise: { kind: 'respond', status: 404, responseHeaders: NO_HEADER_OPS, origin },
  origin,
});

const ids = ['a', 'b', 'c', 'd'];
const legal: readonly LegalHost[] = ids.map((id) => ({ host: host(id), rules: [] }));
const model: RoutingModel = {
  gateways: [],
  carried: [],
  guards: [],
  virtualHosts: legal.map((one) => one.host),
  facts: {
    services: new Map(),
    serviceImports: new Map(),
    namespaces: new Map(),
    ingressClasses: new Map(),
    workloads: [],
    grants: [],
  },
};

/** Assembles with an emitter that finds one thing wrong, with some of the hosts that it is given. */
function assemble(findWrong: (given: readonly string[]) => readonly string[]) {
  const rounds: (readonly string[])[] = [];
  const emitter: Emitter = {
    name: 'test',
    diagnostics: {},
    limits: [],
    product: 'document',
    legalize: () => legal,
    writesWithoutRules: () => false,
    toVirtualHost: ({ host: one }) => one,
    readBack: { parser: 'test', options: () => ({}) },
    assemble: (hosts, _model, _options, report) => {
      if (rounds.length > ids.length + 1) throw new Error('this never ends');
      const given = hosts.map((one) => one.host.id);
      rounds.push(given);
      const wrong = findWrong(given);
      if (wrong.length > 0) report(clash({}, origin, { affects: { kind: 'hosts', ids: wrong } }));
      return { resources: [], clientChanges: [], limits: [], prerequisites: [] };
    },
  };
  const { hosts, diagnostics } = assembleRemaining(legal, [], {
    emitter,
    model,
    emit: {
      ...{ profile: 'lattice', channel: 'standard', latticePrefix: 'unknown', inPlace: false },
      ...{ defaultNamespace: 'default', clusterDomain: 'c', explicitTimeouts: false, hosts: {}, limits: {} },
      toolVersion: '0',
    },
    parse: { defaultNamespace: 'default', clusterDomain: 'c' },
    accept: [],
    codes: new Map(),
    severities: {},
    strict: false,
  });
  const withheld = hosts.filter(({ withheldBy }) => withheldBy.length > 0).map(({ id }) => id);
  return { rounds, withheld, found: diagnostics.length };
}

describe('a finding that comes again without the hosts that it has withheld', () => {
  test('goes on withholding them', () => {
    // What two hosts share is wrong for the one that is left as well.
    const { rounds, withheld, found } = assemble((given) =>
      given.includes('a') ? ['a'] : given.includes('b') ? ['b'] : [],
    );
    expect(withheld).toEqual(['a', 'b']);
    expect(found).toBe(1);
    expect(rounds.at(-1)).toEqual(['c', 'd']);
  });

  test('withholds all of them, one by one', () => {
    const { rounds, withheld } = assemble((given) => given.slice(0, 1));
    expect(withheld).toEqual(ids);
    expect(rounds.at(-1)).toEqual([]);
  });
});
