import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import schema from '../../../schemas/cases.schema.json' with { type: 'json' };
import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { InputFile } from '../../pipeline.ts';
import { type ModelRequest, readRequest } from '../../semantics/request-model.ts';
import { FileError, reasonOf } from '../errors.ts';
import { type OwnFormat, readOwnFile } from '../settings/read-own-file.ts';
import type { World } from '../world.ts';
import { casesDiagnostics } from './diagnostics.ts';

/** The file of cases, as its schema has it. */
interface CasesFile {
  readonly version: 1;
  readonly cases: readonly WrittenCase[];
}

interface WrittenCase {
  readonly name: string;
  readonly request: {
    readonly method?: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly fromNamespace?: string;
    readonly port?: number;
  };
  readonly expect: Expectation;
  readonly upstream?: ExpectedUpstream;
}

/** Exactly one of them. */
export interface Expectation {
  /** Percentages by backend. */
  readonly backends?: Readonly<Record<string, number>>;
  readonly status?: number;
  readonly redirect?: { readonly status: number; readonly location: string };
}

export interface ExpectedUpstream {
  readonly host?: string;
  readonly path?: string;
  /** null: the backend must not see the header. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A request with what it must meet. */
export interface Case {
  readonly name: string;
  readonly request: ModelRequest;
  readonly expect: Expectation;
  readonly upstream?: ExpectedUpstream;
  readonly origin: Origin;
}

const format: OwnFormat = { name: 'cases', schema, diagnostics: casesDiagnostics };

/** Reads the file that `--cases` names. Throws FileError where it cannot be read. */
export function findCases(path: string, world: World): InputFile {
  try {
    return { file: path, bytes: readFileSync(resolve(world.cwd, path)) };
  } catch (error) {
    throw new FileError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The cases of a file; undefined where something is wrong with it, which is reported. */
export async function readCases(input: InputFile, report: Report): Promise<readonly Case[] | undefined> {
  const file = await readOwnFile(input, format, report);
  if (file === undefined) return undefined;
  if (file.value === undefined) {
    report(casesDiagnostics['wrong-value']({ key: '', problem: 'it is empty' }, file.origin));
    return undefined;
  }
  // The schema has checked its form.
  const { cases } = file.value as CasesFile;
  let isWhole = true;
  const read = cases.flatMap((written, index): readonly Case[] => {
    const origin = file.origin.at('cases', index);
    const { method = 'GET', headers = {}, ...request } = written.request;
    const reading = readRequest({
      ...request,
      method,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    });
    if (reading.kind === 'bad') {
      const place = origin.at('request');
      report(casesDiagnostics['wrong-value']({ key: place.field, problem: reading.problem }, place));
      isWhole = false;
      return [];
    }
    const { name, expect, upstream } = written;
    return [{ name, request: reading.request, expect, ...(upstream === undefined ? {} : { upstream }), origin }];
  });
  return isWhole ? read : undefined;
}
