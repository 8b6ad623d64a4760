/**
 * Shapes: one description of each type of the model, from which its JSON Schema is printed (`json-schema.ts`) and by
 * which values are checked (`validate.ts`). `Shape<T>` is tied to the TypeScript type: a field too many, too few, or of
 * another kind does not compile.
 */

/** Says that a rule is broken at `path`, steps from the value that the rule is about. */
export type Fault = (code: string, path: readonly (string | number)[], message: string) => void;

/** What JSON Schema cannot say, about a value that is well formed already. */
export type Rule<T> = (value: T, fault: Fault) => void;

interface Named {
  /** Name of the type; its schema is `urn:metergram:schema:<name>`. */
  readonly name?: string;
  readonly description?: string;
}

export interface TextShape extends Named {
  readonly kind: 'text';
  /** ECMAScript regular expression with the `u` flag; anchored. */
  readonly pattern?: string;
  /** In code points. */
  readonly maxLength: number;
  /** Name of a format of ours, `gsrn`, and what it checks beyond the pattern. */
  readonly format?: { readonly name: string; readonly test: (text: string) => boolean };
}

export interface ChoiceShape extends Named {
  readonly kind: 'choice';
  readonly values: readonly string[];
}

export interface IntegerShape extends Named {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum: number;
}

/** A number that need not be whole: a share, a rate. Metered values are decimals as text, never this. */
export interface NumberShape extends Named {
  readonly kind: 'number';
  readonly minimum: number;
  readonly maximum: number;
}

export interface FlagShape extends Named {
  readonly kind: 'flag';
}

export interface NullableShape extends Named {
  readonly kind: 'nullable';
  readonly shape: Node;
}

export interface ListShape extends Named {
  readonly kind: 'list';
  readonly items: Node;
  readonly minItems: number;
  readonly maxItems: number;
}

export interface RecordShape extends Named {
  readonly kind: 'record';
  readonly values: Node;
  readonly maxProperties: number;
}

/** Any JSON value. */
export interface JsonShape extends Named {
  readonly kind: 'json';
}

export interface EitherShape extends Named {
  readonly kind: 'either';
  readonly options: readonly Node[];
}

export interface FieldShape {
  readonly shape: Node;
  readonly required: boolean;
}

export interface ObjectShape extends Named {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, FieldShape>>;
  /** `field` is null exactly when `other` has the value `is`. */
  readonly nullExactlyWhen?: {
    readonly field: string;
    readonly other: string;
    readonly is: string;
  };
  readonly rules: readonly Rule<never>[];
}

/** Any shape, its type forgotten. */
export type Node =
  | TextShape
  | ChoiceShape
  | IntegerShape
  | NumberShape
  | FlagShape
  | NullableShape
  | ListShape
  | RecordShape
  | JsonShape
  | EitherShape
  | ObjectShape;

declare const described: unique symbol;

/** The shape of values of type `T`. */
export type Shape<T> = Node & { readonly [described]?: (value: T) => T };

/** A field that may be left out. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}

/** One entry for each field of `T`: its shape, or {@link optional} of it where the field may be left out. */
export type Fields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? Optional<Exclude<T[K], undefined>>
    : Shape<T[K]>;
};

export function text<T extends string = string>(options: Omit<TextShape, 'kind'>): Shape<T> {
  return { kind: 'text', ...options };
}

export function choice<T extends string>(
  values: readonly T[],
  named: { readonly name?: string; readonly description?: string } = {},
): Shape<T> {
  return { kind: 'choice', values, ...named };
}

export function integer<T extends number = number>(
  minimum: number,
  maximum: number,
  named: { readonly name?: string; readonly description?: string } = {},
): Shape<T> {
  return { kind: 'integer', minimum, maximum, ...named };
}

export function number(
  minimum: number,
  maximum: number,
  named: { readonly name?: string; readonly description?: string } = {},
): Shape<number> {
  return { kind: 'number', minimum, maximum, ...named };
}

export function flag(description?: string): Shape<boolean> {
  return { kind: 'flag', ...(description === undefined ? {} : { description }) };
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return { kind: 'nullable', shape };
}

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

export function list<T>(
  items: Shape<T>,
  limits: { readonly minItems?: number; readonly maxItems?: number } = {},
): Shape<readonly T[]> {
  return {
    kind: 'list',
    items,
    minItems: limits.minItems ?? 0,
    maxItems: limits.maxItems ?? 10_000,
  };
}

export function record<T>(
  values: Shape<T>,
  maxProperties = 1000,
): Shape<Readonly<Record<string, T>>> {
  return { kind: 'record', values, maxProperties };
}

export function json(description?: string): Shape<unknown> {
  return { kind: 'json', ...(description === undefined ? {} : { description }) };
}

export function either<A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> {
  return { kind: 'either', options: [a, b] };
}

export function object<T extends object>(
  options: {
    readonly name?: string;
    readonly description?: string;
    readonly nullExactlyWhen?: {
      readonly field: keyof T & string;
      readonly other: keyof T & string;
      readonly is: string;
    };
    readonly rules?: readonly Rule<T>[];
  },
  fields: Fields<T>,
): Shape<T> {
  const entries = Object.entries(fields as Readonly<Record<string, Node | Optional<unknown>>>).map(
    ([key, field]): [string, FieldShape] => [
      key,
      'optional' in field
        ? { shape: field.optional, required: false }
        : { shape: field, required: true },
    ],
  );
  return {
    kind: 'object',
    ...options,
    fields: Object.fromEntries(entries),
    rules: options.rules ?? [],
  };
}
