import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import type { CodeIndex } from '../acceptance.ts';
import { findWithheld } from '../affected-hosts.ts';
import type { Contents } from '../contents.ts';
import { writtenHosts } from '../written-hosts.ts';
import type { Setting } from './find-uncompared.ts';
import { roleOf } from './finding-role.ts';
import { accessText, settingText, unreadText } from './written-text.ts';

/** Something that the routing model does not hold. */
export interface Unread {
  readonly finding: Diagnostic;
  /** Equal where both sides have the same; undefined where nothing can be the same. */
  readonly text: string | undefined;
  /** Host names that its object writes, for what reaches no virtual host. */
  readonly names: readonly string[];
}

/** One of two configurations with what is known of it beside its routing model. */
export interface ComparedSide {
  readonly model: RoutingModel;
  /** Access rules that guard a host, by their text. */
  readonly guardsOf: (host: VirtualHost) => ReadonlyMap<string, Origin | undefined>;
  readonly unreadOf: (host: VirtualHost) => readonly Unread[];
  readonly unread: readonly Unread[];
  readonly settings: readonly Setting[];
  /** What is reported about the files themselves. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What reading a configuration came to. */
export interface ReadSide {
  readonly model: RoutingModel;
  readonly diagnostics: readonly Diagnostic[];
  readonly contents: Contents;
}

interface Options {
  readonly codes: CodeIndex;
  readonly defaultNamespace: string;
}

/** Sorts what was found on reading one side by what it means for a comparison. */
export function toComparedSide(
  { model, diagnostics, contents }: ReadSide,
  { codes, defaultNamespace }: Options,
): ComparedSide {
  const byRole = new Map<string, Diagnostic[]>();
  for (const finding of diagnostics) {
    const role = roleOf(finding, codes);
    const known = byRole.get(role);
    if (known === undefined) byRole.set(role, [finding]);
    else known.push(finding);
  }
  const input = byRole.get('input') ?? [];
  const unread = [
    ...(byRole.get('unread') ?? []).map((finding) =>
      toUnread(finding, unreadText(finding, contents, defaultNamespace)),
    ),
    ...input.filter(isAboutObjects).map((finding) => toUnread(finding, undefined)),
  ];
  function toUnread(finding: Diagnostic, text: string | undefined): Unread {
    const object = finding.origin === undefined ? undefined : contents.get(finding.origin.document);
    return { finding, text, names: object === undefined ? [] : writtenHosts(object) };
  }
  const reach = (findings: readonly Diagnostic[], hosts = model.virtualHosts) =>
    findWithheld(findings, hosts, model, defaultNamespace);
  const access = byRole.get('access') ?? [];
  const guards = reach(access);
  const own = new Set(model.virtualHosts);
  const unreadOn = reach(unread.map(({ finding }) => finding));
  const byFinding = new Map(unread.map((one) => [one.finding, one]));
  return {
    model,
    guardsOf: (host) => {
      // What stands for a host that this side does not have is guarded as its backends are.
      const found = (own.has(host) ? guards : reach(access, [host])).get(host.id) ?? [];
      return new Map(found.map((finding) => [accessText(finding, host, contents, defaultNamespace), finding.origin]));
    },
    unreadOf: ({ id }) => (unreadOn.get(id) ?? []).flatMap((finding) => byFinding.get(finding) ?? []),
    unread,
    settings: (byRole.get('setting') ?? []).map((finding) => ({ finding, text: settingText(finding, contents) })),
    diagnostics: input,
  };
}

/** An object that cannot be read leaves a hole; a finding about the input as a whole does not. */
function isAboutObjects({ severity, origin, code, accepted }: Diagnostic): boolean {
  const scope = code.slice(0, code.indexOf('/'));
  return (
    severity === 'error' && origin !== undefined && accepted === undefined && scope !== 'accept' && scope !== 'settings'
  );
}
