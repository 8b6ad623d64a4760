import { readFile } from 'node:fs/promises';
import { type HubClient, localInterval, systemClock, type Transfer } from '@metergram/datahub';
import {
  type Interval,
  isResolution,
  type MeteringPointId,
  parseEpochMs,
  formatInstant,
  type ZoneId,
} from '@metergram/model';
import { HUBS, openHub, openPrices, PRICE_HUBS, type Reach } from './hub-clients.ts';
import { HELP } from './hub-help.ts';
import {
  chargeTable,
  consentTable,
  pointTable,
  priceTable,
  seriesTable,
  type Table,
} from './hub-rows.ts';
import { type Format, TransferProgress, writeTransfer } from './hub-transfer.ts';
import type { Io } from './io.ts';
import { oneOf, parseArguments, UsageError } from './usage.ts';

const VERBS = ['points', 'series', 'charges', 'consents', 'prices', 'serve'] as const;

const OPTIONS = {
  hub: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  resolution: { type: 'string' },
  points: { type: 'string' },
  area: { type: 'string', multiple: true },
  format: { type: 'string', default: 'csv' },
  resume: { type: 'string' },
  credentials: { type: 'string' },
  origin: { type: 'string' },
  ca: { type: 'string' },
  file: { type: 'string', multiple: true },
  zone: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

/** What a test puts in the place of the machine's clock and network. */
export type World = Pick<Reach, 'clock' | 'fetch'>;

/** `metergram hub`. */
export function run(argv: readonly string[], io: Io): Promise<number> {
  return runIn({}, argv, io);
}

/** Runs `metergram hub` by another clock and over another network. */
export async function runIn(world: World, argv: readonly string[], io: Io): Promise<number> {
  const [verb, ...rest] = argv;
  if (argv.includes('--help') || argv.includes('-h')) {
    await io.stdout.write(HELP);
    return 0;
  }
  if (verb === undefined || verb.startsWith('-'))
    throw new UsageError(`the first word is one of ${VERBS.join(', ')}`);
  const what = oneOf('the verb', verb, VERBS);
  if (what === 'serve') return (await import('./hub-serve.ts')).serve(rest, io);
  const { values, positionals } = parseArguments(rest, OPTIONS);
  if (positionals.some((word) => word.startsWith('eyJ')))
    throw new UsageError(
      'a token is given as an argument',
      'others can read it there: see --help on credentials',
    );
  const format = oneOf('--format', values.format, ['csv', 'jsonl', 'json']);
  const progress = new TransferProgress(io);
  const reach: Reach = {
    credentials: values.credentials,
    origin: values.origin,
    ca: values.ca,
    ...(values.file === undefined ? {} : { files: values.file }),
    ...(values.zone === undefined ? {} : { zone: values.zone }),
    hook: progress.hook,
    ...world,
  };
  if (what === 'prices') return prices(values, format, reach, progress, io);
  const hub = oneOf('--hub', values.hub ?? '', HUBS);
  const points = await pointsOf(what, positionals, values.points, io);
  const { client, close } = await openHub(hub, reach, io);
  const write = <T>(start: (resume: object) => Transfer<T>, table: Table<T>): Promise<number> =>
    writeTransfer(
      (resume) => start(resume === undefined ? {} : { resume }),
      table,
      format,
      values.resume,
      progress,
      io,
    );
  try {
    switch (what) {
      case 'points':
        return await write((resume) => client.points(resume), pointTable);
      case 'consents':
        return await write((resume) => client.consents(resume), consentTable);
      case 'charges':
        return await write(
          (resume) => client.charges({ meteringPoints: points }, resume),
          chargeTable,
        );
      case 'series':
        return await series(client, values, points, (world.clock ?? systemClock).now(), write);
    }
  } finally {
    await close();
  }
}

function series(
  client: HubClient,
  values: Values,
  meteringPoints: readonly MeteringPointId[],
  now: number,
  write: <T>(start: (resume: object) => Transfer<T>, table: Table<T>) => Promise<number>,
): Promise<number> {
  const { resolution } = values;
  if (resolution !== undefined && !isResolution(resolution))
    throw new UsageError('--resolution is one of PT15M, PT1H, P1D, P1M, P1Y');
  const request = {
    meteringPoints,
    interval: intervalOf(values, client.zone, now),
    ...(resolution === undefined ? {} : { resolution }),
  };
  return write((resume) => client.series(request, resume), seriesTable);
}

async function prices(
  values: Values,
  format: Format,
  reach: Reach,
  progress: TransferProgress,
  io: Io,
): Promise<number> {
  const hub = oneOf('--hub', values.hub ?? '', PRICE_HUBS);
  const areas = values.area ?? [];
  if (areas.length === 0) throw new UsageError('prices need --area, such as DK1');
  // Day-ahead prices are those of days in Central European time.
  const interval = intervalOf(values, 'Europe/Oslo' as ZoneId, (reach.clock ?? systemClock).now());
  const { client, close } = await openPrices(hub, reach, io);
  try {
    return await writeTransfer(
      (resume) => client.prices({ areas, interval }, resume === undefined ? {} : { resume }),
      priceTable,
      format,
      values.resume,
      progress,
      io,
    );
  } finally {
    await close();
  }
}

/** `--from` and `--to` as instants: dates are civil days of the hub's zone. */
function intervalOf(values: Values, zone: ZoneId, now: number): Interval {
  if (values.from === undefined)
    throw new UsageError('--from is missing', 'a day, such as 2026-01-01');
  const at = (option: string, text: string): Interval['start'] => {
    const ms = parseEpochMs(text);
    if (ms !== null) return formatInstant(ms);
    try {
      return localInterval(text, text, zone).start;
    } catch {
      throw new UsageError(
        `${option} is a day (2026-01-31), or an instant with a zone or an offset`,
      );
    }
  };
  const start = at('--from', values.from);
  const end = values.to === undefined ? formatInstant(now) : at('--to', values.to);
  if (end <= start) throw new UsageError('--to is not after --from');
  return { start, end };
}

/** Metering points of the words and of the file; verbs that need some say so. */
async function pointsOf(
  verb: 'points' | 'series' | 'charges' | 'consents',
  words: readonly string[],
  file: string | undefined,
  io: Io,
): Promise<MeteringPointId[]> {
  const needs = verb === 'series' || verb === 'charges';
  if (!needs && (words.length > 0 || file !== undefined))
    throw new UsageError(`${verb} takes no metering points`);
  const listed = file === undefined ? [] : (await readList(file, io)).split(/\r?\n/);
  const found = [...words, ...listed.map((line) => line.replace(/#.*/, '').trim())];
  const points = [...new Set(found.filter((id) => id !== ''))] as MeteringPointId[];
  if (needs && points.length === 0)
    throw new UsageError(
      `${verb} needs metering points`,
      'give them as words, or in a file with --points',
    );
  return points;
}

async function readList(file: string, io: Io): Promise<string> {
  if (file !== '-') {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      throw new UsageError(
        `cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'failed'}`,
      );
    }
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of io.stdin) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}
