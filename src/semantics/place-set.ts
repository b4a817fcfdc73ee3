import type { Origin, SourceDocument } from '../diagnostics/origin.ts';

/** Places by document and field: one and the same place may have several origins. */
export class PlaceSet {
  readonly #fields = new Map<SourceDocument, Set<string>>();

  add({ document, field }: Origin): this {
    const known = this.#fields.get(document);
    if (known === undefined) this.#fields.set(document, new Set([field]));
    else known.add(field);
    return this;
  }

  has({ document, field }: Origin): boolean {
    return this.#fields.get(document)?.has(field) === true;
  }
}
