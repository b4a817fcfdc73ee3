import { resolve } from 'node:path';
import type { ReportRequest } from './flags.ts';
import type { World } from './world.ts';
import { writeFileWhole } from './write-output.ts';

interface ReportFlags {
  readonly report: readonly ReportRequest[];
  /** `-o json` of a command whose answer is text otherwise. */
  readonly output?: string;
}

type Print = (format: ReportRequest['format']) => string;

/** Writes the reports of a command that answers on stdout; one without a path takes the place of its text. */
export function writeReports(
  { report, output }: ReportFlags,
  print: Print,
  world: World,
): { readonly isTaken: boolean } {
  const asked: readonly ReportRequest[] = output === undefined ? report : [...report, { format: 'json' }];
  writeFiles(asked, print, world);
  const onStdout = asked.filter((one) => fileOf(one) === undefined);
  for (const { format } of onStdout) world.stdout.write(print(format));
  return { isTaken: onStdout.length > 0 };
}

/** Writes the reports of a command whose product is on stdout; one without a path takes the place of the text on stderr. */
export function writeReportsBeside(
  { report }: Pick<ReportFlags, 'report'>,
  print: Print,
  text: () => string,
  world: World,
): void {
  writeFiles(report, print, world);
  const onStderr = report.find((one) => fileOf(one) === undefined);
  world.stderr.write(onStderr === undefined ? text() : print(onStderr.format));
}

/** The file that a report goes to; undefined for a stream. */
function fileOf({ path }: ReportRequest): string | undefined {
  return path === '-' ? undefined : path;
}

function writeFiles(reports: readonly ReportRequest[], print: Print, world: World): void {
  for (const one of reports) {
    const file = fileOf(one);
    if (file !== undefined) writeFileWhole(resolve(world.cwd, file), print(one.format), world);
  }
}
