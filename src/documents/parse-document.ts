import { constructFromEvents, EVENT_ID, parseEvents, YAMLException } from 'js-yaml';
import type { KubernetesSchema } from './kubernetes-schema.ts';
import { NOT_ORDINARY, readOrdinary } from './read-ordinary.ts';
import { SharedTexts } from './shared-texts.ts';
import { MAX_DEPTH } from './source-file.ts';

/** Aliases that one document may use; what they hold together is limited by MAX_NODES. */
const MAX_ALIASES = 10_000;
/** Values that a document with aliases may hold when they are written out. */
const MAX_NODES = 1_000_000;

/** What came of one document of a stream. */
export type ParsedDocument =
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly value: unknown }
  | DocumentProblem;

/** Why a document could not be read. Offsets count from its start. */
export type DocumentProblem =
  | { readonly kind: 'invalid'; readonly reason: string; readonly offset: number }
  | { readonly kind: 'duplicate-key'; readonly offset: number }
  | { readonly kind: 'too-many-aliases'; readonly limit: string }
  | { readonly kind: 'recursive-alias' };

/** Parses one document (a range of `splitStream`). Never throws. */
export function parseDocument(text: string, schema: KubernetesSchema, shared = new SharedTexts()): ParsedDocument {
  try {
    const ordinary = readOrdinary(text, schema.readPlain, shared);
    if (ordinary !== NOT_ORDINARY) return { kind: 'value', value: ordinary };
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    if (events.length === 0) return { kind: 'empty' };
    const [value] = constructFromEvents(events, { source: text, schema, maxAliases: MAX_ALIASES });
    if (value === null || value === undefined) return { kind: 'empty' };
    if (events.some(({ type }) => type === EVENT_ID.ALIAS)) {
      const size = measureExpanded(value);
      if (size.kind !== 'fits') return size;
    }
    return { kind: 'value', value };
  } catch (error) {
    // A stack overflow is the only other thing that hostile input could raise; it is a matter of depth too.
    if (!(error instanceof YAMLException)) return { kind: 'invalid', reason: String(error), offset: 0 };
    const offset = error.mark?.position ?? 0;
    if (error.reason === 'duplicated mapping key') return { kind: 'duplicate-key', offset };
    if (error.reason.startsWith('aliases exceeded'))
      return { kind: 'too-many-aliases', limit: `${MAX_ALIASES} aliases` };
    if (error.reason.startsWith('merge keys exceeded')) return { kind: 'too-many-aliases', limit: '10000 merged keys' };
    return { kind: 'invalid', reason: error.reason, offset };
  }
}

interface Size {
  readonly nodes: number;
  readonly depth: number;
}

/** Counts what a walk would meet: shared values count as often as they are used. */
function measureExpanded(
  value: unknown,
): { readonly kind: 'fits' } | Extract<DocumentProblem, { kind: 'recursive-alias' | 'too-many-aliases' }> {
  const sizes = new Map<object, Size | 'open'>();
  const measure = (node: unknown): Size | undefined => {
    if (typeof node !== 'object' || node === null) return { nodes: 1, depth: 0 };
    const known = sizes.get(node);
    if (known === 'open') return undefined;
    if (known !== undefined) return known;
    sizes.set(node, 'open');
    let nodes = 1;
    let depth = 0;
    for (const child of Object.values(node)) {
      const size = measure(child);
      if (size === undefined) return undefined;
      nodes += size.nodes;
      depth = Math.max(depth, size.depth + 1);
    }
    const size = { nodes, depth };
    sizes.set(node, size);
    return size;
  };
  const size = measure(value);
  if (size === undefined) return { kind: 'recursive-alias' };
  if (size.nodes > MAX_NODES) return { kind: 'too-many-aliases', limit: `${MAX_NODES} values` };
  if (size.depth > MAX_DEPTH) return { kind: 'too-many-aliases', limit: `${MAX_DEPTH} levels` };
  return { kind: 'fits' };
}
