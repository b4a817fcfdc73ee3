import { inheritedMark, type LiteralLanguage, type Mark } from './literal-language.ts';

/** One thing that routers can match on a path. `any` is every path. */
export type PathPart =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string; readonly reading: 'string' | 'segment' };

/** Parts that are added, and parts that are taken away from them. */
export interface PathRegion {
  readonly plus: readonly PathPart[];
  readonly minus: readonly PathPart[];
}

/**
 * Writes a language of exact paths and prefixes as a region, parts in byte order. A path and everything below it becomes
 * a segment prefix. Gives undefined where a part would have to be put back inside one that is taken away.
 */
export function pathParts({ marks }: LiteralLanguage): PathRegion | undefined {
  const plus: PathPart[] = [];
  const minus: PathPart[] = [];
  for (const [key, mark] of [...marks].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const around = key !== '' && inheritedMark(marks, key).below;
    const changesAt = mark.at !== around;
    const changesBelow = mark.below !== around;
    const putsBack = around ? changesBelow && !changesAt : (changesAt || changesBelow) && isCutOut(marks, key);
    if (putsBack) return undefined;
    const target = around ? minus : plus;
    if (isSegment(marks, key)) target.push(prefix(key, 'segment'));
    else if (changesBelow && !(key.endsWith('/') && isSegment(marks, key.slice(0, -1))))
      target.push(prefix(key, 'string'));
    else if (changesAt && !changesBelow) target.push({ kind: 'exact', value: key });
    if (changesBelow && !changesAt) minus.push({ kind: 'exact', value: key });
  }
  return { plus, minus };
}

/** Whether `stem` and `stem/…` together differ from what is around them. */
function isSegment(marks: ReadonlyMap<string, Mark>, stem: string): boolean {
  const own = marks.get(stem);
  const tail = marks.get(`${stem}/`);
  if (own === undefined || tail === undefined || stem === '' || stem.endsWith('/')) return false;
  return (
    own.at !== own.below &&
    inheritedMark(marks, stem).below === own.below &&
    tail.at === own.at &&
    tail.below === own.at
  );
}

/** Whether the place of a key is outside of the language only because it was cut out of a wider part. */
function isCutOut(marks: ReadonlyMap<string, Mark>, key: string): boolean {
  for (let end = 0; end < key.length; end++) if (marks.get(key.slice(0, end))?.below === true) return true;
  return false;
}

function prefix(value: string, reading: 'string' | 'segment'): PathPart {
  return value === '' || value === '/' ? { kind: 'any' } : { kind: 'prefix', value, reading };
}
