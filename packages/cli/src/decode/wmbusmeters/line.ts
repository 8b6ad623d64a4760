import type { DataRecord, MeterAddress, Telegram } from '@metergram/decoder';
import { spaced } from '../rows.ts';
import type { Decoded, Writer } from '../writer.ts';
import { driverOf, driverNamed, type Driver } from './driver.ts';
import { factorBetween } from './factor.ts';
import { ruleName } from './rule.ts';
import { statesOf, statusOf } from './status.ts';
import { synonymsOf } from './synonyms.ts';
import { CHOSEN, FIXED, type UserNames } from './user-names.ts';
import { type Factor, jsonOf, product, unitOf } from './value.ts';

/** Media that wmbusmeters calls something else than our word with spaces for its underscores. */
const MEDIA: Readonly<Record<string, string>> = {
  heat_cost_allocator: 'heat cost allocation',
  heat_cooling: 'heat/cooling load',
  heat_inlet: 'heat volume at inlet',
  cooling_inlet: 'cooling load volume at inlet',
  cooling_outlet: 'cooling load volume at outlet',
  radio_converter_meter: 'radio converter (meter side)',
  radio_converter_system: 'radio converter (system side)',
};

export interface WmbusmetersOptions {
  readonly names?: UserNames | undefined;
  /** Each value also under the other names that drivers of that tool give to such values. */
  readonly synonyms?: boolean | undefined;
  /** Names from DIF, VIF, medium and maker alone, also for meters that are known. */
  readonly rulesOnly?: boolean | undefined;
}

/** One value of a line: its name, and its JSON. */
export interface Field {
  readonly name: string;
  readonly json: string;
  /** The record that it comes from. */
  readonly record: DataRecord;
}

/** One object a line in the shape that wmbusmeters documents for its JSON, the names as that tool has them for the meter. */
export function wmbusmetersWriter(options: WmbusmetersOptions = {}): Writer {
  return {
    begin: () => '',
    telegram: (decoded) =>
      `${objectOf(headOf(decoded, options), fieldsOf(decoded, options), decoded)}\n`,
    end: () => '',
  };
}

/** What a line says of its meter. */
export interface Head {
  readonly media: string | null;
  /** The driver. */
  readonly meter: string;
  readonly name: string;
  readonly id: string | null;
}

export function headOf({ telegram: { meter } }: Decoded, options: WmbusmetersOptions): Head {
  const driver = chosenDriver(meter, options);
  return {
    media: meter === null ? null : (driver?.media ?? MEDIA[meter.medium] ?? spaced(meter.medium)),
    meter: options.names?.text(meter, 'meter') ?? driver?.driver ?? 'metergram',
    name: options.names?.text(meter, 'name') ?? '',
    id: meter?.id ?? null,
  };
}

/** The driver that the user names for the meter, else the one that is known for such meters. */
function chosenDriver(
  meter: MeterAddress | null,
  { names, rulesOnly = false }: WmbusmetersOptions,
): Driver | undefined {
  if (rulesOnly) return undefined;
  const named = names?.text(meter, 'meter');
  return named === undefined ? driverOf(meter) : driverNamed(named);
}

