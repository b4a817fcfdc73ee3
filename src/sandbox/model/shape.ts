/**
 * What a value of the API may be, as data. A constraint is written once, here; the check of a request and the types of
 * the handlers both follow from it.
 */
export type Shape = Text | Choice | Whole | Flag | List | Dictionary | Structure | Union;

export interface Text {
  readonly kind: 'text';
  /** Length in characters, both ends included. */
  readonly min: number;
  readonly max: number;
  readonly pattern?: RegExp;
}

export interface Choice<Value extends string = string> {
  readonly kind: 'choice';
  readonly values: readonly Value[];
}

export interface Whole {
  readonly kind: 'whole';
  readonly min: number;
  readonly max: number;
}

export interface Flag {
  readonly kind: 'flag';
}

export interface List<Item extends Shape = Shape> {
  readonly kind: 'list';
  readonly item: Item;
  readonly min: number;
  readonly max: number;
}

export interface Dictionary {
  readonly kind: 'dictionary';
  readonly key: Text;
  readonly value: Text;
  readonly max: number;
}

/** The members of a structure. */
export type Members = Readonly<Record<string, Shape>>;

export interface Structure<Required extends Members = Members, Optional extends Members = Members> {
  readonly kind: 'structure';
  readonly required: Required;
  readonly optional: Optional;
}

/** Exactly one of the members is given. */
export interface Union<Arms extends Members = Members> {
  readonly kind: 'union';
  readonly arms: Arms;
}

/** The type of the values of a shape. */
export type ValueOf<S extends Shape> =
  S extends Choice<infer Value>
    ? Value
    : S extends Text
      ? string
      : S extends Whole
        ? number
        : S extends Flag
          ? boolean
          : S extends List<infer Item>
            ? readonly ValueOf<Item>[]
            : S extends Dictionary
              ? Readonly<Record<string, string>>
              : S extends Structure<infer Required, infer Optional>
                ? MembersOf<Required, Optional>
                : S extends Union<infer Arms>
                  ? MembersOf<Record<never, never>, Arms>
                  : never;

/** The type of values with these required and optional members. */
export type MembersOf<Required extends Members, Optional extends Members> = {
  readonly [Name in keyof Required]: ValueOf<Required[Name]>;
} & { readonly [Name in keyof Optional]?: ValueOf<Optional[Name]> };

export function text(min: number, max: number, pattern?: RegExp): Text {
  return pattern === undefined ? { kind: 'text', min, max } : { kind: 'text', min, max, pattern };
}

export function choice<const Value extends string>(...values: readonly Value[]): Choice<Value> {
  return { kind: 'choice', values };
}

export function whole(min: number, max: number): Whole {
  return { kind: 'whole', min, max };
}

export const flag: Flag = { kind: 'flag' };

export function list<Item extends Shape>(item: Item, min: number, max: number): List<Item> {
  return { kind: 'list', item, min, max };
}

export function structure<const Required extends Members, const Optional extends Members>(
  required: Required,
  optional: Optional,
): Structure<Required, Optional> {
  return { kind: 'structure', required, optional };
}

export function union<const Arms extends Members>(arms: Arms): Union<Arms> {
  return { kind: 'union', arms };
}
