import { takesSegments } from './gateway-api-precedence.ts';
import type { PrefixReading } from './lattice-document-order.ts';
import type { Request } from './manifests.ts';
import { NOT_FOUND, type Outcome, splitTraffic } from './outcome.ts';

/** The part of a LatticeResources document that answers requests, as a person reads it. */
export interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly customDomainName?: string;
  readonly service?: string;
  readonly listener?: string;
  readonly port?: number;
  readonly priority?: number;
  readonly match?: { readonly httpMatch: HttpMatch };
  readonly action?: Action;
  readonly defaultAction?: Action;
  readonly targets?: readonly { readonly id: string }[];
}

interface Text {
  readonly exact?: string;
  readonly prefix?: string;
  readonly contains?: string;
}

interface HttpMatch {
  readonly method?: string;
  readonly pathMatch?: { readonly match: Text; readonly caseSensitive?: boolean };
  readonly headerMatches?: readonly { readonly name: string; readonly match: Text; readonly caseSensitive?: boolean }[];
}

interface Action {
  readonly forward?: { readonly targetGroups: readonly { readonly targetGroup: string; readonly weight: number }[] };
  readonly fixedResponse?: { readonly statusCode: number };
}

const reject = (name: string, why: string): never => {
  throw new Error(`VPC Lattice would refuse ${name}: ${why}`);
};

const holdsText = ({ exact, prefix, contains }: Text, value: string, isCased: boolean): boolean => {
  const [text, other] = [exact ?? prefix ?? contains ?? '', value].map((one) => (isCased ? one : one.toLowerCase()));
  if (text === undefined || other === undefined || text === '') return false;
  if (exact !== undefined) return other === text;
  return prefix === undefined ? other.includes(text) : other.startsWith(text);
};

const holds = ({ method, pathMatch, headerMatches = [] }: HttpMatch, request: Request, reading: PrefixReading) => {
  if (method !== undefined && method !== request.method) return false;
  if (pathMatch !== undefined) {
    const { match, caseSensitive = false } = pathMatch;
    const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
    const isSegment = match.prefix !== undefined && reading === 'segment';
    const taken = isSegment
      ? takesSegments(fold(match.prefix ?? ''), fold(request.path))
      : holdsText(match, request.path, caseSensitive);
    if (!taken) return false;
  }
  return headerMatches.every(({ name, match, caseSensitive = false }) => {
    const value = request.headers[name.toLowerCase()];
    return value !== undefined && holdsText(match, value, caseSensitive);
  });
};

/** What the API refuses of the rules of a listener, by the API reference alone. */
const requireValid = (rules: readonly Resource[]): void => {
  const priorities = new Set(rules.map(({ priority }) => priority));
  if (priorities.size !== rules.length) reject('a listener', 'two rules have one priority');
  if (new Set(rules.map(({ name }) => name)).size !== rules.length) reject('a listener', 'two rules have one name');
  for (const { name, priority = 0, match } of rules) {
    if (!/^(?!rule-)[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length < 3 || name.length > 63)
      reject(name, 'its name');
    if (priority < 1 || priority > 2000) reject(name, 'its priority');
    const { pathMatch, headerMatches = [] } = match?.httpMatch ?? {};
    const path = pathMatch?.match.exact ?? pathMatch?.match.prefix;
    if (path !== undefined && !/^\/[a-zA-Z0-9@:%_+.~&/=-]{0,199}$/.test(path)) reject(name, 'its path');
    if (headerMatches.length > 5) reject(name, 'more than five headers');
  }
};

/** Evaluates a request by the rules of VPC Lattice: the lowest priority that holds, then the default action. */
export const evaluatePriorities = (
  resources: readonly Resource[],
  request: Request,
  reading: PrefixReading,
  backendOf: (target: string) => string,
): Outcome => {
  const services = resources.filter(
    ({ kind, customDomainName }) => kind === 'Service' && customDomainName === request.host,
  );
  const [service] = services;
  if (service === undefined) return NOT_FOUND;
  if (services.length > 1) reject(service.name, 'another service has the same custom domain');
  const listener = resources.find((one) => one.kind === 'Listener' && one.service === service.name && one.port === 80);
  const rules = resources.filter(
    (one) => one.kind === 'Rule' && one.service === service.name && one.listener === listener?.name,
  );
  requireValid(rules);
  const rule = [...rules]
    .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
    .find(({ match }) => match !== undefined && holds(match.httpMatch, request, reading));
  const action = rule?.action ?? listener?.defaultAction;
  const status = action?.fixedResponse?.statusCode;
  if (status !== undefined) return { kind: 'status', status };
  const entries = (action?.forward?.targetGroups ?? []).map(({ targetGroup, weight }) => {
    const group = resources.find(({ kind, name }) => kind === 'TargetGroup' && name === targetGroup);
    if (weight < 0 || weight > 999) reject(targetGroup, `the weight ${weight}`);
    return { backend: backendOf(group?.targets?.[0]?.id ?? ''), weight };
  });
  if (entries.length === 0 || entries.length > 10) reject(service.name, `${entries.length} target groups`);
  return splitTraffic(entries);
};
