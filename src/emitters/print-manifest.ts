/**
 * Prints objects as one YAML stream in block style, keys in the order of insertion. Every reader of
 * YAML 1.1, YAML 1.2 and JSON-like YAML gets the same values back: what could be read in two ways is
 * quoted. Fields that are undefined are left out. `commentsOf` gives the lines to write above an
 * object, without their `#`.
 *
 * Throws a TypeError for what JSON cannot say (NaN, functions, symbols, bigints): that is a bug of the caller.
 */
export function printManifests(
  resources: readonly object[],
  commentsOf: (resource: object, index: number) => readonly string[] = () => [],
): string {
  return resources
    .map((resource, index) => {
      const comments = commentsOf(resource, index).map(printComment).join('');
      return `${index === 0 ? '' : '---\n'}${comments}${printDocument(resource)}`;
    })
    .join('');
}

function printDocument(resource: object): string {
  const text = printBlock(resource, '');
  return text.startsWith('\n') ? text.slice(1) : `${text.trimStart()}\n`;
}

function printComment(line: string): string {
  return `# ${escapeUnsafe(line.replace(/[\r\n\t]+/g, ' '))}\n`;
}

/** A value behind its key: ` value` on the line, or `\n` and the lines of a block (with the last break). */
function printBlock(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []';
    let text = '\n';
    for (const item of value) text += printItem(item === undefined ? null : item, indent);
    return text;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, child]) => child !== undefined);
    if (entries.length === 0) return ' {}';
    let text = '\n';
    for (const [key, child] of entries) text += `${indent}${printKey(key)}:${printChild(child, indent)}`;
    return text;
  }
  return ` ${printScalar(value, indent)}`;
}

function printChild(value: unknown, indent: string): string {
  // As kubectl prints it: the items of a list stand below its key, without further indentation.
  const text = printBlock(value, Array.isArray(value) ? indent : `${indent}  `);
  return text.startsWith('\n') ? text : `${text}\n`;
}

function printItem(item: unknown, indent: string): string {
  const text = printBlock(item, `${indent}  `);
  // The first line of a block stands behind the dash.
  return text.startsWith('\n') ? `${indent}- ${text.slice(indent.length + 3)}` : `${indent}-${text}\n`;
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

function isPlain(text: string): boolean {
  return (plain.test(text) && !reserved.test(text)) || duration.test(text);
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
  return `${ends ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n')}`;
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
