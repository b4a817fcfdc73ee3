import type { Origin } from '../../diagnostics/origin.ts';
import type { StringPredicate } from '../../ir/predicates.ts';
import type { ActionInput } from './types.ts';

/** A document as read: what routes, each part at its place. */
export interface DocumentDraft {
  stack: string | undefined;
  readonly services: ServiceDraft[];
  readonly listeners: ListenerDraft[];
  readonly rules: RuleDraft[];
  readonly groups: Map<string, GroupDraft>;
  readonly policies: PolicyDraft[];
  /** The network of each service. */
  readonly networks: Map<string, string>;
}

export interface PolicyDraft {
  readonly origin: Origin;
  of: 'Service' | 'ServiceNetwork';
  name: string;
}

export interface ServiceDraft {
  readonly origin: Origin;
  name: string;
  domain: string | undefined;
  certificateArn: string | undefined;
  serves: readonly string[];
}

export interface ListenerDraft {
  readonly origin: Origin;
  name: string;
  service: string;
  protocol: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  port: number;
  action: ActionDraft;
}

/** A listener whose requests can be followed. */
export interface HttpListener extends ListenerDraft {
  protocol: 'HTTP' | 'HTTPS';
}

export interface ActionDraft {
  readonly origin: Origin;
  input: ActionInput;
}

export interface RuleDraft {
  readonly origin: Origin;
  name: string;
  service: string;
  listener: string;
  priority: number;
  match: MatchDraft;
  action: ActionDraft;
}

export interface MatchDraft {
  readonly origin: Origin;
  method: string | undefined;
  path: { readonly kind: 'exact' | 'prefix'; readonly value: string; readonly ignoreCase: boolean } | undefined;
  headers: { readonly name: string; readonly value: StringPredicate }[];
}

export interface GroupDraft {
  readonly origin: Origin;
  name: string;
  port: number | undefined;
  backend: string | undefined;
  kind: 'Service' | 'ServiceImport';
  labels: Readonly<Record<string, string>>;
}