/** Built as text, since a number of JavaScript would not hold every decimal. */
export function objectOf(head: Head, fields: readonly Field[], decoded: Decoded): string {
  const { telegram, received, device, rssi } = decoded;
  const pairs: [string, string][] = Object.entries(head).map(([name, value]) => [
    name,
    JSON.stringify(value),
  ]);
  const fault = telegram.issues.find((issue) => issue.severity === 'error');
  if (fault) pairs.push(['error', JSON.stringify(fault.code)]);
  else {
    const status = statusOf(telegram);
    if (status !== undefined) pairs.push(['status', JSON.stringify(status)]);
  }
  for (const { name, json } of fields) pairs.push([name, json]);
  pairs.push(['timestamp', JSON.stringify(instant(received))]);
  if (device !== undefined) pairs.push(['device', JSON.stringify(device)]);
  if (rssi !== undefined) pairs.push(['rssi_dbm', String(rssi)]);
  return `{${pairs.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

/** In UTC, to the second; null where the input told no time. */
function instant(received: string | undefined): string | null {
  if (received === undefined) return null;
  const time = new Date(received);
  return Number.isNaN(time.getTime()) ? null : time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Names that a line has beside its values. */
const RESERVED: ReadonlySet<string> = new Set([...CHOSEN, ...FIXED, 'device', 'rssi_dbm']);

/**
 * The values of a telegram, in the order of its records. None where the telegram has an error, since some may be wrong, but for one
 * in the records themselves: what stands before it is good.
 */
export function fieldsOf({ telegram }: Decoded, options: WmbusmetersOptions): readonly Field[] {
  if (telegram.issues.some(({ severity, layer }) => severity === 'error' && layer !== 'records'))
    return [];
  const { meter } = telegram;
  const fields = new Map<string, Field>();
  const put = (name: string, record: DataRecord, factor: Factor | undefined): void => {
    const free = unused((taken) => fields.has(taken) || RESERVED.has(taken), name, '');
    fields.set(free, { name: free, json: jsonOf(record, name, unitOf(record), factor), record });
  };
  const driver = chosenDriver(meter, options);
  const named = namedOf(telegram, driver);
  const printed = named.filter(({ record, rule, names }) => {
    const kept = names.flatMap((name) => {
      const renamed = options.names === undefined ? { name } : options.names.renamed(meter, name);
      return renamed === undefined ? [] : { name, renamed };
    });
    for (const { name, renamed } of kept) {
      put(renamed.name, record, combined(ownFactor(record, rule, name), renamed.factor));
    }
    return kept.length > 0;
  });
  if (options.synonyms === true)
    for (const { record, rule } of printed)
      for (const name of synonymsOf(rule)) {
        const factor = factorBetween(rule, name);
        if (factor !== null && !fields.has(name)) put(name, record, factor);
      }
  for (const { name, text, record } of statesOf(telegram, driver?.states ?? []))
    if (!fields.has(name)) fields.set(name, { name, json: JSON.stringify(text), record });
  return [...fields.values()];
}

/** From the unit of the name by rule to that of the driver's; a name of another kind has the number as the record holds it. */
function ownFactor(record: DataRecord, rule: string, name: string): Factor | undefined {
  const factor = factorBetween(rule, name);
  if (factor !== null) return factor;
  const { numerator, denominator } = unitOf(record);
  return { numerator: denominator, denominator: numerator };
}

function combined(a: Factor | undefined, b: Factor | undefined): Factor | undefined {
  return a === undefined || b === undefined ? (a ?? b) : product(a, b);
}

/** A record, the name that it has by rule, and those that it is printed under. */
interface Named {
  readonly record: DataRecord;
  readonly rule: string;
  readonly names: readonly string[];
}

/** A second record of one name has a number in it, so that each can be renamed. */
function namedOf({ records, meter }: Telegram, driver: Driver | undefined): readonly Named[] {
  const rules = new Set(RESERVED);
  const found = records.flatMap((record) => {
    if (isOpaque(record)) return [];
    const { suffix } = unitOf(record);
    const rule = unused(
      (taken) => rules.has(taken),
      ruleName(record, meter),
      suffix === '' ? '' : `_${suffix}`,
    );
    rules.add(rule);
    return [{ record, rule, known: driver?.namesOf(rule) }];
  });
  // What the driver names has its name; what it does not know makes room.
  const given = new Set(found.flatMap(({ known }) => known ?? []));
  return found.map(({ record, rule, known }) => ({
    record,
    rule,
    names: known ?? [unused((taken) => given.has(taken), rule, '')],
  }));
}

/** Bytes that nobody has told the meaning of, also where a record says that they are text. */
const isOpaque = ({ kind, quantity }: DataRecord): boolean =>
  kind === 'bytes' || (kind === 'text' && quantity === 'manufacturer_specific');

/** The name, or with a number before its unit where it is taken. */
function unused(isTaken: (name: string) => boolean, name: string, suffix: string): string {
  let free = `${name}${suffix}`;
  for (let n = 2; isTaken(free); n++) free = `${name}_${n}${suffix}`;
  return free;
}
