import { convert } from '../../src/index.ts';
import type { RuleList } from './generate.ts';
import { type HttpRoute, hostOf, type Profile, printManifests } from './manifests.ts';

export interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** What became of one list. */
export interface ConvertedList {
  readonly host: string;
  /** Empty for a list with an error. */
  readonly routes: readonly HttpRoute[];
  readonly findings: readonly Finding[];
}

const isRoute = (object: Readonly<Record<string, unknown>>): object is Readonly<Record<string, unknown>> & HttpRoute =>
  object['kind'] === 'HTTPRoute';

/** Converts lists together, each on a host of its own, and sorts out which routes and findings are whose. */
export const convertLists = async (lists: readonly RuleList[], profile: Profile): Promise<readonly ConvertedList[]> => {
  const bytes = new TextEncoder().encode(printManifests(lists));
  const { resources, diagnostics, checks } = await convert({
    inputs: [{ file: 'lists.yaml', bytes }],
    profile,
    partial: true,
  });
  for (const { id, verdict, reasons } of checks) {
    if (verdict === 'broken' || verdict === 'unknown') throw new Error(`${id} is ${verdict}: ${reasons.join(', ')}`);
  }
  const routes = new Map<string, HttpRoute[]>();
  for (const route of resources.filter(isRoute)) {
    for (const host of route.spec.hostnames ?? []) routes.set(host, [...(routes.get(host) ?? []), route]);
  }
  const findings = new Map<string, Finding[]>();
  for (const { code, severity, message, origin } of diagnostics) {
    const resource = origin?.document.resource;
    if (resource?.kind !== 'VirtualService') {
      if (severity === 'error') throw new Error(`${code}, which is about no list: ${message}`);
      continue;
    }
    const host = hostOf(Number(resource.name.replace('list-', '')));
    findings.set(host, [...(findings.get(host) ?? []), { code, severity, message }]);
  }
  return lists.map((_, index) => {
    const host = hostOf(index);
    return { host, routes: routes.get(host) ?? [], findings: findings.get(host) ?? [] };
  });
};

/** Whether an error keeps the list from being written. */
export const isRefused = ({ findings }: ConvertedList): boolean =>
  findings.some(({ severity }) => severity === 'error');
