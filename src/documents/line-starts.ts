/**
 * Where the lines of a text start, found as far as somebody asks: of many findings of one kind the first are shown, and
 * a large file need not be read to its end for them. Lines count from 0 and end in LF, CR LF or CR.
 */
export class LineStarts {
  readonly #text: string;
  readonly #break: RegExp | '\n';
  #starts = new Uint32Array(1024);
  /** Lines found so far; the first starts at 0. */
  #count = 1;
  /** Whether the end was reached; a file of one line would be searched to it for each place. */
  #isWhole = false;

  constructor(text: string) {
    this.#text = text;
    // A search for one character is several times as fast as a pattern.
    this.#break = text.includes('\r') ? /\r\n?|\n/g : '\n';
  }

  /** The line of an offset, and where that line starts. */
  lineAt(offset: number): { readonly line: number; readonly start: number } {
    while (this.#last() <= offset && this.#findNext()) {
      // Goes on until a line starts behind the offset.
    }
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, start: this.#starts[low] ?? 0 };
  }

  /** Where a line starts and where the next one does, which is the end of the text for the last line. */
  rangeOf(line: number): { readonly start: number; readonly next: number } | undefined {
    while (this.#count <= line + 1 && this.#findNext()) {
      // Goes on until the line behind is found.
    }
    if (line < 0 || line >= this.#count) return undefined;
    const next = line + 1 < this.#count ? this.#starts[line + 1] : undefined;
    return { start: this.#starts[line] ?? 0, next: next ?? this.#text.length };
  }

  #last(): number {
    return this.#starts[this.#count - 1] ?? 0;
  }

  /** Finds the start of one more line; false at the end of the text. */
  #findNext(): boolean {
    const start = this.#isWhole ? undefined : this.#behindBreak(this.#last());
    if (start === undefined) {
      this.#isWhole = true;
      return false;
    }
    if (this.#count === this.#starts.length) {
      const wider = new Uint32Array(this.#count * 2);
      wider.set(this.#starts);
      this.#starts = wider;
    }
    this.#starts[this.#count++] = start;
    return true;
  }

  #behindBreak(from: number): number | undefined {
    if (this.#break === '\n') {
      const at = this.#text.indexOf('\n', from);
      return at < 0 ? undefined : at + 1;
    }
    this.#break.lastIndex = from;
    return this.#break.test(this.#text) ? this.#break.lastIndex : undefined;
  }
}
