import { splitStream } from './split-stream.ts';

/** A file as it comes in; `file` is the name for findings (`-` or `<stdin>` for a pipe). */
export interface InputFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** V8 holds no string of more characters. */
const MAX_CHARACTERS = 0x1fffffe8;

/**
 * The text of a file. `invalid` holds, by the offset of their document, where in it the first byte
 * stands that is not UTF-8: such a document is lost, the others are not.
 */
export type DecodedFile =
  | { readonly kind: 'text'; readonly text: string; readonly invalid: ReadonlyMap<number, number> }
  | { readonly kind: 'foreign-encoding'; readonly encoding: string }
  | { readonly kind: 'too-large'; readonly megabytes: number };

/** Decodes a file as UTF-8, without its byte order mark. */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  const encoding = foreignEncoding(bytes);
  if (encoding !== undefined) return { kind: 'foreign-encoding', encoding };
  if (bytes.length > MAX_CHARACTERS) return { kind: 'too-large', megabytes: Math.ceil(bytes.length / 2 ** 20) };
  const text = decodeStrictly(bytes);
  return text === undefined ? decodeByDocument(bytes) : { kind: 'text', text, invalid: new Map() };
}

function foreignEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16';
  if (first === 0xfe && second === 0xff) return 'UTF-16';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'UTF-32';
  // Without a mark: text starts with an ASCII letter, so a zero beside it gives the width away.
  if (first === 0 && second === 0) return 'UTF-32BE';
  if (first === 0) return 'UTF-16BE';
  if (second === 0) return third === 0 ? 'UTF-32LE' : 'UTF-16LE';
  return undefined;
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeByDocument(all: Uint8Array): DecodedFile {
  const marked = all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf;
  const bytes = marked ? all.subarray(3) : all;
  const invalid = new Map<number, number>();
  const parts: string[] = [];
  let offset = 0;
  // One character per byte: document markers are ASCII, so the ranges are byte ranges.
  for (const { start, end } of splitStream(new TextDecoder('latin1').decode(bytes))) {
    const chunk = bytes.subarray(start, end);
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let part: string;
    try {
      part = strict.decode(chunk);
    } catch {
      part = new TextDecoder('utf-8', { ignoreBOM: true }).decode(chunk);
      invalid.set(offset, firstInvalid(chunk));
    }
    parts.push(part);
    offset += part.length;
  }
  return { kind: 'text', text: parts.join(''), invalid };
}

/** The offset, in the decoded text, of the first byte that is not UTF-8. */
function firstInvalid(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let characters = 0;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start) + 1 || bytes.length;
    const line = bytes.subarray(start, end);
    try {
      characters += decoder.decode(line).length;
    } catch {
      return characters + new TextDecoder('utf-8', { ignoreBOM: true }).decode(line).indexOf('\uFFFD');
    }
    start = end;
  }
  return characters;
}
