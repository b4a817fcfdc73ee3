/** What stands above an object, as lines without their `#`. */
type CommentsOf = (resource: object, index: number) => readonly string[];

/**
 * Prints objects as one YAML stream in block style, keys in the order of insertion. Every reader of
 * YAML 1.1, YAML 1.2 and JSON-like YAML gets the same values back: what could be read in two ways is
 * quoted. Fields that are undefined are left out.
 *
 * Throws a TypeError for what JSON cannot say (NaN, functions, symbols, bigints): that is a bug of the caller.
 */
export function printManifests(resources: readonly object[], commentsOf: CommentsOf = () => []): string {
  return [...printDocuments(resources, commentsOf)].join('');
}

/** The texts of `printManifests` one by one, so that a large output need not be held as a whole. */
export function* printDocuments(resources: readonly object[], commentsOf: CommentsOf): Generator<string> {
  const printer = new DocumentPrinter();
  for (const [index, resource] of resources.entries()) {
    const comments = commentsOf(resource, index).map(printComment).join('');
    yield `${index === 0 ? '' : '---\n'}${comments}${printer.print(resource)}`;
  }
}

function printComment(line: string): string {
  return `# ${escapeUnsafe(line.replace(/[\r\n\t]+/g, ' '))}\n`;
}

/** Writes each document into one growing text, from top to bottom. */
class DocumentPrinter {
  /** Keys with their colon: a few dozen repeat through all documents of a stream. */
  readonly #keys = new Map<string, string>();
  #text = '';

  print(resource: object): string {
    this.#text = '';
    if (Array.isArray(resource) && resource.length > 0) this.#addItems(resource, '', '');
    else if (isFilled(resource)) this.#addEntries(resource, '', '');
    else this.#text += `${printLeaf(resource, '')}\n`;
    return this.#text;
  }

  /** The fields of a mapping; `lead` stands before the first of them, where it does not start a line. */
  #addEntries(mapping: Mapping, indent: string, lead: string): void {
    let before = lead;
    for (const key in mapping) {
      const value = mapping[key];
      if (value === undefined) continue;
      this.#text += before + this.#printKey(key);
      before = indent;
      this.#addValue(value, indent);
    }
  }

  #printKey(key: string): string {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const printed = `${printKey(key)}:`;
    this.#keys.set(key, printed);
    return printed;
  }

  #addValue(value: unknown, indent: string): void {
    if (typeof value !== 'object' || value === null) this.#text += ` ${printScalar(value, indent)}\n`;
    else if (Array.isArray(value) && value.length > 0) {
      // As kubectl prints it: the items of a list stand below its key, without further indentation.
      this.#text += '\n';
      this.#addItems(value, indent, indent);
    } else if (isFilled(value)) {
      const inner = `${indent}  `;
      this.#text += '\n';
      this.#addEntries(value, inner, inner);
    } else this.#text += ` ${printLeaf(value, indent)}\n`;
  }

  #addItems(list: readonly unknown[], indent: string, lead: string): void {
    const inner = `${indent}  `;
    let before = lead;
    for (const item of list) {
      // The first line of a block stands behind the dash.
      this.#text += `${before}- `;
      before = indent;
      if (Array.isArray(item) && item.length > 0) this.#addItems(item, inner, '');
      else if (isFilled(item)) this.#addEntries(item, inner, '');
      else this.#text += `${printLeaf(item === undefined ? null : item, indent)}\n`;
    }
  }
}

type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping with a field to print. */
function isFilled(value: unknown): value is Mapping {
  if (!isMapping(value)) return false;
  for (const key in value) if (value[key] !== undefined) return true;
  return false;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that needs no lines of its own below it, except for a text of several lines, below its parent's `indent`. */
function printLeaf(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return printScalar(value, indent);
  return Array.isArray(value) ? '[]' : '{}';
}

function printKey(key: string): string {
  // A key longer than this must be written in YAML's explicit form to be one.
  if (key.length > 1000) throw new TypeError('a key of more than 1000 characters cannot be printed');
  return isPlain(key) ? key : quote(key);
}

function printScalar(value: unknown, indent: string): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' && Number.isFinite(value)) return printNumber(value);
  if (typeof value !== 'string') throw new TypeError(`a ${typeof value} cannot be printed as YAML`);
  if (isPlain(value)) return value;
  return isBlock(value) ? printLiteral(value, indent) : quote(value);
}

function printNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  // YAML 1.1 wants a point before an exponent.
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

const plain = /^[A-Za-z_/](?:[\w./@+=~-]|:(?=[\w./])| (?=[\w(]))*$/;
const duration = /^[0-9]+(?:ms|s|m|h)$/;
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const LONGEST_RESERVED = 'false'.length;

function isPlain(text: string): boolean {
  // Asked of every text and every key: a length costs less than a pattern.
  return plain.test(text) ? text.length > LONGEST_RESERVED || !reserved.test(text) : duration.test(text);
}

/** Texts of several ordinary lines, which read best as they are. */
const block =
  /^[\x21-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd][\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

function isBlock(text: string): boolean {
  return text.includes('\n', 1) && block.test(text) && !/[ \xa0]\n|\n\n$|[ \xa0]$/.test(text);
}

function printLiteral(text: string, indent: string): string {
  const ends = text.endsWith('\n');
  const lines = (ends ? text.slice(0, -1) : text).split('\n');
  return `${ends ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`;
}

function quote(text: string): string {
  return escapeUnsafe(JSON.stringify(text));
}

/** Escapes what JSON leaves as it is and some YAML reader takes for a line break, a mark or nothing. */
function escapeUnsafe(text: string): string {
  return text.replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
