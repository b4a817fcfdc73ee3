import type { IstioMatch, IstioRule, Request, StringMatch, VirtualService } from './manifests.ts';
import { NOT_FOUND, type Outcome, splitTraffic } from './outcome.ts';
import { fullMatch } from './pattern-language.ts';

/** The rule and the match of one VirtualService that decide a request. */
export interface Decision {
  readonly virtualService: VirtualService;
  readonly rule: number;
  readonly match: number;
}

const KNOWN_FIELDS = new Set([
  'name',
  'uri',
  'ignoreUriCase',
  'method',
  'authority',
  'headers',
  'withoutHeaders',
  'queryParams',
]);

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Whether a StringMatch says no more than that something is there. */
export const isPresence = (match: StringMatch): boolean =>
  match.regex === '*' || (match.exact === undefined && match.prefix === undefined && match.regex === undefined);

/** Whether a StringMatch accepts a text; a presence accepts all. */
export const acceptsText = (match: StringMatch, text: string): boolean => {
  if (isPresence(match)) return true;
  if (match.exact !== undefined) return text === match.exact;
  if (match.prefix !== undefined) return text.startsWith(match.prefix);
  return fullMatch(match.regex ?? '', text);
};

const acceptsPath = (match: StringMatch, path: string, ignoreCase: boolean): boolean => {
  // Envoy's case flag exists for literal paths only; an expression keeps its own case.
  if (!ignoreCase || match.regex !== undefined) return acceptsText(match, path);
  if (match.exact !== undefined) return lower(match.exact) === lower(path);
  return lower(path).startsWith(lower(match.prefix ?? ''));
};

/** The first value of a query parameter as it was sent, "" for a bare name, undefined where the name is absent. */
export const firstQueryValue = (query: string, name: string): string | undefined => {
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    if (part !== '' && key === name) return equals < 0 ? '' : part.slice(equals + 1);
  }
  return undefined;
};

const header = (request: Request, name: string): string | undefined => request.headers[name.toLowerCase()];

/** Whether all conditions of one match hold. Throws on a field that this evaluator does not know. */
export const matchHolds = (match: IstioMatch, request: Request): boolean => {
  for (const field of Object.keys(match)) {
    if (!KNOWN_FIELDS.has(field)) throw new Error(`match field ${field} is not evaluated here`);
  }
  if (match.uri !== undefined && !acceptsPath(match.uri, request.path, match.ignoreUriCase === true)) return false;
  if (match.method !== undefined && !acceptsText(match.method, request.method)) return false;
  if (match.authority !== undefined && !acceptsText(match.authority, request.host)) return false;
  for (const [name, condition] of Object.entries(match.headers ?? {})) {
    const value = header(request, name);
    if (value === undefined || !acceptsText(condition, value)) return false;
  }
  for (const [name, condition] of Object.entries(match.withoutHeaders ?? {})) {
    const value = header(request, name);
    // A negated text match reads a missing header as ""; a negated presence really asks for absence.
    const hit = isPresence(condition) ? value !== undefined : acceptsText(condition, value ?? '');
    if (hit) return false;
  }
  for (const [name, condition] of Object.entries(match.queryParams ?? {})) {
    const value = firstQueryValue(request.query, name);
    if (value === undefined || !acceptsText(condition, value)) return false;
  }
  return true;
};

const hostRank = (pattern: string, host: string): number => {
  const wanted = pattern.toLowerCase();
  if (wanted === host) return Number.POSITIVE_INFINITY;
  if (wanted === '*') return 0;
  return wanted.startsWith('*.') && host.endsWith(wanted.slice(1)) ? wanted.length : -1;
};

/** Whether a match takes every request in the way that Istio notices. */
export const isCatchAll = (match: IstioMatch | undefined): boolean => {
  if (match === undefined) return true;
  const hasOther =
    match.method !== undefined ||
    match.authority !== undefined ||
    [match.headers, match.withoutHeaders, match.queryParams].some((map) => Object.keys(map ?? {}).length > 0);
  return !hasOther && (match.uri === undefined || match.uri.prefix === '/' || match.uri.regex === '.*');
};

/** One route: a match and the rule that it belongs to. */
export interface Entry {
  readonly decision: Decision;
  readonly condition: IstioMatch | undefined;
}

/** The routes of one object in order, with their conditions; Istio stops building at the object's first catch-all. */
export const listEntries = (virtualService: VirtualService): readonly Entry[] => {
  const entries: Entry[] = [];
  for (const [rule, { match }] of virtualService.spec.http.entries()) {
    const conditions = match === undefined || match.length === 0 ? [undefined] : match;
    for (const [index, condition] of conditions.entries()) {
      entries.push({ decision: { virtualService, rule, match: index }, condition });
      if (isCatchAll(condition)) return entries;
    }
  }
  return entries;
};

/**
 * The deciding rule for a request at an Istio ingress gateway, or undefined where nothing matches. One virtual host is
 * chosen by the request's host (exact, longest wildcard, `*`); its objects count in the order given, their catch-alls last.
 */
export const decideIstio = (objects: readonly VirtualService[], request: Request): Decision | undefined => {
  const host = request.host.toLowerCase().replace(/:\d+$/, '');
  const rank = (object: VirtualService): number =>
    Math.max(-1, ...object.spec.hosts.map((pattern) => hostRank(pattern, host)));
  const best = Math.max(-1, ...objects.map(rank));
  if (best < 0) return undefined;
  const entries = objects.filter((object) => rank(object) === best).flatMap(listEntries);
  const ordered = [
    ...entries.filter(({ condition }) => !isCatchAll(condition)),
    ...entries.filter(({ condition }) => isCatchAll(condition)),
  ];
  return ordered.find(({ condition }) => condition === undefined || matchHolds(condition, request))?.decision;
};

const backendName = (host: string, port: number | undefined, namespace: string): string => {
  if (port === undefined) throw new Error(`destination ${host} names no port`);
  const [name = '', where = namespace] = host.split('.');
  return `${where}/${name}:${port}`;
};

/** What a rule answers; a lone destination takes everything, whatever its weight. */
export const ruleOutcome = (rule: IstioRule, namespace: string): Outcome =>
  splitTraffic(
    rule.route.map(({ destination, weight }) => ({
      backend: backendName(destination.host, destination.port?.number, namespace),
      weight: rule.route.length === 1 ? 1 : (weight ?? 0),
    })),
  );

/** Evaluates a request against VirtualServices of one gateway by Istio's rule: the first match in order wins, else 404. */
export const evaluateIstio = (objects: readonly VirtualService[], request: Request): Outcome => {
  const decision = decideIstio(objects, request);
  const rule = decision?.virtualService.spec.http[decision.rule];
  if (decision === undefined || rule === undefined) return NOT_FOUND;
  return ruleOutcome(rule, decision.virtualService.metadata.namespace);
};
