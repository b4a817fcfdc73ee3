import { match, need, type Printed, rule, rules } from './printed.ts';

/** A way in which an emitter may go wrong: what it does to the objects, or to the text that is printed of them. */
export interface Fault {
  readonly name: string;
  readonly profiles: readonly ('standard' | 'lattice')[];
  /** The host that it harms, as its id ends. */
  readonly host: string;
  readonly plant?: (objects: Printed[], hosts: ReadonlyMap<Printed, readonly string[]>) => void;
  readonly print?: (text: string) => string;
}

export const both = ['standard', 'lattice'] as const;
export const standard = ['standard'] as const;
const lattice = ['lattice'] as const;

export const isRoot = ({ path }: { path: { value: string } }) => path.value === '/';
export const isOf = (path: string) => (one: { path: { value: string } }) => one.path.value === path;
export const canary = ({ headers = [] }: { headers?: { name: string }[] }) =>
  headers.some(({ name }) => name === 'x-canary');

/** Faults in the conditions of rules and in their order. */
export const matchFaults: readonly Fault[] = [
  {
    name: 'two rules swapped',
    profiles: lattice,
    host: '/plain.example.com',
    plant: (all) => void rules(all, 'plain').reverse(),
  },
  {
    name: 'a header condition dropped',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => void delete match(all, 'plain', canary).headers,
  },
  {
    name: 'a header value in other letters',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => {
      need(match(all, 'shop', ({ headers }) => headers).headers?.[0]).value = 'gold';
    },
  },
  {
    name: 'another header name',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      need(match(all, 'plain', canary).headers?.[0]).name = 'x-canaries';
    },
  },
  {
    name: 'a method lost',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => void delete match(all, 'plain', ({ method }) => method).method,
  },
  {
    name: 'a query parameter lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) =>
      void delete match(all, 'shop', ({ path, queryParams }) => queryParams && path.type === 'PathPrefix').queryParams,
  },
  {
    name: 'Exact for PathPrefix',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      match(all, 'admin', ({ path }) => path.type === 'PathPrefix' && path.value !== '/').path.type = 'Exact';
    },
  },
  {
    name: 'PathPrefix for Exact',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      match(all, 'plain', isOf('/orders')).path.type = 'PathPrefix';
    },
  },
  {
    name: 'a prefix written twice',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      const { path } = match(all, 'admin', (one) => one.path.type === 'PathPrefix' && one.path.value !== '/');
      path.value = path.value.endsWith('/') ? `${path.value}help/` : `${path.value}${path.value}`;
    },
  },
  {
    name: 'a rule dropped',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => void rules(all, 'plain').splice(0, 1),
  },
  {
    name: 'the last rule dropped',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => void rules(all, 'admin').pop(),
  },
  {
    name: 'an alternative dropped',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => void rule(all, 'shop', (_, { matches }) => matches.length > 1).matches.pop(),
  },
  {
    name: 'the last rule repeated above all',
    profiles: lattice,
    host: '/admin.example.com',
    plant: (all) => void rules(all, 'admin').unshift(structuredClone(need(rules(all, 'admin').at(-1)))),
  },
  {
    name: 'a narrower rule with the backend of another one',
    profiles: standard,
    host: '/admin.example.com',
    plant: (all) => {
      const copy = structuredClone(rule(all, 'admin', isRoot));
      need(copy.matches[0]).path = { type: 'Exact', value: '/help/deep' };
      rules(all, 'admin').push(copy);
    },
  },
];
