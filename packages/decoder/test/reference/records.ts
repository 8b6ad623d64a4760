// Data records, EN 13757-3 clause 6, one after the other.

import type { DataRecord, TelegramIssue } from '../../src/index.ts';
import { hexOf, type Octets } from './octet.ts';
import { valueOf } from './value.ts';
import { readVib } from './vib.ts';

export interface RecordOptions {
  /** Telegrams to the meter hold actions, and selections without data. */
  readonly toMeter: boolean;
  /** CI 76. */
  readonly highFirst: boolean;
}

export interface RecordList {
  readonly records: DataRecord[];
  readonly issues: TelegramIssue[];
}

const LENGTHS = [0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, -1, 6];
const FUNCTIONS = ['instantaneous', 'maximum', 'minimum', 'error'] as const;

/** A fault in a record: nothing behind it can be read. */
class RecordFault extends Error {
  readonly code: string;
  readonly offset: number;
  constructor(code: string, offset: number) {
    super(code);
    this.code = code;
    this.offset = offset;
  }
}

export function readRecords(octets: Octets, options: RecordOptions): RecordList {
  const records: DataRecord[] = [];
  const issues: TelegramIssue[] = [];
  let at = 0;
  while (at < octets.length) {
    const dif = octets[at]!;
    if (dif.value === 0x2f) {
      at++;
      continue;
    }
    if (dif.value === 0x0f || dif.value === 0x1f) {
      const rest = octets.slice(at + 1);
      if (rest.length > 0) records.push(vendorData(dif.value, dif.at, rest));
      if (dif.value === 0x1f) issues.push(issue('record/more-follow', 'info', dif.at));
      break;
    }
    if (dif.value === 0x7f) {
      // Global read-out request: everything is asked for.
      const { vendor: _vendor, ...all } = vendorData(0x7f, dif.at, []);
      records.push({ ...all, quantity: 'any', value: null, kind: 'none' });
      at++;
      continue;
    }
    try {
      const { record, next, found } = readRecord(octets, at, options);
      records.push(record);
      issues.push(...found);
      at = next;
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error;
      issues.push(issue(error.code, 'error', error.offset));
      break;
    }
  }
  return { records, issues };
}

export function issue(
  code: string,
  severity: TelegramIssue['severity'],
  offset: number,
  layer: TelegramIssue['layer'] = 'records',
): TelegramIssue {
  return { code, severity, layer, offset, message: '' };
}

/** What no standard DIF and VIF describe: bytes as they stand, unless `rest` says more. */
export function vendorRecord(octets: Octets, rest: Partial<DataRecord>): DataRecord {
  return {
    quantity: 'manufacturer_data',
    unit: '',
    value: hexOf(octets),
    kind: 'bytes',
    function: 'instantaneous',
    storage: 0,
    tariff: 0,
    subunit: 0,
    modifiers: [],
    dib: '',
    vib: '',
    raw: hexOf(octets),
    offset: octets[0]?.at ?? 0,
    vendor: true,
    ...rest,
  };
}

/** The bytes behind a special DIF. */
function vendorData(dif: number, offset: number, octets: Octets): DataRecord {
  return vendorRecord(octets, { dib: dif.toString(16).padStart(2, '0'), offset });
}

function readRecord(
  octets: Octets,
  start: number,
  options: RecordOptions,
): { record: DataRecord; next: number; found: TelegramIssue[] } {
  const first = octets[start]!;
  const need = (at: number): number => {
    const octet = octets[at];
    if (octet === undefined) throw new RecordFault('record/truncated', first.at);
    return octet.value;
  };
  let at = start;
  const dif = need(at++);
  if ((dif & 0x0f) === 0x0f) throw new RecordFault('record/reserved-dif', first.at);
  let storage = BigInt((dif >> 6) & 1);
  let tariff = 0;
  let subunit = 0;
  for (let i = 0, byte = dif; byte & 0x80; i++) {
    byte = need(at++);
    if (i === 10) throw new RecordFault('record/too-many-difes', first.at);
    storage += BigInt(byte & 0x0f) << BigInt(1 + 4 * i);
    tariff += ((byte >> 4) & 3) * 4 ** i;
    subunit += ((byte >> 6) & 1) * 2 ** i;
  }
  const dib = octets.slice(start, at);
  const vibStart = at;
  const vib = readVib(octets, at, options.toMeter, (code) => {
    throw new RecordFault(code, first.at);
  });
  at = vib.next;
  const field = dif & 0x0f;
  let lvar: number | null = null;
  let length = LENGTHS[field]!;
  if (field === 0x0d) {
    lvar = need(at++);
    length = lvarLength(lvar);
    if (length < 0) throw new RecordFault('record/reserved-lvar', first.at);
  }
  if (at + length > octets.length) throw new RecordFault('record/truncated', first.at);
  const data = octets.slice(at, at + length);
  const lowFirst = options.highFirst ? data.toReversed() : data;
  const value = valueOf(lowFirst, hexOf(data), field, lvar, vib);
  return {
    record: {
      quantity: vib.instead ?? vib.meaning.quantity,
      unit: value.unit,
      value: value.value,
      kind: value.kind,
      function: FUNCTIONS[(dif >> 4) & 3]!,
      storage: Number(storage),
      tariff,
      subunit,
      modifiers: vib.modifiers,
      dib: hexOf(dib),
      vib: hexOf(octets.slice(vibStart, vib.next)),
      // The length of a variable field is one of the value's bytes.
      raw: hexOf(octets.slice(vib.next, at + length)),
      offset: first.at,
    },
    next: at + length,
    found: [...(vib.reserved ? ['record/reserved-vif'] : []), ...value.issues].map((code) =>
      issue(code, 'warning', first.at),
    ),
  };
}

/** Bytes of data behind a header, the length byte of a variable field included; null where that is reserved or missing. */
export function lengthOfData(field: number, first: number | undefined): number | null {
  if (field === 0x0f) return null;
  if (field !== 0x0d) return LENGTHS[field]!;
  if (first === undefined || lvarLength(first) < 0) return null;
  return 1 + lvarLength(first);
}

function lvarLength(lvar: number): number {
  if (lvar <= 0xbf) return lvar;
  // CA to CF and DA to DF are reserved today; older editions count BCD bytes with them too.
  if (lvar <= 0xcf) return lvar - 0xc0;
  if (lvar <= 0xdf) return lvar - 0xd0;
  if (lvar <= 0xef) return lvar - 0xe0;
  if (lvar <= 0xf4) return 4 * (lvar - 0xec);
  if (lvar === 0xf5) return 48;
  if (lvar === 0xf6) return 64;
  return lvar === 0xf8 ? 8 : -1;
}
