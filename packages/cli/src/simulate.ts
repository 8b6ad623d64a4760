import { readFile, writeFile } from 'node:fs/promises';
import {
  type FleetDescription,
  simulate,
  type SimulatedTelegram,
} from '@metergram/decoder/simulate';
import type { Io } from './io.ts';
import { EXAMPLE } from './simulate-example.ts';
import { HELP } from './simulate-help.ts';
import { oneOf, parseArguments, UsageError } from './usage.ts';

/** Output is handed on in pieces of about this many characters. */
const PIECE = 1 << 16;

/** `metergram simulate`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    seed: { type: 'string' },
    start: { type: 'string' },
    end: { type: 'string' },
    count: { type: 'string' },
    format: { type: 'string', default: 'hex' },
    keys: { type: 'string' },
    country: { type: 'string' },
    resolution: { type: 'string' },
    example: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    await io.stdout.write(HELP);
    return 0;
  }
  if (values.example) {
    await io.stdout.write(`${JSON.stringify(EXAMPLE, null, 2)}\n`);
    return 0;
  }
  if (positionals.length > 1) throw new UsageError('one description of a fleet at a time');
  const format = oneOf('--format', values.format, ['hex', 'jsonl', 'testhub']);
  const count = integer('--count', values.count) ?? Number.POSITIVE_INFINITY;
  const seed = integer('--seed', values.seed);
  const description: FleetDescription = {
    ...(positionals[0] === undefined ? EXAMPLE : await descriptionFrom(positionals[0], io)),
    ...(seed === undefined ? {} : { seed }),
    ...(values.start === undefined ? {} : { start: values.start }),
    ...(values.end === undefined ? {} : { end: values.end }),
  };
  const result = simulate(description);
  if (!result.ok) {
    for (const { code, pointer, message } of result.issues) {
      await io.stderr.write(`metergram simulate: ${code} at ${pointer}: ${message}\n`);
    }
    return 2;
  }
  const { simulation } = result;
  if (values.keys !== undefined) await writeKeys(values.keys, simulation.keys);
  if (format === 'testhub') return writeHub(description, values, io);
  for (const name of ['country', 'resolution'] as const)
    if (values[name] !== undefined) throw new UsageError(`--${name} is for --format testhub`);
  const line = format === 'hex' ? hexLine : jsonLine;
  let piece = '';
  let left = count;
  for (const telegram of simulation.telegrams()) {
    if (left-- <= 0) break;
    const receiver =
      telegram.receiver === null
        ? null
        : (description.receivers?.[telegram.receiver]?.name ?? null);
    piece += line(telegram, receiver, simulation.meters[telegram.meter]!);
    if (piece.length < PIECE) continue;
    await io.stdout.write(piece);
    piece = '';
  }
  await io.stdout.write(piece);
  return 0;
}

/** What the meters counted, as the data of a hub to test against. */
async function writeHub(
  description: FleetDescription,
  values: { readonly country?: string; readonly resolution?: string; readonly count?: string },
  io: Io,
): Promise<number> {
  if (values.count !== undefined) throw new UsageError('--count counts telegrams: a hub has none');
  const { FleetHub } = await import('./testhub/fleet.ts');
  const { COUNTRIES, markets } = await import('./testhub/market.ts');
  const market = markets[oneOf('--country', values.country ?? 'DK', COUNTRIES)];
  const resolution =
    values.resolution === undefined
      ? undefined
      : oneOf('--resolution', values.resolution, ['PT15M', 'PT1H']);
  const hub = new FleetHub(description, {
    market,
    ...(resolution === undefined ? {} : { resolution }),
  });
  if (hub.size === 0)
    throw new UsageError(
      'the fleet has no electricity meter, and the hubs are those of electricity',
      'add a group with "medium": "electricity"',
    );
  let piece = '';
  for (const text of hub.text()) {
    piece += text;
    if (piece.length < PIECE) continue;
    await io.stdout.write(piece);
    piece = '';
  }
  await io.stdout.write(piece);
  if (hub.leftOut > 0)
    await io.stderr.write(
      `${hub.size} metering points; ${hub.leftOut} meters of other media are left out\n`,
    );
  return 0;
}

interface Named {
  readonly manufacturer: string;
  readonly id: string;
}

function hexLine(telegram: SimulatedTelegram, receiver: string | null): string {
  const damage = telegram.damage === null ? '' : ` ${telegram.damage}`;
  const where = receiver === null ? '' : ` ${receiver}`;
  return `${hex(telegram.bytes)}  # ${instant(telegram.time)}${where}${damage}\n`;
}

function jsonLine(telegram: SimulatedTelegram, receiver: string | null, meter: Named): string {
  const { manufacturer, id } = meter;
  const { damage } = telegram;
  return `${JSON.stringify({
    hex: hex(telegram.bytes),
    time: instant(telegram.time),
    ...(receiver === null ? {} : { receiver }),
    manufacturer,
    id,
    ...(damage === null ? {} : { damage }),
  })}\n`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

function instant(time: number): string {
  return new Date(time).toISOString();
}

function integer(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number)) {
    throw new UsageError(`${option} is a whole number`);
  }
  return number;
}

async function descriptionFrom(name: string, io: Io): Promise<FleetDescription> {
  const text = name === '-' ? await textOf(io.stdin) : await fileText(name);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is no JSON: ${(error as Error).message}`);
  }
  const { meters } = (value ?? {}) as { meters?: unknown };
  if (!Array.isArray(meters) || !meters.every((group) => typeof group === 'object' && group)) {
    throw new UsageError(
      `${name} describes no fleet: it has no list "meters"`,
      'metergram simulate --example prints one',
    );
  }
  return value as FleetDescription;
}

async function fileText(name: string): Promise<string> {
  try {
    return await readFile(name, 'utf8');
  } catch (error) {
    throw new UsageError(`${name} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

async function textOf(input: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Readable by its owner alone. */
async function writeKeys(
  name: string,
  keys: readonly (Named & { readonly key: string })[],
): Promise<void> {
  const rows = keys.map(({ manufacturer, id, key }) => `${manufacturer},${id},${key}\n`);
  try {
    await writeFile(name, `manufacturer,id,key\n${rows.join('')}`, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`${name} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
