import type { DataRecord, Status, Telegram } from '../telegram.ts';
import type { BitAmount, DeviceProfile, FlagRule } from './form.ts';
import { profileOf, selects } from './match.ts';

/** CI fields of telegrams whose values are sent high byte first. */
const HIGH_BYTE_FIRST: ReadonlySet<number | undefined> = new Set([0x76, 0x77]);

/**
 * What a device's profile adds to a telegram: words for the manufacturer's bits of the status byte, `flags` of records that
 * are bit arrays, a record for each amount that stands in their bits, null in the place of values that mean "none" (`raw` keeps the
 * bytes), and `profile`, the name.
 *
 * @param profiles - the first that is for the meter is taken: put yours before {@link PROFILES}.
 * @returns a new telegram; the same where no profile is for its meter.
 */
export function applyProfile(telegram: Telegram, profiles: readonly DeviceProfile[]): Telegram {
  const { meter, status } = telegram;
  const profile = meter === null ? undefined : profileOf(meter, profiles);
  if (profile === undefined) return telegram;
  const highFirst = HIGH_BYTE_FIRST.has(telegram.link.ci);
  return {
    ...telegram,
    profile: profile.name,
    status: status === null ? null : statusOf(status, profile),
    records: telegram.records.flatMap((record) => recordsOf(record, profile, highFirst)),
  };
}

function statusOf(status: Status, { status: words = {} }: DeviceProfile): Status {
  const flags = status.flags.map((flag) => {
    const bit = /^manufacturer_bit_(\d)$/.exec(flag)?.[1];
    return bit !== undefined && Object.hasOwn(words, bit) ? (words[bit] as string) : flag;
  });
  return { ...status, flags };
}

/** The record with its flags, and the amounts that stand in its bits. */
function recordsOf(
  record: DataRecord,
  profile: DeviceProfile,
  highFirst: boolean,
): readonly DataRecord[] {
  const { flags = [], sentinels = [] } = profile;
  const none = sentinels.some(
    ({ record: selector, raw }) => raw.includes(record.raw) && selects(selector, record),
  );
  if (none) return [{ ...record, value: null }];
  const rule = flags.find(({ record: selector }) => selects(selector, record));
  // What has no value has no flags: the meter says that it does not know.
  if (rule === undefined || record.value === null) return [record];
  const bits = bitsOf(record.raw, highFirst);
  const amounts = (rule.amounts ?? []).map((amount): DataRecord => ({
    ...record,
    quantity: amount.quantity,
    unit: amount.unit ?? '',
    value: amountOf(bits, amount),
    kind: 'number',
    modifiers: [],
    origin: 'bits',
  }));
  return [{ ...record, flags: flagsOf(bits, 4 * record.raw.length, rule) }, ...amounts];
}

function bitsOf(raw: string, highFirst: boolean): bigint {
  const bytes = raw.match(/../g) ?? [];
  if (!highFirst) bytes.reverse();
  return BigInt(`0x${bytes.join('') || '0'}`);
}

const maskOf = ({ bit, width }: { readonly bit: number; readonly width: number }): bigint =>
  ((1n << BigInt(width)) - 1n) << BigInt(bit);

const DECIMAL = /^(-?\d+)(?:\.(\d+))?$/;

/** `from + step · number`, exactly, with the decimals of the finer of both. */
function amountOf(bits: bigint, amount: BitAmount): string {
  const { from = '0', step = '1' } = amount;
  const number = (bits & maskOf(amount)) >> BigInt(amount.bit);
  const parts = [from, step].map((decimal) => {
    const [, whole = '0', fraction = ''] = DECIMAL.exec(decimal) ?? [];
    return { digits: whole + fraction, places: fraction.length };
  });
  const places = Math.max(...parts.map((part) => part.places));
  const [start = 0n, each = 0n] = parts.map(
    (part) => BigInt(part.digits) * 10n ** BigInt(places - part.places),
  );
  const sum = start + each * number;
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const whole = `${sum < 0n ? '-' : ''}${digits.slice(0, digits.length - places)}`;
  return places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
}

/** Words of the bits that are set, the lowest first, and of the fields that have one. */
function flagsOf(value: bigint, length: number, rule: FlagRule): string[] {
  const { bits, fields = [], amounts = [] } = rule;
  const counted = [...fields, ...amounts].reduce((mask, field) => mask | maskOf(field), 0n);
  const flags: string[] = [];
  for (let bit = 0; bit < length; bit++)
    if ((((value & ~counted) >> BigInt(bit)) & 1n) === 1n) {
      const name = String(bit);
      flags.push(Object.hasOwn(bits, name) ? (bits[name] as string) : `bit_${bit}`);
    }
  for (const field of fields) {
    const state = String((value & maskOf(field)) >> BigInt(field.bit));
    if (Object.hasOwn(field.words, state)) flags.push(field.words[state] as string);
  }
  return flags;
}
