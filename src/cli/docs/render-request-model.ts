import { profileNames } from '../../semantics/profile-names.ts';
import { openPoints, profiles } from '../../semantics/profiles.ts';
import { requestModel } from '../../semantics/request-model-text.ts';

/** The request model and the semantics profiles for a terminal. */
export function renderRequestModelText(): string {
  const width = Math.max(...requestModel.map(({ part }) => part.length));
  const parts = requestModel.map(({ part, assumed }) => `  ${part.padEnd(width)}  ${plain(assumed)}\n`);
  const readings = profileNames.map((name) => {
    const { title, ...row } = profiles[name];
    const open = row.open.map((point) => `    open: holds where ${openPoints[point].holds}\n`);
    return [
      `  ${name}: ${title}\n`,
      `    host: ${row.hosts}\n`,
      `    rule: ${row.ordering}\n`,
      `    path prefixes: ${row.prefixes}; values of headers: ${row.headerValues}\n`,
      `    no rule: ${row.unmatched}; no host: ${row.unserved}\n`,
      ...open,
    ].join('');
  });
  return `What a request is:\n${parts.join('')}\nHow configuration is read (--semantics):\n${readings.join('')}`;
}

/** Markdown without its signs. */
function plain(text: string): string {
  return text.replace(/\*\*|`/g, '');
}
