import { type Loose, mapping, mappings, text, texts } from '../loose.ts';
import type { SpecObject } from '../source-object.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * What a policy says, of a kind that has no schema here. A value that the API server would refuse is read so that
 * the policy restricts more and guards more, never less.
 */
export interface PolicyDraft {
  /** Empty selects every pod of the namespace. */
  readonly labels: Labels;
  readonly targets: readonly Loose[];
  /** AuthorizationPolicy. */
  readonly action: string;
  /** Whether a rule takes every request. */
  readonly takesAll: boolean;
  /** AuthorizationPolicy and RequestAuthentication; false only for a list without entries. */
  readonly hasRules: boolean;
  readonly hasJwtRules: boolean;
  /** PeerAuthentication: of the workload and of its ports, as written. */
  readonly mtlsModes: readonly unknown[];
}

/** Reads a policy of any kind. */
export function readPolicyFields({ spec }: SpecObject<Loose>): PolicyDraft {
  const { selector, workloadSelector, targetRef, targetRefs, action, rules, jwtRules, mtls, portLevelMtls } = spec;
  const ports: readonly unknown[] = Object.values(mapping(portLevelMtls));
  return {
    labels: labelsOf(mapping(selector)['matchLabels'] ?? mapping(workloadSelector)['labels']),
    targets: [...mappings([targetRef]), ...mappings(targetRefs)],
    action: isAbsent(action) ? 'ALLOW' : (text(action) ?? 'of an unknown action'),
    takesAll: Array.isArray(rules) && rules.some((rule) => isMapping(rule) && Object.keys(mapping(rule)).length === 0),
    hasRules: hasEntries(rules),
    hasJwtRules: hasEntries(jwtRules),
    mtlsModes: [mtls, ...(isMapping(portLevelMtls) ? ports : [portLevelMtls])].flatMap(modeOf),
  };
}

const isAbsent = (value: unknown) => value === undefined || value === null;

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasEntries(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : !isAbsent(value);
}

/** Labels of which one is no text select nothing that could be named: then every pod counts. */
function labelsOf(value: unknown): Labels {
  const labels = texts(value);
  return Object.keys(labels).length === Object.keys(mapping(value)).length ? labels : {};
}

/** The mode of one `mtls`; what is no mapping is given as it is. */
function modeOf(value: unknown): readonly unknown[] {
  if (isAbsent(value)) return [];
  if (!isMapping(value)) return [value];
  const { mode } = mapping(value);
  return isAbsent(mode) ? [] : [mode];
}
