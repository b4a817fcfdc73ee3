import type { SourceDocument } from '../diagnostics/origin.ts';

/** Objects by the document that they stand in. */
export type Contents = ReadonlyMap<SourceDocument, Readonly<Record<string, unknown>>>;
