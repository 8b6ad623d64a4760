import type { DataRecord, Status, Telegram } from '../telegram.ts';
import type { DeviceProfile, FlagRule } from './form.ts';
import { profileOf, selects } from './match.ts';

/** CI fields of telegrams whose values are sent high byte first. */
const HIGH_BYTE_FIRST: ReadonlySet<number | undefined> = new Set([0x76, 0x77]);

/**
 * What a device's profile adds to a telegram: words for the manufacturer's bits of the status byte, `flags` of records that
 * are bit arrays, null in the place of values that mean "none" (`raw` keeps the bytes), and `profile`, the name.
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
    records: telegram.records.map((record) => recordOf(record, profile, highFirst)),
  };
}

function statusOf(status: Status, { status: words = {} }: DeviceProfile): Status {
  const flags = status.flags.map((flag) => {
    const bit = /^manufacturer_bit_(\d)$/.exec(flag)?.[1];
    return bit !== undefined && Object.hasOwn(words, bit) ? (words[bit] as string) : flag;
  });
  return { ...status, flags };
}

function recordOf(record: DataRecord, profile: DeviceProfile, highFirst: boolean): DataRecord {
  const { flags = [], sentinels = [] } = profile;
  const none = sentinels.some(
    ({ record: selector, raw }) => raw.includes(record.raw) && selects(selector, record),
  );
  if (none) return { ...record, value: null };
  const rule = flags.find(({ record: selector }) => selects(selector, record));
  // What has no value has no flags: the meter says that it does not know.
  if (rule === undefined || record.value === null) return record;
  return { ...record, flags: flagsOf(record.raw, rule, highFirst) };
}

/** Words of the bits that are set, the lowest first, and of the fields that have one. */
function flagsOf(raw: string, { bits, fields = [] }: FlagRule, highFirst: boolean): string[] {
  const bytes = raw.match(/../g) ?? [];
  if (!highFirst) bytes.reverse();
  const value = BigInt(`0x${bytes.join('') || '0'}`);
  const counted = fields.reduce(
    (mask, { bit, width }) => mask | (((1n << BigInt(width)) - 1n) << BigInt(bit)),
    0n,
  );
  const flags: string[] = [];
  for (let bit = 0; bit < 4 * raw.length; bit++)
    if ((((value & ~counted) >> BigInt(bit)) & 1n) === 1n) {
      const name = String(bit);
      flags.push(Object.hasOwn(bits, name) ? (bits[name] as string) : `bit_${bit}`);
    }
  for (const { bit, width, words } of fields) {
    const state = String((value >> BigInt(bit)) & ((1n << BigInt(width)) - 1n));
    if (Object.hasOwn(words, state)) flags.push(words[state] as string);
  }
  return flags;
}
