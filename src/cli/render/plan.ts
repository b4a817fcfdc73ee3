import { describeOwner } from '../../lattice/owner.ts';
import { type Change, type ChangeOp, countChanges, type FieldChange } from '../../lattice/plan/plan-types.ts';
import type { DiffResult } from '../report-diff.ts';
import { count } from './count.ts';
import { escapeControls as safe } from './escape.ts';
import type { Paint } from './paint.ts';

interface RenderOptions {
  readonly paint: Paint;
  /** Show what is usually hidden: defaults, marks of ownership, resources of others. */
  readonly all: boolean;
}

/** How each kind of change is marked, as in other tools that plan. */
const symbols: Readonly<Record<ChangeOp, string>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
  adopt: '=',
  orphaned: '?',
};

/** What a new resource has when nobody chooses; its tags come from the settings and are alike for all. */
const usual: Readonly<Record<string, FieldChange['after']>> = {
  authType: 'NONE',
  idleTimeoutSeconds: 60,
  privateDnsEnabled: false,
  'config.ipAddressType': 'IPV4',
  'config.lambdaEventStructureVersion': 'V1',
  'healthCheck.protocol': 'HTTP',
  'healthCheck.protocolVersion': 'HTTP1',
  'healthCheck.path': '/',
  'healthCheck.healthCheckIntervalSeconds': 30,
  'healthCheck.healthCheckTimeoutSeconds': 5,
  'healthCheck.healthyThresholdCount': 5,
  'healthCheck.unhealthyThresholdCount': 2,
  'healthCheck.matcher.httpCode': '200',
};

/** The plan as a person reads it. */
export function renderPlan({ plan, checksum }: DiffResult, { paint, all }: RenderOptions): string {
  const { changes, unchanged, foreign, artefacts, blocked } = plan;
  let hidden = 0;
  const lines = changes.flatMap((change) => {
    const shown = all ? change.fields : change.fields.filter((field) => !isUsual(change, field));
    hidden += change.fields.length - shown.length;
    return renderChange(change, shown, paint);
  });
  const faint = (text: string) => paint.faint(safe(text));
  if (all) {
    for (const { key, path, value } of artefacts)
      lines.push(faint(`  ${key} ${path}: ${value} (not in the settings, left as it is)`));
    for (const { key, owner } of foreign) lines.push(faint(`  ${key} (${describeOwner(owner)}, left alone)`));
  } else {
    if (hidden > 0) lines.push(faint(`  ${count(hidden, 'field')} with usual values hidden`));
    if (artefacts.length > 0)
      lines.push(faint(`  ${count(artefacts.length, 'tag')} beside those of the settings hidden`));
    if (foreign.length > 0) lines.push(faint(`  ${count(foreign.length, 'resource')} of others left alone`));
    if (hidden + artefacts.length + foreign.length > 0) lines.push(faint('  --all shows them'));
  }
  if (unchanged > 0) lines.push(faint(`  ${unchanged} unchanged`));
  if (blocked.length > 0) lines.push(`${paint.error('not planned')}: ${safe(blocked.join(', '))}`);
  lines.push(renderTotals({ plan, checksum }, paint));
  return lines.map((line) => `${line}\n`).join('');
}

function isUsual({ op }: Change, { path, before, after }: FieldChange): boolean {
  if ((op !== 'create' && op !== 'replace') || before !== null) return false;
  return path.startsWith('tags[') || (Object.hasOwn(usual, path) && usual[path] === after);
}

function renderChange(change: Change, fields: readonly FieldChange[], paint: Paint): readonly string[] {
  const { op, key, source, effect, reason, interrupts } = change;
  const colour = op === 'delete' || op === 'replace' ? paint.error : op === 'orphaned' ? paint.faint : paint.info;
  const span = source?.span();
  const place = span === undefined ? '' : `  ${paint.faint(safe(`${span.file}:${span.line}`))}`;
  const why = reason === undefined ? '' : ` (${safe(reason)})`;
  const gap = interrupts === true ? `  ${paint.warning('interrupts')}` : '';
  const lines = [
    `${colour(symbols[op])} ${op === 'orphaned' ? 'orphaned ' : ''}${paint.strong(safe(key))}${why}${gap}${place}`,
  ];
  // Of what goes, nothing is worth reading but its name.
  if (op !== 'delete' && op !== 'orphaned')
    for (const field of fields) lines.push(`    ${safe(renderField(op, field))}`);
  if (effect !== undefined) lines.push(`  ${paint.faint('effect:')} ${safe(effect)}`);
  return lines;
}

function renderField(op: ChangeOp, { path, before, after }: FieldChange): string {
  if (op === 'create' && before === null) return `${path}: ${print(after)}`;
  return `${path}: ${print(before)} -> ${print(after)}`;
}

function print(value: FieldChange['after']): string {
  return value === null ? '(none)' : String(value);
}

function renderTotals(
  { plan: { changes, prune }, checksum }: Pick<DiffResult, 'plan' | 'checksum'>,
  paint: Paint,
): string {
  const counts = countChanges(changes);
  const parts = [
    `${counts.create} to create`,
    `${counts.update} to update`,
    `${counts.replace} to replace`,
    `${counts.delete} to delete`,
    ...(counts.adopt === 0 ? [] : [`${counts.adopt} to adopt`]),
  ];
  const pruned = prune ? 'kept' : 'shown only; --prune deletes';
  const orphans = counts.orphaned === 0 ? '' : ` (${counts.orphaned} orphaned, ${pruned})`;
  return `${paint.strong('Plan')}: ${parts.join(', ')}${orphans}. checksum ${checksum}`;
}
