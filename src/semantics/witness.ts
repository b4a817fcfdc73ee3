import type { Witness } from '../diagnostics/diagnostic.ts';
import type { VirtualHost } from '../ir/model.ts';
import type { Atom, AtomTests, MatchedRequest } from './atom.ts';
import { regexWord } from './value-regex.ts';

/** A short request that meets an atom. */
export function requestOf(atom: Atom, path = samplePath(atom)): MatchedRequest {
  return { method: atom.method ?? 'GET', path, headers: sampleTests(atom.headers), query: sampleTests(atom.query) };
}

function samplePath({ path }: Atom): string {
  return path.kind === 'any' ? '/' : path.value;
}

const NO_TESTS: Readonly<Record<string, string>> = {};

function sampleTests(tests: AtomTests): Readonly<Record<string, string>> {
  if (tests.length === 0) return NO_TESTS;
  return Object.fromEntries(
    tests.map(({ name, value }) => [name, value.kind === 'exact' ? value.value : regexWord(value.value)]),
  );
}

/** The finding's request with what it meets before and after. */
export function toWitness(host: VirtualHost, request: MatchedRequest, before: string, after: string): Witness {
  const query = request.query === NO_TESTS ? '' : new URLSearchParams(request.query).toString();
  const url = `${schemeOf(host)}://${hostNameOf(host)}${portOf(host)}${request.path}${query === '' ? '' : `?${query}`}`;
  return { request: { method: request.method, url, headers: request.headers }, before, after };
}

function schemeOf({ scope }: VirtualHost): 'http' | 'https' {
  return scope.kind === 'gateway' && scope.protocol === 'HTTPS' ? 'https' : 'http';
}

function portOf(host: VirtualHost): string {
  const { port } = host.scope;
  const usual = schemeOf(host) === 'https' ? 443 : 80;
  return port === undefined || port === usual ? '' : `:${port}`;
}

/** A host name that the virtual host serves. */
export function hostNameOf({ host, scope }: VirtualHost): string {
  if (host.kind === 'exact') return host.name;
  if (host.kind === 'suffix') return `x.${host.suffix}`;
  return scope.kind === 'mesh' && scope.target !== undefined
    ? `${scope.target.service}.${scope.target.namespace}`
    : 'any.example';
}
