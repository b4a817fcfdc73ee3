import { closest } from '../../diagnostics/did-you-mean.ts';
import { emitters, parsers } from '../../registry.ts';
import { allCodes } from '../docs/all-codes.ts';
import { toEntry } from '../docs/diagnostic-entry.ts';
import { renderEntry } from '../docs/render-diagnostics.ts';
import { renderSupportPage, renderSupportText, supportSections } from '../docs/render-support.ts';
import { UsageError } from '../errors.ts';
import type { ExplainFlags } from '../flags.ts';
import type { World } from '../world.ts';

/** `latticectl explain`: one code, or the support matrix. */
export async function explain(code: string | undefined, flags: ExplainFlags, { stdout }: World): Promise<number> {
  if (flags.matrix === true) {
    if (code !== undefined) throw new UsageError('explain takes a code or --matrix, not both');
    const sections = supportSections(parsers, emitters);
    if (flags.output === 'json') stdout.write(`${JSON.stringify(sections, undefined, 2)}\n`);
    else stdout.write(flags.output === 'markdown' ? renderSupportPage(sections) : renderSupportText(sections));
    return 0;
  }
  if (code === undefined) throw new UsageError('explain needs the code of a finding, or --matrix');
  const codes = allCodes();
  const factory = codes.get(code);
  if (factory === undefined) {
    const nearby = closest(code, codes.keys()) ?? [...codes.keys()].find((known) => known.endsWith(`/${code}`));
    throw new UsageError(`there is no code ${code}${nearby === undefined ? '' : `; did you mean ${nearby}?`}`);
  }
  const entry = toEntry(factory);
  if (flags.output === 'json') {
    stdout.write(`${JSON.stringify(entry, undefined, 2)}\n`);
    return 0;
  }
  if (flags.output === 'markdown') {
    stdout.write(renderEntry(entry));
    return 0;
  }
  const lines = [`${entry.code} (${entry.severity})`, '', entry.summary, ''];
  if (entry.message !== undefined) lines.push(`message:    ${entry.message}`);
  if (entry.effect !== undefined) lines.push(`effect:     ${entry.effect}`);
  if (entry.help !== undefined) lines.push(`help:       ${entry.help}`);
  if (entry.changes !== undefined) lines.push(`may change: ${entry.changes}`);
  lines.push(`accepting:  ${entry.accepting}`);
  if (entry.flag !== undefined) lines.push(`            ${entry.flag}`);
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
