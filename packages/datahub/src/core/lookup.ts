/** The row of a table for a word that someone else wrote: `constructor` and the like are in no table. */
export function lookup<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
