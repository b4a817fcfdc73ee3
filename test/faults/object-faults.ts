import { both, type Fault, standard } from './faults.ts';
import { drop, need, object } from './printed.ts';

/** Faults in the objects around the rules, and in the text itself. */
export const objectFaults: readonly Fault[] = [
  {
    name: 'a host name lost',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => void delete object(all, 'HTTPRoute', 'plain').spec.hostnames,
  },
  {
    name: 'a host name misspelt',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      object(all, 'HTTPRoute', 'admin').spec.hostnames = ['amdin.example.com'];
    },
  },
  {
    name: 'a host name too many',
    profiles: both,
    host: '/plain.example.com',
    // The AWS controller takes the first one and ignores the others.
    plant: (all) => void need(object(all, 'HTTPRoute', 'plain').spec.hostnames).unshift('extra.example.com'),
  },
  {
    name: 'a host name of another host',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => void need(object(all, 'HTTPRoute', 'plain').spec.hostnames).push('shop.example.com'),
  },
  {
    name: 'the port of a listener',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      const listeners = all.filter(({ kind }) => kind === 'Gateway').flatMap(({ spec }) => spec.listeners ?? []);
      need(listeners.find(({ port }) => port === 8080)).port = 8081;
    },
  },
  {
    name: 'the host name of a listener',
    profiles: standard,
    host: '/admin.example.com',
    plant: (all) => {
      need(object(all, 'Gateway', 'inner').spec.listeners?.[0]).hostname = 'other.example.com';
    },
  },
  {
    name: 'another sectionName',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      const ref = need(object(all, 'HTTPRoute', 'plain').spec.parentRefs?.[0]);
      ref.sectionName = ref.sectionName === 'http' ? 'https' : 'http-8080';
    },
  },
  {
    name: 'a sectionName that does not exist',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      need(object(all, 'HTTPRoute', 'plain').spec.parentRefs?.[0]).sectionName = 'web';
    },
  },
  {
    name: 'a route attached to another Gateway',
    profiles: standard,
    host: '/admin.example.com',
    plant: (all) => {
      need(object(all, 'HTTPRoute', 'admin').spec.parentRefs?.[0]).name = 'edge';
    },
  },
  {
    name: 'a route of the mesh attached to another Service',
    profiles: standard,
    host: 'shop/web:*',
    plant: (all) => {
      need(object(all, 'HTTPRoute', 'web').spec.parentRefs?.[0]).name = 'pay';
    },
  },
  {
    name: 'a route in another namespace',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => {
      object(all, 'HTTPRoute', 'admin').metadata.namespace = 'other';
    },
  },
  {
    name: 'a route missing',
    profiles: both,
    host: '/admin.example.com',
    plant: (all) => drop(all, 'HTTPRoute', 'admin'),
  },
  {
    name: 'a Gateway missing',
    profiles: standard,
    host: '/admin.example.com',
    plant: (all) => drop(all, 'Gateway', 'inner'),
  },
  {
    name: 'another selector of a subset',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      need(object(all, 'Service', 'web-v2').spec.selector)['version'] = 'v1';
    },
  },
  {
    name: 'another targetPort of a subset',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => {
      need(object(all, 'Service', 'web-v2').spec.ports?.[0]).targetPort = 8080;
    },
  },
  {
    name: 'the Service of a subset missing',
    profiles: both,
    host: '/plain.example.com',
    plant: (all) => drop(all, 'Service', 'web-v2'),
  },
  {
    name: 'a ReferenceGrant missing',
    profiles: standard,
    host: '/shop.example.com',
    plant: (all) => drop(all, 'ReferenceGrant', 'httproutes-of-shop-to-services'),
  },
  {
    name: 'a text that reads back as a boolean',
    profiles: both,
    host: '/plain.example.com',
    print: (text) => text.replaceAll('value: "true"', 'value: true'),
  },
  {
    name: 'a line out of place',
    profiles: both,
    host: '/admin.example.com',
    print: (text) => text.replace('  - admin.example.com', '   - admin.example.com\n  - more'),
  },
  {
    name: 'a document cut off',
    profiles: both,
    host: 'shop/web:*',
    print: (text) => text.slice(0, text.indexOf('backendRefs', text.indexOf('  name: web\n'))),
  },
];
