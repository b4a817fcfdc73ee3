import type { EmittedResource } from '../../emitters/emitter.ts';
import type { Translation } from '../../pipeline.ts';
import { FileError, UsageError } from '../errors.ts';
import type { ConvertFlags } from '../flags.ts';
import { isOneDocument, joinChunks, printModel, printProduct } from '../print-product.ts';
import { reportRun } from '../report-run.ts';
import { type CommandContext, runTranslation } from '../run-translation.ts';
import { splitFiles } from '../split-files.ts';
import type { World } from '../world.ts';
import { isFolder, writeDirectory, writeFileWhole } from '../write-output.ts';

/** `latticectl convert`: the product on stdout or in files, everything else on stderr. */
export async function convert(
  inputs: readonly string[],
  flags: ConvertFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  checkFlags(flags, world);
  // What is compared with the source is the very text that is written; whole pieces, for a text that grew word by word
  // takes five times its size.
  const print = (resources: readonly EmittedResource[]) => [...joinChunks(printProduct(resources, flags))];
  const run = await runTranslation(inputs, flags, { world, partial: flags.partial === true, print });
  // A signal that came while this process was busy is heard before anything is written.
  await new Promise((resolve) => setImmediate(resolve));
  const { translation } = run;
  const report = { ...context, command: 'convert', flags, reportTo: 'stderr' } as const;
  let notes: readonly string[] = [];
  try {
    if (translation?.writable === true) notes = write(translation, flags, context);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // The findings are worth reading even where the product could not be written.
    await reportRun({ ...run, exitCode: 1 }, { ...report, notes, isWritten: false });
    throw error;
  }
  await reportRun(run, { ...report, notes, isWritten: true });
  return run.exitCode;
}

function checkFlags({ out, split, to, report }: ConvertFlags, world: World): void {
  const isDirectory = out?.endsWith('/') === true;
  if (out === '') throw new UsageError('--out is the empty string; name a file, or a directory with a / at its end');
  if (out !== undefined && !isDirectory && isFolder(out, world)) {
    throw new UsageError(`--out ${out} is a directory; write it with a / at the end`);
  }
  if (split !== 'none' && !isDirectory) throw new UsageError(`--split ${split} needs a directory: --out PATH/`);
  if (isOneDocument(to) && isDirectory) throw new UsageError(`--to ${to} writes one document; --out must name a file`);
  if ((out === undefined || out === '-') && report.some(({ path }) => path === '-')) {
    throw new UsageError('--report json=-: stdout is taken by the product; add --out, or name a file');
  }
}

/** Gives the lines that tell what was written. */
function write(translation: Translation, flags: ConvertFlags, { world }: CommandContext): readonly string[] {
  const { out } = flags;
  if (out?.endsWith('/') === true) {
    const print = (resources: readonly EmittedResource[]) => [...printProduct(resources, flags)].join('');
    const files = splitFiles(translation.resources, flags.split, { extension: flags.output, print });
    // Files of hosts that are withheld now would be taken for stale ones, and removing them would cut these hosts off.
    const prune = translation.hosts.every(({ withheldBy }) => withheldBy.length === 0);
    const removed = writeDirectory(out, files, { world, prune });
    const stale = removed.length === 0 ? '' : `; removed ${removed.length} of an earlier run: ${removed.join(', ')}`;
    const kept = prune ? '' : '; files of earlier runs are kept, since hosts are withheld';
    return [`wrote ${files.length === 1 ? 'a file' : `${files.length} files`} to ${out}${stale}${kept}`];
  }
  const texts =
    flags.to === 'ir'
      ? [printModel(translation, flags.output)]
      : (translation.printed ?? printProduct(translation.resources, flags));
  if (out === undefined || out === '-') {
    for (const chunk of joinChunks(texts)) world.stdout.write(chunk);
    return [];
  }
  writeFileWhole(out, [...texts].join(''), world);
  return [`wrote ${out}`];
}
