import {
  AggregateError,
  type Aggregator,
  type AggregatorOptions,
  createAggregator,
  type Drained,
  GAP_OPEN,
  GAP_UNKNOWN,
} from '@metergram/aggregate';
import { boundaries } from '@metergram/aggregate/calendar';
import {
  formatInstant,
  parseResolution,
  type ReadingColumns,
  resolutionMs,
  type Resolution,
} from '@metergram/model';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Io } from '../io.ts';
import { progressOn } from '../progress.ts';
import { printable } from '../terminal.ts';
import { oneOf, parseArguments, fileReason, UsageError } from '../usage.ts';
import { HELP } from './help.ts';
import { csvPrinter, decimalText, jsonlPrinter, type Printer } from './print.ts';
import { Results } from './results.ts';
import { type Meter, RowReader } from './rows.ts';
import { type Block, Spool } from './spool.ts';

/** Output is handed on in pieces of about this many characters. */
const PIECE = 1 << 16;
/** Intervals that are gathered before they are printed: about 200 megabytes. More meters take another round. */
const GATHERED = 4_000_000;

/** `metergram aggregate`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    resolution: { type: 'string', default: 'PT1H' },
    zone: { type: 'string' },
    'max-gap': { type: 'string' },
    lateness: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    await io.stdout.write(HELP);
    return 0;
  }
  const format = oneOf('--format', values.format, ['csv', 'jsonl']);
  if (positionals.length > 1) throw new UsageError('one file at a time');
  const resolution = parseResolution(values.resolution);
  if (resolution === null)
    throw new UsageError('--resolution is one of PT15M, PT1H, P1D, P1M, P1Y');
  const options: AggregatorOptions = {
    resolution,
    ...(values.zone === undefined ? {} : { zone: values.zone }),
    ...(values['max-gap'] === undefined ? {} : { maxGap: values['max-gap'] }),
    ...(values.lateness === undefined ? {} : { lateness: values.lateness }),
  };
  await aggregatorFor(options); // what is wrong with the options is told before anything is read
  const spool = new Spool();
  try {
    return await aggregate(positionals[0], options, io, spool, printerFor(format));
  } finally {
    await spool.close();
  }
}

async function aggregate(
  word: string | undefined,
  options: AggregatorOptions,
  io: Io,
  spool: Spool,
  printer: Printer,
): Promise<number> {
  let faulty = false;
  let told = '';
  const tell = (text: string): void => void (told += `${printable(text)}\n`);
  const reader = new RowReader(spool, (line, what) => {
    faulty = true;
    tell(`line ${line}: ${what}`);
  });
  const source = await sourceOf(word, io);
  const progress = progressOn(io.stderr, true, source.size, () => performance.now());
  const flush = async (): Promise<void> => {
    if (told === '') return;
    progress.clear();
    const text = told;
    told = '';
    await io.stderr.write(text);
  };
  let bytes = 0;
  for await (const chunk of source.chunks) {
    await reader.chunk(chunk);
    bytes += chunk.length;
    progress.update(bytes, `${reader.lines} lines read`);
    await flush();
  }
  await reader.end();
  await flush();
  const { meters } = reader;
  let pending = printer.begin();
  for (const group of groupsOf(meters, options.resolution)) {
    const results = new Results();
    const aggregator = await aggregatorFor(options);
    for (const meter of group)
      aggregator.addRegister({ id: meters[meter]!.name, scale: -meters[meter]!.decimals });
    const registerOf = new Int32Array(meters.length).fill(-1);
    for (const [register, meter] of group.entries()) registerOf[meter] = register;
    const take = (drained: Drained): void => {
      results.add(drained.intervals);
      faulty =
        tellAll(
          drained,
          aggregator,
          group.map((meter) => meters[meter]!),
          tell,
        ) || faulty;
    };
    let done = 0;
    for await (const block of spool.blocks()) {
      aggregator.push(chosen(block, registerOf, meters));
      take(aggregator.drain({ open: false }));
      done += block.length;
      progress.update(Math.floor(bytes * (done / reader.lines)), `${done} readings counted`);
      await flush();
    }
    take(aggregator.drain());
    await flush();
    faulty ||= results.faulty;
    const endOf = ends(
      options,
      group.map((meter) => meters[meter]!),
    );
    for (const { register, start, ...rest } of results.rows(group.length)) {
      const { name, unit, decimals } = meters[group[register]!]!;
      pending += printer.row({ meter: name, start, end: endOf(start), decimals, unit, ...rest });
      if (pending.length < PIECE) continue;
      progress.clear();
      await io.stdout.write(pending);
      pending = '';
    }
  }
  progress.clear();
  await io.stdout.write(pending);
  return faulty ? 1 : 0;
}

function printerFor(format: 'csv' | 'jsonl'): Printer {
  return format === 'csv' ? csvPrinter() : jsonlPrinter();
}

async function aggregatorFor(options: AggregatorOptions): Promise<Aggregator> {
  try {
    return await createAggregator(options);
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    const hints: Readonly<Record<string, string>> = {
      'option/missing-zone': 'give --zone, as in --zone Europe/Oslo',
      'option/invalid-duration': 'durations are ISO 8601, as in PT45M or P2D',
    };
    throw new UsageError(error.message.slice(error.code.length + 2), hints[error.code]);
  }
}

async function sourceOf(
  word: string | undefined,
  io: Io,
): Promise<{ chunks: AsyncIterable<Uint8Array>; size: number | undefined }> {
  if (word === undefined && io.stdin.isTTY === true)
    throw new UsageError('nothing to aggregate', 'give a file, or - for standard input');
  if (word === undefined || word === '-') return { chunks: io.stdin, size: undefined };
  try {
    const found = await stat(word);
    if (found.isDirectory()) throw new UsageError(`${word} is a folder`);
    return { chunks: readFrom(word), size: found.size };
  } catch (error) {
    throw unreadable(word, error);
  }
}

async function* readFrom(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: 1 << 20 });
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof UsageError) return error;
  return new UsageError(`cannot read ${file}: ${fileReason(error)}`);
}

/** Meters in order of name, in groups whose intervals are few enough to be gathered. */
function groupsOf(meters: readonly Meter[], resolution: Resolution): number[][] {
  const step = resolutionMs(resolution) ?? 86_400_000;
  const order = meters
    .map((_, index) => index)
    .sort((a, b) => (meters[a]!.name < meters[b]!.name ? -1 : 1));
  const groups: number[][] = [];
  let room = 0;
  for (const index of order) {
    const { from, to } = meters[index]!;
    const wanted = Math.max(0, (to - from) / step) + 1;
    if (room < wanted || groups.length === 0) {
      groups.push([]);
      room = GATHERED;
    }
    groups.at(-1)!.push(index);
    room -= wanted;
  }
  return groups;
}

