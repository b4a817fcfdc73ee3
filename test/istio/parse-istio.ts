import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readDocuments } from '../../src/documents/read-documents.ts';
import type { Backend, Forward } from '../../src/ir/actions.ts';
import type { Guard, Match, Rule, VirtualHost } from '../../src/ir/model.ts';
import type { PathPredicate, StringPredicate } from '../../src/ir/predicates.ts';
import { istioParser } from '../../src/parsers/istio/parser.ts';
import { readFacts } from '../../src/parsers/kubernetes/read-facts.ts';

export interface ParsedText {
  readonly hosts: ReadonlyMap<string, VirtualHost>;
  readonly gateways: ReturnType<typeof istioParser.parse>['gateways'];
  /** Their losses are among the diagnostics. */
  readonly guards: readonly Guard[];
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
}

const options = { defaultNamespace: 'default', clusterDomain: 'cluster.local' };

/** Parses the Istio objects of a YAML text; Services and the like in it become facts. */
export function parseIstio(text: string): ParsedText {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const documents = readDocuments({ file: 'in.yaml', bytes: new TextEncoder().encode(text) }, report);
  const facts = readFacts(documents, {}, options);
  const own = documents.filter(({ resource }) => resource.apiVersion.includes('istio.io/'));
  const { virtualHosts, gateways, guards = [] } = istioParser.parse(own, { options, facts, report });
  for (const { lost } of guards) report(lost);
  return {
    hosts: new Map(virtualHosts.map((host) => [host.id, host])),
    gateways,
    guards,
    diagnostics,
    codes: diagnostics.map(({ code }) => code).filter((code) => code !== 'istio/mesh-defaults'),
  };
}

/** A VirtualService for mesh host `s` with these `http` rules (YAML in flow style), and Service `s` with port 80. */
export function meshRules(http: string): ParsedText {
  return parseIstio(`${virtualService('a', `{hosts: [s], http: ${http}}`)}\n---\n${service('s', 80)}`);
}

export function virtualService(name: string, spec: string, metadata = ''): string {
  return `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: ${name}${metadata}}, spec: ${spec}}`;
}

export function gateway(name: string, servers: string, namespace = 'default'): string {
  const metadata = `{name: ${name}, namespace: ${namespace}}`;
  const spec = `{selector: {istio: ingressgateway}, servers: ${servers}}`;
  return `{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: ${metadata}, spec: ${spec}}`;
}

export function service(name: string, ...ports: readonly number[]): string {
  const list = ports.map((port) => `{name: http-${port}, port: ${port}}`).join(', ');
  return `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {selector: {app: ${name}}, ports: [${list}]}}`;
}

export function joinDocuments(...documents: readonly string[]): string {
  return documents.join('\n---\n');
}

/** The host of an id; fails the test when there is none. */
export function hostOf({ hosts }: ParsedText, id: string): VirtualHost {
  const host = hosts.get(id);
  if (host === undefined) throw new Error(`no virtual host ${id} among ${[...hosts.keys()].join(', ')}`);
  return host;
}

/** The only match of a host's rule. */
export function matchOf(parsed: ParsedText, rule = 0, match = 0): Match {
  const found = [...parsed.hosts.values()][0]?.rules[rule]?.matches[match];
  if (found === undefined) throw new Error('there is no such match');
  return found;
}

export function forwardOf(rule: Rule | undefined): Forward {
  if (rule?.action.kind !== 'forward') throw new Error('the rule does not forward');
  return rule.action;
}

/** A rule in short: its paths, then where it leads. */
export function sketch({ matches, action }: Rule): string {
  const paths = matches.map(({ path }) => sketchPredicate(path)).join('|');
  if (action.kind === 'redirect') return `${paths} ${action.status}`;
  if (action.kind === 'respond') return `${paths} =${action.status}`;
  const shares = action.shares.map((share) =>
    share.kind === 'invalid' ? `${share.weight}!${share.status}` : `${share.weight}:${sketchBackend(share.backend)}`,
  );
  return `${paths} ${shares.join(' ')}`;
}

function sketchBackend({ namespace, name, port, subset }: Backend): string {
  const part = subset === undefined ? '' : `@${Object.values(subset.labels).join(',')}`;
  return `${namespace === 'default' ? '' : `${namespace}/`}${name}:${port}${part}`;
}

/** A predicate in short: `*`, `=exact`, `prefix…`, `~regex`, `!…`. */
export function sketchPredicate(predicate: PathPredicate | StringPredicate | { readonly kind: 'none' }): string {
  switch (predicate.kind) {
    case 'any':
      return '*';
    case 'none':
      return '0';
    case 'exact':
      return `=${predicate.value}`;
    case 'prefix':
      return `${predicate.value}…`;
    case 'regex':
      return `~${predicate.pattern}`;
    case 'not':
      return `!${sketchPredicate(predicate.of)}`;
    case 'all':
      return predicate.of.map(sketchPredicate).join('&');
  }
}
