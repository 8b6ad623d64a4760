/**
 * `@metergram/model/wmbusmeters`: the JSON lines that wmbusmeters publishes, one object a telegram, the unit at the end
 * of each field's name. Written from the documented shape.
 */
import { type Converted, Report } from './conversion.ts';
import { type Decimal, parseDecimal } from './decimal.ts';
import { meterAddress, parseMeterId, parseRegisterId } from './identifier.ts';
import { type Instant, parseInstant } from './instant.ts';
import type { Quantity } from './quantity.ts';
import type { Reading } from './reading.ts';

/** What a line says beside its readings. */
export interface WmbusmetersLine {
  readonly id: string;
  readonly name: string;
  readonly media: string;
  /** Name of its driver there. */
  readonly meter: string;
  readonly time: Instant;
  readonly readings: readonly Reading[];
}

interface SuffixRow {
  readonly suffix: string;
  readonly unit: string;
  readonly quantity: Quantity;
}

/** Endings of field names beside units of the model; the longer ending first. */
const SUFFIXES: readonly SuffixRow[] = [
  { suffix: 'm3h', unit: 'm3/h', quantity: 'volume_flow' },
  { suffix: 'lh', unit: 'l/h', quantity: 'volume_flow' },
  { suffix: 'm3', unit: 'm3', quantity: 'volume' },
  { suffix: 'l', unit: 'l', quantity: 'volume' },
  { suffix: 'kwh', unit: 'kWh', quantity: 'energy' },
  { suffix: 'mj', unit: 'MJ', quantity: 'energy' },
  { suffix: 'gj', unit: 'GJ', quantity: 'energy' },
  { suffix: 'kvarh', unit: 'kvarh', quantity: 'reactive_energy' },
  { suffix: 'kvah', unit: 'kVAh', quantity: 'apparent_energy' },
  { suffix: 'kw', unit: 'kW', quantity: 'power' },
  { suffix: 'w', unit: 'W', quantity: 'power' },
  { suffix: 'c', unit: '°C', quantity: 'temperature' },
  { suffix: 'v', unit: 'V', quantity: 'voltage' },
  { suffix: 'a', unit: 'A', quantity: 'current' },
  { suffix: 'hz', unit: 'Hz', quantity: 'frequency' },
  { suffix: 'bar', unit: 'bar', quantity: 'pressure' },
  { suffix: 'rh', unit: '%', quantity: 'relative_humidity' },
  { suffix: 'hca', unit: 'hca', quantity: 'heat_cost_allocation' },
];

type Value = { readonly kind: 'number' | 'text' | 'other'; readonly text: string };

/** Fields of a flat JSON object with numbers as they are written, so that no digit passes through a float. */
function flatFields(line: string): ReadonlyMap<string, Value> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const written = new Map<string, string>();
  const token = /"((?:[^"\\]|\\.)*)"\s*:\s*(-?[0-9][0-9.eE+-]*)/y;
  const skip = /"(?:[^"\\]|\\.)*"|[^"]/y;
  let depth = 0;
  for (let at = 0; at < line.length;) {
    token.lastIndex = at;
    const found = depth === 1 ? token.exec(line) : null;
    if (found !== null) {
      written.set(String(JSON.parse(`"${found[1] ?? ''}"`)), found[2] ?? '');
      at = token.lastIndex;
      continue;
    }
    const mark = line[at];
    if (mark === '{' || mark === '[') depth++;
    if (mark === '}' || mark === ']') depth--;
    skip.lastIndex = at;
    at = skip.test(line) ? skip.lastIndex : at + 1;
  }
  const fields = new Map<string, Value>();
  for (const [key, value] of Object.entries(parsed)) {
    if (typeof value === 'number')
      fields.set(key, { kind: 'number', text: written.get(key) ?? String(value) });
    else if (typeof value === 'string') fields.set(key, { kind: 'text', text: value });
    else fields.set(key, { kind: 'other', text: '' });
  }
  return fields;
}

function suffixOf(name: string): SuffixRow | null {
  const end = name.lastIndexOf('_');
  return end < 0 ? null : (SUFFIXES.find(({ suffix }) => suffix === name.slice(end + 1)) ?? null);
}

function quantityOf(name: string, row: SuffixRow): Quantity {
  if (row.quantity !== 'temperature') return row.quantity;
  if (name.startsWith('flow_')) return 'flow_temperature';
  if (name.startsWith('return_')) return 'return_temperature';
  return name.startsWith('external_') ? 'external_temperature' : 'temperature';
}

/**
 * Reads one line of wmbusmeters as readings, or gives null when it is none.
 *
 * Every number with a unit that we know is a reading at the line's timestamp, its field's name the register; digits are
 * kept as written. Fields that begin with `total` in energy or volume are cumulative, others momentary. Not taken over,
 * and told: values of another time (`target_…`, `loss/other-time`), numbers without a unit of ours (`loss/field`), texts
 * but the status (`loss/text`).
 */
