declare const brand: unique symbol;

/** A value of type `T` that has been checked to be a `Name`; made only by the parsing functions of its module. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
