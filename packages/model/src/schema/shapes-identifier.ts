import { isDecimal, MAX_DECIMAL_DIGITS, type Decimal } from '../decimal.ts';
import { parseEic } from '../eic.ts';
import { parseGln, parseGsrn } from '../gs1.ts';
import {
  type Eic,
  type Gln,
  type Gsrn,
  type HouseholdId,
  isIdentifier,
  MAX_IDENTIFIER_LENGTH,
  type MeterId,
  type MeteringPointId,
  type Obis,
  parseZoneId,
  type RegisterId,
  type ZoneId,
} from '../identifier.ts';
import {
  type EpochMs,
  type Instant,
  type Interval,
  isInstant,
  MAX_EPOCH_MS,
  MIN_EPOCH_MS,
  type OpenInterval,
} from '../instant.ts';
import { parseObis } from '../obis.ts';
import type { PartyId } from '../party.ts';
import { GRANULARITIES, RESOLUTIONS, type Granularity, type Resolution } from '../resolution.ts';
import { QUALITIES, type Quality, type SourceCode } from '../quality.ts';
import type { Quantity } from '../quantity.ts';
import type { Unit } from '../unit.ts';
import { choice, integer, nullable, object, type Rule, type Shape, text } from './shape.ts';

const PRINTABLE = '^[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+(?: [\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+)*$';

/** A name as a source writes it: printable, without outer blanks, at most 200 characters. */
export const identifier: Shape<string> = text({
  name: 'identifier',
  description: 'A name or number as its source writes it',
  maxLength: MAX_IDENTIFIER_LENGTH,
  pattern: PRINTABLE,
  format: { name: 'identifier', test: isIdentifier },
});

function named<T extends string>(name: string, description: string): Shape<T> {
  return text<T>({
    name,
    description,
    maxLength: MAX_IDENTIFIER_LENGTH,
    pattern: PRINTABLE,
    format: { name: 'identifier', test: isIdentifier },
  });
}

export const decimal: Shape<Decimal> = text<Decimal>({
  name: 'decimal',
  description: 'Exact decimal number as text; trailing zeros count, no exponent, no minus zero',
  maxLength: MAX_DECIMAL_DIGITS + 2,
  pattern: '^(?!-0(?:\\.0*)?$)-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?$',
  format: { name: 'decimal', test: isDecimal },
});

export const instant: Shape<Instant> = text<Instant>({
  name: 'instant',
  description: 'Date and time in UTC, ISO 8601, milliseconds only where they are not zero',
  maxLength: 24,
  pattern:
    '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.(?!000)[0-9]{3})?Z$',
  format: { name: 'instant', test: isInstant },
});

export const epochMs: Shape<EpochMs> = integer(MIN_EPOCH_MS, MAX_EPOCH_MS, {
  name: 'epoch-ms',
  description: 'Milliseconds since 1970-01-01T00:00:00Z',
});

/** Ends after it starts, in either form; `model/empty-interval` otherwise. */
export const endsAfterStart: Rule<Interval | OpenInterval> = ({ start, end }, fault) => {
  if (start === null || end === null) return;
  const before =
    typeof start === 'number'
      ? start < (end as number)
      : Date.parse(start) < Date.parse(end as string);
  if (!before) fault('model/empty-interval', ['end'], 'must be after start');
};

export const interval: Shape<Interval> = object<Interval>(
  {
    name: 'interval',
    description: 'Half-open interval of time: start is inside, end is not',
    rules: [endsAfterStart],
  },
  { start: instant, end: instant },
);

export const openInterval: Shape<OpenInterval> = object<OpenInterval>(
  {
    name: 'open-interval',
    description: 'Half-open interval in epoch milliseconds; null is without bound on that side',
    rules: [endsAfterStart],
  },
  { start: nullable(epochMs), end: nullable(epochMs) },
);

export const gsrn: Shape<Gsrn> = text<Gsrn>({
  name: 'gsrn',
  description: 'GS1 GSRN of a metering point: 18 digits, the last one a check digit',
  maxLength: 18,
  pattern: '^[0-9]{18}$',
  format: { name: 'gsrn', test: (value) => parseGsrn(value) !== null },
});

export const gln: Shape<Gln> = text<Gln>({
  name: 'gln',
  description: 'GS1 GLN of a market party: 13 digits, the last one a check digit',
  maxLength: 13,
  pattern: '^[0-9]{13}$',
  format: { name: 'gln', test: (value) => parseGln(value) !== null },
});

export const eic: Shape<Eic> = text<Eic>({
  name: 'eic',
  description: 'ENTSO-E energy identification code: 16 characters, the last one a check character',
  maxLength: 16,
  pattern: '^[0-9A-Z-]{15}[0-9A-Z]$',
  format: { name: 'eic', test: (value) => parseEic(value) !== null },
});

export const obis: Shape<Obis> = text<Obis>({
  name: 'obis',
  description: 'OBIS code as printed, reduced or full',
  maxLength: 24,
  pattern:
    '^(?:[0-9]{1,3}-)?(?:[0-9]{1,3}:)?[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}(?:\\*[0-9]{1,3})?$',
  format: { name: 'obis', test: (value) => parseObis(value) === value },
});

export const zoneId: Shape<ZoneId> = text<ZoneId>({
  name: 'zone-id',
  description: 'Name of an IANA time zone',
  maxLength: 60,
  pattern: '^(?:UTC|[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9][A-Za-z0-9_+-]*){1,2})$',
  format: { name: 'zone-id', test: (value) => parseZoneId(value) !== null },
});

export const meterId: Shape<MeterId> = named('meter-id', 'A meter, as its source names it');
export const registerId: Shape<RegisterId> = named('register-id', 'One register of one meter');
export const meteringPointId: Shape<MeteringPointId> = named(
  'metering-point-id',
  'A metering point in the scheme of its market',
);
export const partyId: Shape<PartyId> = named(
  'party-id',
  'Opaque key of a party; never a national identity number',
);

export const householdId: Shape<HouseholdId> = object<HouseholdId>(
  { name: 'household-id', description: 'A household as property and apartment number' },
  { property: identifier, apartment: identifier },
);

export const resolution: Shape<Resolution> = choice<Resolution>(RESOLUTIONS, {
  name: 'resolution',
  description: 'Length of the intervals of a series, ISO 8601; days and longer are civil',
});

export const granularity: Shape<Granularity> = choice<Granularity>(GRANULARITIES, {
  name: 'granularity',
  description: 'Step of detail from finest (raw) to coarsest',
});

export const quality: Shape<Quality> = choice<Quality>(QUALITIES, {
  name: 'quality',
  description: 'How a value came about',
});

export const sourceCode: Shape<SourceCode> = object<SourceCode>(
  { name: 'source-code', description: "A source's own code, as sent" },
  { scheme: identifier, code: text({ maxLength: 200 }) },
);

export const unit: Shape<Unit> = text<Unit>({
  name: 'unit',
  description: 'Unit of a value after scaling, as printed; empty for counts',
  maxLength: 40,
  pattern: '^[^\\p{C}\\p{Zl}\\p{Zp}]*$',
});

export const quantity: Shape<Quantity> = text<Quantity>({
  name: 'quantity',
  description: 'What is measured; open',
  maxLength: 80,
  pattern: '^[a-z][a-z0-9_]*$',
});
