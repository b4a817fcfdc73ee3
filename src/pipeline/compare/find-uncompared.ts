import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { compareDiagnostics } from './diagnostics.ts';

/** Settings of one side that decide no request, and so are not in the routing model. */
export interface Setting {
  readonly finding: Diagnostic;
  /** Equal where both sides have the same. */
  readonly text: string;
}

/** What the two sides say otherwise where the routing model says nothing: a finding for each setting of each backend. */
export function findUncompared(left: readonly Setting[], right: readonly Setting[]): readonly Diagnostic[] {
  const [old, fresh] = [bySubject(left), bySubject(right)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((subject) => {
    const [before, after] = [old.get(subject) ?? [], fresh.get(subject) ?? []];
    const [gone, added] = [without(before, after), without(after, before)];
    const [shown] = added.length > 0 ? added : gone;
    if (shown === undefined) return [];
    const both = before.length > 0 && after.length > 0;
    const related = (added.length > 0 ? gone : []).flatMap(({ finding: { origin } }) =>
      origin === undefined ? [] : [{ message: 'the other side', origin }],
    );
    const what = `${shown.finding.message} (${shown.finding.code})`;
    return [compareDiagnostics['not-compared']({ what, both }, shown.finding.origin, { related })];
  });
}

function bySubject(settings: readonly Setting[]): ReadonlyMap<string, readonly Setting[]> {
  const found = new Map<string, Setting[]>();
  for (const setting of settings) {
    const subject = `${setting.finding.code} ${setting.finding.message}`;
    const known = found.get(subject);
    if (known === undefined) found.set(subject, [setting]);
    else known.push(setting);
  }
  return found;
}

function without(settings: readonly Setting[], others: readonly Setting[]): readonly Setting[] {
  const same = new Set(others.map(({ text }) => text));
  return settings.filter(({ text }) => !same.has(text));
}
