/** One step of a field path: a mapping key or a sequence index. */
export type PathSegment = string | number;

/** A range in an input file. Lines and columns count from 1; the end is exclusive. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
}

/** How Kubernetes names an object. `namespace` is absent where the manifest has none. */
export interface ResourceId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The document that a value came from. Positions are computed only when they are asked for. */
export interface SourceDocument {
  readonly file: string;
  /** Undefined for a document that is no Kubernetes object (broken YAML, a scalar). */
  readonly resource: ResourceId | undefined;
  /** The template that Helm rendered it from, as its `# Source:` comment says. */
  readonly template?: string;
  /** Orders the objects of a file as they stand in it, without computing a place. */
  readonly order: number;
  /** The place of a field; where the path does not exist, that of its deepest existing parent. */
  span(path: readonly PathSegment[]): Span;
  /** The text of a line of the file (counted from 1), for an excerpt under a finding. */
  lineText(line: number): string | undefined;
}

/**
 * A place in the input: a document and a field path in it, kept as a linked list so that walking
 * an object allocates one small node per step and computes no line until a finding needs one.
 */
export class Origin {
  readonly document: SourceDocument;
  readonly parent: Origin | undefined;
  readonly key: PathSegment | undefined;

  constructor(document: SourceDocument, parent?: Origin, key?: PathSegment) {
    this.document = document;
    this.parent = parent;
    this.key = key;
  }

  /** The place of a child; several keys step down one after the other. */
  at(...keys: readonly PathSegment[]): Origin {
    let place: Origin = this;
    for (const key of keys) place = new Origin(this.document, place, key);
    return place;
  }

  get path(): readonly PathSegment[] {
    const path: PathSegment[] = [];
    for (let place: Origin = this; place.parent !== undefined; place = place.parent) {
      if (place.key !== undefined) path.push(place.key);
    }
    return path.reverse();
  }

  /** The path as people write it: `spec.http[0].match[1].uri`. */
  get field(): string {
    return formatPath(this.path);
  }

  span(): Span {
    return this.document.span(this.path);
  }

  /** `file:line:col`. */
  toString(): string {
    const { file, line, col } = this.span();
    return `${file}:${line}:${col}`;
  }
}

/** Prints a field path: dots between plain keys, brackets around indexes and around keys with other characters. */
export function formatPath(path: readonly PathSegment[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
