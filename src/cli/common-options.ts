import { type Command, Option } from 'commander';
import type { ReportRequest } from './flags.ts';
import { collect, parseAccept, parseLimit, parseName, parseNamespace, parseReport } from './parse-flag.ts';

/** What every command takes as input. */
export const INPUTS = 'files, directories, quoted globs, or - for stdin';

/** Adds the input and the flags that exist everywhere. */
export function withCommon(
  command: Command,
  {
    inputs = INPUTS,
    name = '[inputs...]',
    reports = ['json'],
    debug = 'show the stack of a bug',
  }: {
    readonly inputs?: string;
    /** Empty: the command takes no input. */
    readonly name?: string;
    readonly reports?: readonly ReportRequest['format'][];
    readonly debug?: string;
  } = {},
): Command {
  if (name !== '') command.argument(name, inputs);
  return command
    .option('--config <file>', 'settings file (default: latticectl.yaml, searched upward to the repository root)')
    .addOption(
      new Option(
        '--report <format[=path]>',
        `write a report to PATH, or else in place of the text; ${reports.join(' or ')} (repeatable)`,
      )
        .argParser(collect((text) => parseReport(text, reports)))
        .default([], 'none'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 3 from this severity on')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .option('--strict', 'every warning is an error')
    .addOption(
      new Option('--accept <code[@kind/namespace/name]=reason>', 'accept a loss (repeatable)')
        .argParser(collect(parseAccept))
        .default([], 'none'),
    )
    .addOption(
      new Option('--limit <name=n>', 'a quota that the account has, as in rulesPerListener=20 (repeatable)')
        .argParser(collect(parseLimit))
        .default([], 'none'),
    )
    .option('-n, --namespace <namespace>', 'namespace of objects without one', parseNamespace, 'default')
    .option('--cluster-domain <domain>', 'DNS domain of the cluster', parseName('--cluster-domain'), 'cluster.local')
    .addOption(
      new Option('--color <when>', 'colours on the terminal').choices(['auto', 'always', 'never']).default('auto'),
    )
    .option('-q, --quiet', 'only errors and warnings, no summary')
    .option('-v, --verbose', 'every finding in full, repeats included')
    .option('--debug', debug);
}

/** The examples at the end of a help. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