export function fromWmbusmeters(line: string): Converted<WmbusmetersLine | null> {
  const report = new Report();
  const fields = line.length > 1_000_000 ? null : flatFields(line);
  const text = (name: string): string => {
    const field = fields?.get(name);
    return field?.kind === 'text' ? field.text : '';
  };
  if (fields === null) {
    report.error('wmbusmeters/not-json', '', 'is no JSON object');
    return { value: null, issues: report.issues };
  }
  const time = parseInstant(text('timestamp'));
  const meter = parseMeterId(text('id'));
  if (time === null || meter === null) {
    report.error('wmbusmeters/no-telegram', '', 'has no id or no timestamp with a zone');
    return { value: null, issues: report.issues };
  }
  const status = text('status')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== 'OK');
  const readings: Reading[] = [];
  for (const [name, { kind, text: written }] of fields) {
    const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const row = suffixOf(name);
    const register = parseRegisterId(name);
    const value = kind === 'number' ? parseDecimal(written) : null;
    if (kind === 'text') {
      if (!HEAD.has(name) && name !== 'status')
        report.loss('loss/text', pointer, 'texts are not read');
    } else if (row === null || register === null || value === null) {
      report.loss('loss/field', pointer, 'no number with a unit that we know');
    } else if (/^target_|_at_|^historic|^prev(?:ious)?_/.test(name)) {
      report.loss('loss/other-time', pointer, 'is the value of another time');
    } else {
      readings.push(readingOf({ name, row, register, value, meter, time, status }));
    }
  }
  const value = {
    id: text('id'),
    name: text('name'),
    media: text('media'),
    meter: text('meter'),
    time,
    readings,
  };
  return { value, issues: report.issues };
}

const HEAD: ReadonlySet<string> = new Set([
  '_',
  'id',
  'name',
  'media',
  'meter',
  'timestamp',
  'device',
]);

function readingOf(field: {
  readonly name: string;
  readonly row: SuffixRow;
  readonly register: Reading['register'];
  readonly value: Decimal;
  readonly meter: Reading['meter'];
  readonly time: Instant;
  readonly status: readonly string[];
}): Reading {
  const { name, row, register, value, meter, time, status } = field;
  const counts = ['energy', 'volume', 'reactive_energy', 'apparent_energy', 'heat_cost_allocation'];
  const cumulative =
    counts.includes(row.quantity) &&
    (name.startsWith('total') || name.startsWith('current_consumption_hca'));
  return {
    meter,
    register,
    time,
    value,
    unit: row.unit,
    quantity: quantityOf(name, row),
    kind: cumulative ? 'cumulative' : 'momentary',
    ...(status.length === 0 ? {} : { status }),
  };
}

/**
 * Writes one line in the shape of wmbusmeters, numbers with the digits that they have.
 *
 * A register whose name has the ending of its unit keeps it; another gets one (`loss/register`). Manufacturer, version
 * and medium of a meter id are left out, because the shape has eight digits only (`loss/meter-id`). Readings of another
 * meter or time, or in a unit without ending, are errors and left out.
 */
export function toWmbusmeters(line: WmbusmetersLine): Converted<string> {
  const report = new Report();
  const parts = [
    ['_', 'telegram'],
    ['media', line.media],
    ['meter', line.meter],
    ['name', line.name],
    ['id', line.id],
  ].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const status = new Set<string>();
  const used = new Set<string>();
  for (const [i, reading] of line.readings.entries()) {
    const pointer = `/readings/${i}`;
    const row = SUFFIXES.find(({ unit }) => unit === reading.unit);
    const address = meterAddress(reading.meter);
    const id = address?.id ?? reading.meter;
    if (row === undefined) {
      report.error('wmbusmeters/unit', pointer, `there is no ending for ${reading.unit}`);
      continue;
    }
    if (id !== line.id || reading.time !== line.time) {
      report.error(
        'wmbusmeters/other-telegram',
        pointer,
        'is of another meter or time than the line',
      );
      continue;
    }
    if (address !== null)
      report.loss('loss/meter-id', pointer, 'only eight digits of the meter id');
    let name: string = reading.register;
    if (!name.endsWith(`_${row.suffix}`) || quantityOf(name, row) !== reading.quantity) {
      name = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_${row.suffix}`;
      report.loss('loss/register', pointer, `register is called ${name} there`);
    }
    if (used.has(name)) {
      report.error('wmbusmeters/repeated-field', pointer, `there are two values for ${name}`);
      continue;
    }
    used.add(name);
    for (const word of reading.status ?? []) status.add(word);
    parts.push(`${JSON.stringify(name)}:${reading.value}`);
  }
  parts.push(`"status":${JSON.stringify(status.size === 0 ? 'OK' : [...status].join(' '))}`);
  parts.push(`"timestamp":${JSON.stringify(line.time)}`);
  return { value: `{${parts.join(',')}}`, issues: report.issues };
}
