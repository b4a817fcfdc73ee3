/**
 * A type whose texts may be any text, apart from `kind`: what stands in an account may have values that latticectl never
 * writes, such as the protocol TLS_PASSTHROUGH.
 */
export type Loose<Value> = Value extends string
  ? string
  : Value extends number | boolean | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? readonly Loose<Item>[]
      : { readonly [Key in keyof Value]: Key extends 'kind' ? Value[Key] : Loose<Value[Key]> };
