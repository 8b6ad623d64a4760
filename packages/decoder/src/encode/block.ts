// Data and value information blocks from numbers: DIF with its DIFEs, EN 13757-3 clause 6.3.

import { EncodeFault, within } from './fault.ts';

export type FunctionName = 'instantaneous' | 'maximum' | 'minimum' | 'error';

const FUNCTION: Record<FunctionName, number> = {
  instantaneous: 0,
  maximum: 1,
  minimum: 2,
  error: 3,
};

export interface DataInformation {
  readonly function?: FunctionName;
  /** Storage number, 0 to 2^41 - 1. */
  readonly storage?: number;
  /** Tariff, 0 to 2^20 - 1. */
  readonly tariff?: number;
  /** Subunit, 0 to 2^10 - 1. */
  readonly subunit?: number;
  /** At least so many DIFEs, the last ones zero if need be: meters with register numbers send a final zero. */
  readonly extensions?: number;
}

/**
 * DIF and DIFEs, as few as will do. `field` is the data field. Storage, tariff and subunit grow low end first: one bit of
 * storage in the DIF, then in each DIFE four bits of storage, two of tariff, one of subunit.
 */
export function dataInformation(
  field: number,
  about: DataInformation,
  pointer: string,
): Uint8Array {
  const storage = within(about.storage ?? 0, 0, 2 ** 41 - 1, `${pointer}/storage`);
  const tariff = within(about.tariff ?? 0, 0, 2 ** 20 - 1, `${pointer}/tariff`);
  const subunit = within(about.subunit ?? 0, 0, 2 ** 10 - 1, `${pointer}/subunit`);
  const code = FUNCTION[about.function ?? 'instantaneous'];
  if (code === undefined) {
    throw new EncodeFault('encode/bad-value', `${pointer}/function`, 'no function of this name');
  }
  const block = [field | (code << 4) | (storage % 2 === 0 ? 0 : 0x40)];
  // Storage goes beyond 32 bits, so it is divided, not shifted.
  let restOfStorage = Math.floor(storage / 2);
  let restOfTariff = tariff;
  let restOfSubunit = subunit;
  const least = within(about.extensions ?? 0, 0, 10, `${pointer}/extensions`);
  while (restOfStorage > 0 || restOfTariff > 0 || restOfSubunit > 0 || block.length <= least) {
    block[block.length - 1]! |= 0x80;
    block.push((restOfStorage % 16) | ((restOfTariff & 3) << 4) | ((restOfSubunit & 1) << 6));
    restOfStorage = Math.floor(restOfStorage / 16);
    restOfTariff >>= 2;
    restOfSubunit >>= 1;
  }
  return Uint8Array.from(block);
}
