// What happens to a telegram between the meter and the file: not heard, heard twice, damaged.

import type { Damage, Receiver } from './fleet.ts';
import { chance } from './random.ts';

const LOST = 401;
const HURT = 402;
const WHERE = 403;

/** Why a telegram is not as it was sent. */
export type DamageKind = 'bit-error' | 'cut-short';

export interface Arrival {
  readonly bytes: Uint8Array;
  /** Place in the list of receivers; null for wired telegrams. */
  readonly receiver: number | null;
  readonly damage: DamageKind | null;
}

/** What the receivers make of a radio telegram: an arrival for each one that hears it. */
export function* heard(
  bytes: Uint8Array,
  receivers: readonly Receiver[],
  damage: Damage,
  checked: boolean,
  seed: number,
  meter: number,
  count: number,
): Generator<Arrival> {
  for (const [i, { loss }] of receivers.entries()) {
    if (chance(seed, LOST + 1000 * i, meter, count) < (loss ?? 0)) continue;
    const arrival = hurt(bytes, damage, seed + i, meter, count);
    // A receiver that removes CRCs has checked them: it hands no telegram on whose CRC was wrong.
    if (arrival.damage === 'bit-error' && !checked) continue;
    yield { ...arrival, receiver: i };
  }
}

/** A telegram with a fault, as often as `damage` says. */
export function hurt(
  bytes: Uint8Array,
  damage: Damage,
  seed: number,
  meter: number,
  count: number,
): Arrival {
  const draw = chance(seed, HURT, meter, count);
  const bitError = damage.bitError ?? 0;
  const cutShort = damage.cutShort ?? 0;
  if (draw >= bitError + cutShort) return { bytes, receiver: null, damage: null };
  const place = chance(seed, WHERE, meter, count);
  if (draw < bitError) {
    const wrong = bytes.slice();
    // Behind the start of the frame, so that it is still taken for one.
    const bit = 8 * 4 + Math.floor(place * (bytes.length - 4) * 8);
    wrong[bit >> 3]! ^= 1 << (bit & 7);
    return { bytes: wrong, receiver: null, damage: 'bit-error' };
  }
  const length = Math.max(12, Math.floor(bytes.length * (0.3 + 0.65 * place)));
  return {
    bytes: bytes.slice(0, Math.min(length, bytes.length - 1)),
    receiver: null,
    damage: 'cut-short',
  };
}
