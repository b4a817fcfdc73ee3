import type { EmittedResource } from '../../emitters/emitter.ts';
import { printDocuments, printManifests } from '../../emitters/print-manifest.ts';
import type { Translation } from '../../pipeline.ts';
import { emitters } from '../../registry.ts';
import { FileError, UsageError } from '../errors.ts';
import type { ConvertFlags } from '../flags.ts';
import { printResource } from '../render/diagnostics.ts';
import { modelToPlain } from '../render/model.ts';
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

const CHUNK = 65_536;

/** Texts put together to pieces that are worth a write each. */
function* joinChunks(texts: Iterable<string>): Generator<string> {
  let parts: string[] = [];
  let length = 0;
  for (const text of texts) {
    parts.push(text);
    length += text.length;
    if (length < CHUNK) continue;
    yield parts.join('');
    parts = [];
    length = 0;
  }
  if (length > 0) yield parts.join('');
}

function isOneDocument(to: string): boolean {
  return to === 'ir' || emitters.find(({ name }) => name === to)?.product === 'document';
}

/** The product in pieces. */
function printProduct(
  resources: readonly EmittedResource[],
  { output, to }: Pick<ConvertFlags, 'output' | 'to'>,
): Iterable<string> {
  if (resources.length === 0) return [];
  const objects = resources.map(({ object }) => object);
  if (isOneDocument(to)) {
    if (output === 'yaml') return printDocuments(objects, () => []);
    return objects.map((object) => `${JSON.stringify(object, undefined, 2)}\n`);
  }
  if (output === 'json') {
    return [`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, undefined, 2)}\n`];
  }
  return printDocuments(objects, (_, index) => {
    const source = resources[index]?.origin?.document.resource;
    // No file and no line here: moving an object to another file must not change the output.
    return source === undefined ? [] : [`from ${printResource(source)}`];
  });
}

function printModel({ model, hosts }: Translation, output: 'yaml' | 'json'): string {
  const withheld = new Set(hosts.filter(({ withheldBy }) => withheldBy.length > 0).map(({ id }) => id));
  const virtualHosts = model.virtualHosts.filter(({ id }) => !withheld.has(id));
  if (virtualHosts.length === 0 && model.gateways.length === 0 && model.carried.length === 0) return '';
  const plain = modelToPlain({ ...model, virtualHosts });
  return output === 'json' ? `${JSON.stringify(plain, undefined, 2)}\n` : printManifests([plain]);
}
