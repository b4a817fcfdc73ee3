/** Places of the table; a power of two. */
const PLACES = 4_096;

/**
 * Cuts texts out of the input so that equal ones are mostly one string: keys, kinds, hosts and names repeat through all
 * manifests of an estate. That saves their memory, and later look-ups the work to hash each of them again.
 */
export class SharedTexts {
  /** The text that was cut last for each place. */
  readonly #texts: string[] = Array.from({ length: PLACES }, () => '');

  /** The part of a text between two offsets. `hash` is any number that equal parts have in common. */
  cut(text: string, start: number, end: number, hash: number): string {
    const place = (hash ^ (hash >>> 12)) & (PLACES - 1);
    const known = this.#texts[place];
    if (known !== undefined && known.length === end - start && text.startsWith(known, start)) return known;
    const cut = text.slice(start, end);
    this.#texts[place] = cut;
    return cut;
  }
}
