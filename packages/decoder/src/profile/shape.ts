import {
  choice,
  type Fault,
  integer,
  list,
  object,
  optional,
  record,
  type Shape,
  text,
  validateText,
} from '@metergram/model/schema';
import type {
  BitAmount,
  BitField,
  DeviceMatch,
  DeviceProfile,
  FlagRule,
  RecordSelector,
  SentinelRule,
} from './form.ts';

const word = text({ maxLength: 100, pattern: '^[a-z0-9]+(_[a-z0-9]+)*$' });
const hexadecimal = text({ maxLength: 512, pattern: '^([0-9a-f]{2})*$' });
const octet = integer(0, 255);
const octets = list(octet, { minItems: 1, maxItems: 256 });

/** Every name of `words` is a number up to `most`. */
function numbered(
  words: Readonly<Record<string, string>> | undefined,
  most: number,
  path: readonly (string | number)[],
  fault: Fault,
): void {
  for (const name of Object.keys(words ?? {}))
    if (!/^(0|[1-9]\d*)$/.test(name) || Number(name) > most)
      fault('profile/bit', [...path, name], `is no number from 0 to ${most}`);
}

const selector: Shape<RecordSelector> = object<RecordSelector>(
  { name: 'record-selector', description: 'Records of which each field told here is so' },
  {
    quantity: optional(text({ maxLength: 100 })),
    unit: optional(text({ maxLength: 20 })),
    dib: optional(hexadecimal),
    vib: optional(hexadecimal),
    function: optional(choice(['instantaneous', 'maximum', 'minimum', 'error'])),
    storage: optional(integer(0, 0xffff_ffff)),
    tariff: optional(integer(0, 0xffff_ffff)),
    subunit: optional(integer(0, 0xffff)),
  },
);

const field: Shape<BitField> = object<BitField>(
  { rules: [({ width, words }, fault) => numbered(words, 2 ** width - 1, ['words'], fault)] },
  { bit: integer(0, 63), width: integer(1, 16), words: record(word) },
);

const decimal = text({ maxLength: 40, pattern: '^-?\\d+(\\.\\d+)?$' });

const amount: Shape<BitAmount> = object<BitAmount>(
  {},
  {
    bit: integer(0, 63),
    width: integer(1, 32),
    quantity: word,
    unit: optional(text({ maxLength: 20 })),
    from: optional(decimal),
    step: optional(decimal),
  },
);

const flagRule: Shape<FlagRule> = object<FlagRule>(
  { rules: [({ bits }, fault) => numbered(bits, 63, ['bits'], fault)] },
  {
    record: selector,
    bits: record(word),
    fields: optional(list(field, { maxItems: 32 })),
    amounts: optional(list(amount, { maxItems: 32 })),
  },
);

const sentinelRule: Shape<SentinelRule> = object<SentinelRule>(
  {},
  { record: selector, raw: list(hexadecimal, { minItems: 1, maxItems: 100 }) },
);

const match: Shape<DeviceMatch> = object<DeviceMatch>(
  { name: 'device-match', description: 'Meters by the address that they send' },
  {
    manufacturer: text({ maxLength: 3, pattern: '^[A-Z]{3}$' }),
    versions: optional(octets),
    media: optional(octets),
  },
);

/** The form of a profile: for `validate` and `jsonSchema` of `@metergram/model/schema`. */
export const deviceProfile: Shape<DeviceProfile> = object<DeviceProfile>(
  {
    name: 'device-profile',
    description: 'What DIF and VIF cannot say of a kind of device',
    rules: [
      ({ status = {} }, fault) => {
        for (const name of Object.keys(status))
          if (!/^[567]$/.test(name))
            fault('profile/bit', ['status', name], 'is no bit of the manufacturer: 5, 6 or 7');
      },
    ],
  },
  {
    name: text({ maxLength: 100, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
    title: text({ maxLength: 200 }),
    source: text({ maxLength: 1000 }),
    match: list(match, { minItems: 1, maxItems: 1000 }),
    status: optional(record(word, 3)),
    flags: optional(list(flagRule, { maxItems: 100 })),
    sentinels: optional(list(sentinelRule, { maxItems: 100 })),
    reading: optional(selector),
  },
);

/** Thrown for a text that holds no profiles; `issues` says where and why. */
export class ProfileError extends TypeError {
  readonly code = 'profile/invalid' as const;
  /** Each with a JSON pointer into the text. */
  readonly issues: readonly {
    readonly code: string;
    readonly pointer?: string;
    readonly message: string;
  }[];

  constructor(issues: ProfileError['issues']) {
    const [first] = issues;
    super(`not profiles: ${first?.pointer ?? ''} ${first?.message ?? ''}`.trim());
    this.name = 'ProfileError';
    this.issues = issues;
  }
}

/**
 * Reads a JSON array of profiles.
 *
 * @throws ProfileError `profile/invalid`
 */
export function parseProfiles(json: string): readonly DeviceProfile[] {
  const result = validateText(list(deviceProfile, { maxItems: 10_000 }), json);
  if (!result.ok) throw new ProfileError(result.issues);
  return result.value;
}
