import { both, canary, type Fault, isOf, isRoot, standard } from './faults.ts';
import { filter, need, rule, withoutFilter } from './printed.ts';

/** Faults in where requests go and in what becomes of them on the way. */
export const actionFaults: readonly Fault[] = [
  {
    name: 'a share of weight 0',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      need(rule(all, 'plain', isRoot).backendRefs?.[1]).weight = 0;
    },
  },
  {
    name: 'another weight',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      need(rule(all, 'plain', isRoot).backendRefs?.[1]).weight = 11;
    },
  },
  {
    name: 'weights lost',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      for (const ref of need(rule(all, 'plain', isRoot).backendRefs)) delete ref.weight;
    },
  },
  {
    name: 'a share lost',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => void need(rule(all, 'plain', isRoot).backendRefs).pop(),
  },
  {
    name: 'the port of another listener as the port of a backend',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      need(rule(all, 'admin', isRoot).backendRefs?.[0]).port = 80;
    },
  },
  {
    name: 'another backend',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      need(rule(all, 'admin', isRoot).backendRefs?.[0]).name = 'help';
    },
  },
  {
    name: 'a subset as the whole Service',
    profiles: both,
    host: 'shop/web:*',
    plant: (all) => {
      need(rule(all, 'web', (one) => !canary(one)).backendRefs?.[0]).name = 'web';
    },
  },
  {
    name: 'a backend in another namespace',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      need(rule(all, 'admin', isRoot).backendRefs?.[0]).namespace = 'other';
    },
  },
  {
    name: 'the namespace of a backend lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => void delete rule(all, 'shop', (_, one) => one.retry).backendRefs?.[0]?.namespace,
  },
  {
    name: 'no backend left',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => void delete rule(all, 'admin', isRoot).backendRefs,
  },
  {
    name: 'a redirect lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => withoutFilter(rule(all, 'shop', isOf('/old')), 'RequestRedirect'),
  },
  {
    name: 'another code of a redirect',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => {
      need(filter(rule(all, 'shop', isOf('/old')), 'RequestRedirect').requestRedirect).statusCode = 301;
    },
  },
  {
    name: 'the port of a redirect lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => void delete filter(rule(all, 'shop', isOf('/old')), 'RequestRedirect').requestRedirect?.port,
  },
  {
    name: 'the path of a redirect lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => void delete filter(rule(all, 'shop', isOf('/old')), 'RequestRedirect').requestRedirect?.path,
  },
  {
    name: 'a rewrite lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => withoutFilter(rule(all, 'shop', isOf('/one')), 'URLRewrite'),
  },
  {
    name: 'a rewritten path for a rewritten prefix',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => {
      const { urlRewrite } = filter(
        rule(all, 'shop', (one, { filters }) => isOf('/api')(one) && filters),
        'URLRewrite',
      );
      need(urlRewrite).path = { type: 'ReplaceFullPath', replaceFullPath: '/' };
    },
  },
  {
    name: 'a set request header lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) =>
      void delete filter(
        rule(all, 'shop', (_, one) => one.retry),
        'RequestHeaderModifier',
      ).requestHeaderModifier?.set,
  },
  {
    name: 'a removed request header kept',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) =>
      void delete filter(
        rule(all, 'shop', (_, one) => one.retry),
        'RequestHeaderModifier',
      ).requestHeaderModifier?.remove,
  },
  {
    name: 'a response header lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) =>
      withoutFilter(
        rule(all, 'shop', (_, one) => one.retry),
        'ResponseHeaderModifier',
      ),
  },
  {
    name: 'a mirror lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) =>
      withoutFilter(
        rule(all, 'shop', (_, one) => one.retry),
        'RequestMirror',
      ),
  },
  {
    name: 'a timeout lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => void delete rule(all, 'shop', (_, one) => one.retry).timeouts?.request,
  },
  {
    name: 'retries lost',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => void delete rule(all, 'shop', (_, one) => one.retry).retry,
  },
];
