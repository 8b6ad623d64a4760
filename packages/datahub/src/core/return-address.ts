/** The parameters of an address that a person came back to, by folded name, each with all its values. */
export type ReturnParameters = Readonly<Record<string, readonly string[]>>;

/**
 * Reads the parameters of a return address; `fold` makes names comparable. Anyone can write such an address, so every name
 * is taken, `constructor` and the like included.
 */
export function returnParameters(
  address: string | URL,
  fold: (name: string) => string,
): ReturnParameters {
  const found = new Map<string, string[]>();
  for (const [name, value] of new URL(address, 'https://return.invalid').searchParams) {
    const values = found.get(fold(name));
    if (values === undefined) found.set(fold(name), [value]);
    else values.push(value);
  }
  return Object.fromEntries(found);
}

/** The first value of a parameter; null where it is not there or empty. */
export function parameterOf(parameters: ReturnParameters, name: string): string | null {
  return (Object.hasOwn(parameters, name) ? parameters[name]?.[0] : undefined) || null;
}
