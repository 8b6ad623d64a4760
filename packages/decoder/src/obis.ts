import { CODES, GROUPS } from './generated/obis.ts';

/** What of a record its OBIS code depends on. */
export interface ObisSubject {
  readonly quantity: string;
  readonly modifiers: readonly string[];
  readonly function: string;
  readonly storage: number;
  readonly tariff: number;
  readonly subunit: number;
}

/**
 * The record's code, or undefined where none is confirmed (tables/obis.ts) or the meter (then -1) is not known. Records
 * of subunits belong to other meters and have none.
 */
export function obisOf(mediumCode: number, record: ObisSubject): string | undefined {
  if (record.subunit !== 0 || mediumCode < 0) return undefined;
  const { function: kind, modifiers, storage, tariff } = record;
  let key = record.quantity;
  for (const word of modifiers) key += `+${word}`;
  if (kind !== 'instantaneous') key += `^${kind}`;
  if (tariff > 0) key += '#';
  if (storage > 0) key += storage === 1 ? '@1' : '@';
  const group = GROUPS[mediumCode] ?? '0';
  const code = CODES.get(group + key) ?? CODES.get(`.${mediumCode}${key}`) ?? CODES.get(`*${key}`);
  if (code === undefined) return undefined;
  const whole = `${code.includes('-') ? '' : `${group}-0:`}${code}${code.includes('*') ? '' : '*255'}`;
  return whole.replace('T', String(tariff)).replace('N', String(storage));
}
