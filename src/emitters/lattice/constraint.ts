/** What a field of a resource must be. `shape` is the name of its type in the API model, version 2022-11-30. */
export type Constraint =
  | { readonly kind: 'text'; readonly shape: string; readonly min: number; readonly max: number; readonly form?: Form }
  | { readonly kind: 'number'; readonly shape: string; readonly min: number; readonly max: number }
  | { readonly kind: 'one-of'; readonly shape: string; readonly values: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly shape: string; readonly min: number; readonly max: number };

/** A form that a text must have, and how people are told. */
export interface Form {
  readonly takes: (text: string) => boolean;
  readonly words: string;
}

/** A form by a pattern over the whole text. */
export function formOf(pattern: RegExp, words: string): Form {
  return { takes: (text) => pattern.test(text), words };
}

export function text(shape: string, min: number, max: number, form?: Form): Constraint {
  return { kind: 'text', shape, min, max, ...(form === undefined ? {} : { form }) };
}

export function number(shape: string, min: number, max: number): Constraint {
  return { kind: 'number', shape, min, max };
}

export function list(shape: string, min: number, max: number): Constraint {
  return { kind: 'list', shape, min, max };
}

export function oneOf(shape: string, ...values: readonly (string | number)[]): Constraint {
  return { kind: 'one-of', shape, values };
}

/** Why a value breaks a constraint, in words; undefined where it does not. */
export function whyRefused(value: unknown, constraint: Constraint): string | undefined {
  switch (constraint.kind) {
    case 'text': {
      if (typeof value !== 'string') return 'it is no text';
      const { min, max, form } = constraint;
      if (value.length < min || value.length > max)
        return `it has ${value.length} character${value.length === 1 ? '' : 's'}, and ${min} to ${max} are allowed`;
      return form === undefined || form.takes(value) ? undefined : `it is not ${form.words}`;
    }
    case 'number': {
      const { min, max } = constraint;
      const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
      return fits ? undefined : `it is no whole number from ${min} to ${max}`;
    }
    case 'one-of':
      return constraint.values.some((one) => one === value)
        ? undefined
        : `it is none of ${constraint.values.join(', ')}`;
    case 'list': {
      const { min, max } = constraint;
      const length = Array.isArray(value) ? value.length : 0;
      return length >= min && length <= max ? undefined : `it has ${length} entries, and ${min} to ${max} are allowed`;
    }
  }
}