/** The rows of a block that are of chosen meters, each at its meter's decimals. Uses the block's own columns up. */
function chosen(block: Block, registerOf: Int32Array, meters: readonly Meter[]): ReadingColumns {
  const { time, mantissa, halves, meter, decimals } = block;
  let kept = 0;
  for (let row = 0; row < block.length; row++) {
    const register = registerOf[meter[row]!]!;
    if (register < 0) continue;
    const more = meters[meter[row]!]!.decimals - decimals[row]!;
    if (kept !== row) {
      time[kept] = time[row]!;
      halves[2 * kept] = halves[2 * row]!;
      halves[2 * kept + 1] = halves[2 * row + 1]!;
    }
    if (more > 0) mantissa[kept] = scaled(mantissa[kept]!, more);
    meter[kept] = register;
    kept++;
  }
  return { length: kept, register: meter, time, mantissa };
}

/** `mantissa · 10^more`; a value out of the aggregator's range where that does not fit. */
function scaled(mantissa: bigint, more: number): bigint {
  const larger = mantissa * 10n ** BigInt(more);
  return BigInt.asIntN(64, larger) === larger ? larger : 2n ** 63n - 1n;
}

/** Tells of gaps and of what was odd. True where an error is among it. */
function tellAll(
  { gaps, issues, untold }: Drained,
  aggregator: Aggregator,
  group: readonly Meter[],
  tell: (text: string) => void,
): boolean {
  let faulty = false;
  for (const { code, severity, register, time, message, values } of issues) {
    const meter = group[register]!;
    faulty ||= code === 'reading/time-range' || code === 'reading/value-range';
    const when = Math.abs(time) < 6e13 ? ` at ${formatInstant(time)}` : '';
    const shown = values.map((value) => decimalText(value, meter.decimals)).join(' and ');
    const what = message.slice(message.indexOf(': ') + 2).replace(/ \([^()]*\)$/, '');
    tell(`${severity} ${code}: ${meter.name}${when}: ${what} (${shown})`);
  }
  for (const [code, count] of untold) tell(`${code}: ${count} more`);
  for (let row = 0; row < gaps.length; row++) {
    const meter = group[gaps.register[row]!]!;
    const marks = gaps.marks[row]!;
    const energy =
      (marks & GAP_UNKNOWN) === 0
        ? `${decimalText(gaps.mantissa[row]!, -aggregator.scale(gaps.register[row]!))} ${meter.unit}`
        : 'what was used is not known';
    const open = (marks & GAP_OPEN) === 0 ? '' : ', the last reading';
    tell(
      `info series/gap: ${meter.name}: no values from ${formatInstant(gaps.start[row]!)} to ` +
        `${formatInstant(gaps.end[row]!)}${open}: ${energy.trim()}`,
    );
  }
  return faulty;
}

/** End of the interval that starts at an instant. */
function ends(options: AggregatorOptions, group: readonly Meter[]): (start: number) => number {
  const step = resolutionMs(options.resolution);
  if (step !== null) return (start) => start + step;
  const from = Math.min(...group.map((meter) => meter.from));
  const to = Math.max(...group.map((meter) => meter.to));
  if (!Number.isFinite(from)) return (start) => start;
  const grid = boundaries(options.resolution, options.zone ?? 'UTC', from, to);
  const next = new Map<number, number>();
  for (let at = 0; at + 1 < grid.length; at++) next.set(grid[at]!, grid[at + 1]!);
  return (start) => next.get(start)!;
}
