import type { AcceptForm, DiagnosticFactory } from '../../diagnostics/diagnostic.ts';
import { DIMENSIONS } from '../../diagnostics/dimension.ts';
import { withPlaceholders } from './placeholder.ts';

/** What the docs and `explain` say about a code. */
export interface DiagnosticEntry {
  readonly code: string;
  readonly severity: string;
  readonly summary: string;
  readonly message: string | undefined;
  readonly effect: string | undefined;
  readonly help: string | undefined;
  readonly acceptForm: AcceptForm;
  /** What its requests may meet otherwise; absent where the comparison of the output allows nothing. */
  readonly changes: string | undefined;
  /** What accepting does, in words. */
  readonly accepting: string;
  /** The flag, where accepting is possible. */
  readonly flag: string | undefined;
}

const accepting: Readonly<Record<AcceptForm, string>> = {
  'omit-part': 'the rule is written without the part that cannot be said',
  'omit-rule': 'the rule is left out, and its requests meet the rules below it',
  'as-said': 'what the message says is written as it stands',
  never: 'it cannot be accepted, since nothing right could be written',
};

export function toEntry({ code, definition }: DiagnosticFactory<never>): DiagnosticEntry {
  const { severity, summary, message, effect, help, accept, security, changes } = definition;
  const object = security === true ? '@Kind/namespace/name' : '';
  return {
    code,
    severity,
    summary,
    message: withPlaceholders(message),
    effect: withPlaceholders(effect),
    help: withPlaceholders(help),
    changes: changes === undefined ? undefined : changes === DIMENSIONS ? 'anything' : changes.join(', '),
    acceptForm: accept,
    accepting: accept === 'never' && severity !== 'error' ? 'it cannot be accepted' : accepting[accept],
    flag: accept === 'never' ? undefined : `--accept '${code}${object}=REASON'`,
  };
}
