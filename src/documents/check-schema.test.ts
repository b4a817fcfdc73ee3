import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { checkSchema } from './check-schema.ts';
import { loadValidators } from './load-validators.ts';
import { readDocuments } from './read-documents.ts';

const stringMatch = {
  type: 'object',
  properties: { exact: { type: 'string' }, prefix: { type: 'string' }, regex: { type: 'string' } },
  oneOf: [{ required: ['exact'] }, { required: ['prefix'] }, { required: ['regex'] }],
};
const schema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['hosts', 'http'],
      properties: {
        hosts: { type: 'array', minItems: 1, items: { type: 'string' } },
        mode: { enum: ['SIMPLE', 'MUTUAL'] },
        port: { type: 'integer', minimum: 1, maximum: 65535 },
        targetPort: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
        timeout: { type: 'string', pattern: '^[0-9]+s$', maxLength: 4 },
        exclusive: { type: 'object', not: { required: ['a', 'b'] } },
        http: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              uri: stringMatch,
              route: { type: 'array', items: { type: 'object', properties: { weight: { type: 'integer' } } } },
              to: {
                oneOf: [
                  {
                    type: 'object',
                    required: ['host'],
                    properties: { host: { type: 'object', properties: { name: { type: 'string' } } } },
                  },
                  { type: 'string' },
                ],
              },
            },
          },
        },
      },
    },
  },
};
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
async function check(spec: string): Promise<{ readonly valid: boolean; readonly findings: readonly string[] }> {
  const text = `apiVersion: x.io/v1\nkind: Route\nmetadata: {name: a}\n${spec}\n`;
  const [document] = readDocuments({ file: 'r.yaml', bytes: new TextEncoder().encode(text) }, () => {});
  if (document === undefined) throw new Error('no document');
  const validators = await loadValidators(
    [
      { group: 'x.io', kind: 'Route' },
      { group: '', kind: 'Service' },
    ],
    {
      'x.io/Route': async () => ({ validate }),
    },
  );
  const findings: string[] = [];
  const valid = checkSchema(document, validators, ({ code, message, origin }) => {
    findings.push(`${origin?.toString()} ${code.replace('documents/', '')}: ${message}`);
  });
  return { valid, findings };
}

describe('checkSchema', () => {
  it('lets a valid object through, nulls and unknown fields included', async () => {
    expect(await check('spec: {hosts: [a], http: [], mode: null, more: 1, port: null}')).toEqual({
      valid: true,
      findings: [],
    });
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a wrong type',
      'spec: {hosts: [a], http: [{route: [{weight: "90"}]}]}',
      ['r.yaml:4:45 wrong-type: spec.http[0].route[0].weight: expected an integer, found the string "90"'],
    ],
    ['a missing object', 'x: 1', ['r.yaml:1:1 missing-field: the object: missing spec']],
    ['several missing fields', 'spec:\n  mode: SIMPLE', ['r.yaml:4:1 missing-field: spec: missing hosts, http']],
    ['null for a required field', 'spec: {hosts: [a], http: null}', ['r.yaml:4:7 missing-field: spec: missing http']],
    [
      'a boolean by accident',
      'spec: {hosts: [on], http: []}',
      ['r.yaml:4:16 wrong-type: spec.hosts[0]: expected a string, found true (written on, unquoted)'],
    ],
    [
      'null in a list',
      'spec: {hosts: [~], http: []}',
      ['r.yaml:4:16 wrong-type: spec.hosts[0]: expected a string, found nothing'],
    ],
    [
      'a value of no list',
      'spec: {hosts: [a], http: [], mode: simple}',
      ['r.yaml:4:36 not-allowed-value: spec.mode: expected one of SIMPLE or MUTUAL, found the string "simple"'],
    ],
    [
      'a bound',
      'spec: {hosts: [a], http: [], port: 70000}',
      ['r.yaml:4:36 out-of-range: spec.port: expected at most 65535, found the number 70000'],
    ],
    [
      'an empty list',
      'spec: {hosts: [], http: []}',
      ['r.yaml:4:15 out-of-range: spec.hosts: expected at least 1 items, found 0'],
    ],
    [
      'types of several alternatives',
      'spec: {hosts: [a], http: [], targetPort: [1]}',
      ['r.yaml:4:42 wrong-type: spec.targetPort: expected an integer or a string, found a list'],
    ],
    [
      'two faults of one text',
      'spec: {hosts: [a], http: [], timeout: 1000m}',
      ['r.yaml:4:39 not-allowed-value: spec.timeout: expected a text that matches ^[0-9]+s$, found the string "1000m"'],
    ],
    [
      'none of several fields',
      'spec: {hosts: [a], http: [{uri: {}}]}',
      [
        'r.yaml:4:33 wrong-combination: spec.http[0].uri: expected one of the fields exact, prefix or regex, found no field',
      ],
    ],
    [
      'two fields of which one is meant',
      'spec: {hosts: [a], http: [{uri: {exact: a, prefix: b}}]}',
      ['r.yaml:4:33 wrong-combination: spec.http[0].uri: expected only one of its alternatives, found exact, prefix'],
    ],
    [
      'fields that exclude each other',
      'spec: {hosts: [a], http: [], exclusive: {a: 1, b: 2}}',
      ['r.yaml:4:41 wrong-combination: spec.exclusive: expected fields that do not exclude each other, found a, b'],
    ],
    [
      'a fault deep inside of an alternative',
      'spec: {hosts: [a], http: [{to: {host: {name: 1}}}]}',
      ['r.yaml:4:46 wrong-type: spec.http[0].to.host.name: expected a string, found the number 1'],
    ],
    [
      'an alternative of the right type',
      'spec: {hosts: [a], http: [{to: {}}]}',
      ['r.yaml:4:32 missing-field: spec.http[0].to: missing host'],
    ],
  ])('%s', async (_, spec, findings) => {
    expect(await check(spec)).toEqual({ valid: false, findings });
  });

  it('knows nothing of other kinds', async () => {
    const validators = await loadValidators([{ group: 'y.io', kind: 'Route' }], {});
    const [document] = readDocuments(
      { file: 'a', bytes: new TextEncoder().encode('{apiVersion: y.io/v1, kind: Route, metadata: {name: a}}') },
      () => {},
    );
    if (document !== undefined) expect(checkSchema(document, validators, () => {})).toBe(true);
    expect.assertions(1);
  });
});
