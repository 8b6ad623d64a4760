import { readFile } from 'node:fs/promises';
import { type HubClient, localInterval, type Transfer } from '@metergram/datahub';
import {
  type Interval,
  isResolution,
  type MeteringPointId,
  parseEpochMs,
  type Resolution,
  formatInstant,
  type ZoneId,
} from '@metergram/model';
import { HUBS, openHub, openPrices, PRICE_HUBS, type Reach } from './clients.ts';
import { helpOf, VERBS } from './help.ts';
import {
  chargeTable,
  consentTable,
  pointTable,
  priceTable,
  seriesTable,
  type Table,
} from './rows.ts';
import { TransferProgress, writeTransfer, type Writing } from './transfer.ts';
import type { Io } from '../io.ts';
import { fileReason, oneOf, parseArguments, UsageError } from '../usage.ts';

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
  clock: { type: 'string' },
  state: { type: 'string' },
  dataset: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

/** A metering point's number as hubs and files write them; nothing in lists of points. */
const POINT = /^[\p{L}\p{N}._:-]{0,200}$/u;

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
    await io.stdout.write(helpOf(VERBS.find((one) => one === verb)));
    return 0;
  }
  if (verb === undefined || verb.startsWith('-'))
    throw new UsageError(`the first word is one of ${VERBS.join(', ')}`);
  const what = oneOf('the verb', verb, VERBS);
  if (what === 'serve') return (await import('./serve.ts')).serve(rest, io);
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
    goBy:
      values.clock === undefined ? undefined : oneOf('--clock', values.clock, ['hub', 'machine']),
    state: values.state,
    dataset: values.dataset,
    files: values.file ?? [],
    zone: values.zone,
    hook: progress.hook,
    ...world,
  };
  const writing = { format, place: values.resume, progress };
  if (what === 'prices') return prices(values, positionals, reach, writing, io);
  const hub = hubOf(values, HUBS, what);
  const points = await pointsOf(what, positionals, values.points, io);
  if (what === 'series') checkSeries(hub, values);
  const { client, clock, warning, close } = await openHub(hub, reach, io);
  const write = <T>(start: (resume: object) => Transfer<T>, table: Table<T>): Promise<number> =>
    writeTransfer(
      (resume) => start(resume === undefined ? {} : { resume }),
      table,
      { ...writing, hint: hintOf(warning) },
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
        return await series(client, values, points, clock.now(), write);
    }
  } finally {
    await close();
  }
}

/** The hub that `--hub` names; of one that another verb is for, the verb is told. */
function hubOf<const T extends string>(values: Values, hubs: readonly T[], verb: string): T {
  const { hub } = values;
  if (hub === undefined) throw new UsageError(`--hub is missing: one of ${hubs.join(', ')}`);
  if (!(hubs as readonly string[]).includes(hub)) {
    if ((PRICE_HUBS as readonly string[]).includes(hub))
      throw new UsageError(`${hub} has no ${verb}`, 'it has prices: metergram hub prices --help');
    if ((HUBS as readonly string[]).includes(hub))
      throw new UsageError(`${hub} has no prices`, `--hub is one of ${hubs.join(', ')}`);
  }
  return oneOf('--hub', hub, hubs);
}

function checkSeries(hub: string, values: Values): void {
  const { resolution, dataset } = values;
  intervalOf(values, 'Europe/Oslo' as ZoneId, Infinity);
  if (resolution !== undefined && !isResolution(resolution))
    throw new UsageError('--resolution is one of PT15M, PT1H, P1D, P1M, P1Y');
  if (hub === 'elhub' && dataset === undefined)
    throw new UsageError(
      'values of metering points at Elhub are experimental',
      'name the data set with --dataset',
    );
  if (hub !== 'elhub' && dataset !== undefined)
    throw new UsageError('--dataset is for --hub elhub');
}

/** A refusal that clocks may have made is told with the clocks. */
function hintOf(warning: () => string | null): Writing['hint'] {
  const codes: ReadonlySet<string> = new Set([
    'hub/credential-refused',
    'hub/token-refused',
    'hub/invalid-request',
  ]);
  return ({ code }) => {
    const said = codes.has(code) ? warning() : null;
    return said === null ? null : `${said} --clock hub goes by the hub's.`;
  };
}

function series(
  client: HubClient,
  values: Values,
  meteringPoints: readonly MeteringPointId[],
  now: number,
  write: <T>(start: (resume: object) => Transfer<T>, table: Table<T>) => Promise<number>,
): Promise<number> {
  const { resolution } = values;
  const request = {
    meteringPoints,
    interval: intervalOf(values, client.zone, now),
    ...(resolution === undefined ? {} : { resolution: resolution as Resolution }),
  };
  return write((resume) => client.series(request, resume), seriesTable);
}

async function prices(
  values: Values,
  words: readonly string[],
  reach: Reach,
  writing: Omit<Writing, 'hint'>,
  io: Io,
): Promise<number> {
  const hub = hubOf(values, PRICE_HUBS, 'prices');
  const areas = values.area ?? [];
  const [word] = words;
  if (word !== undefined)
    throw new UsageError('prices takes no words', /^[A-Z]/.test(word) ? `--area ${word}?` : '');
  if (areas.length === 0) throw new UsageError('prices need --area, such as DK1');
  // What is wrong with the days is told before anything is opened.
  const zone = 'Europe/Oslo' as ZoneId;
  intervalOf(values, zone, Infinity);
  const { client, clock, warning, close } = await openPrices(hub, reach, io);
  try {
    // Day-ahead prices are those of days in Central European time.
    const interval = intervalOf(values, zone, clock.now());
    return await writeTransfer(
      (resume) => client.prices({ areas, interval }, resume === undefined ? {} : { resume }),
      priceTable,
      { ...writing, hint: hintOf(warning) },
      io,
    );
  } finally {
    await close();
  }
}

/** `--from` and `--to` as instants: dates are civil days of the hub's zone. `now` Infinity: only the options are checked. */
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
  if (values.to === undefined) {
    if (now === Infinity) return { start, end: start };
    const end = formatInstant(now);
    if (end <= start)
      throw new UsageError(`--from is not before now, which is ${end}`, '--to tells an end');
    return { start, end };
  }
  const end = at('--to', values.to);
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
  // The first column of a table, its header aside: what `hub points` prints.
  const inFile = listed.map((line) => line.replace(/[#,].*/, '').trim());
  for (const [at, id] of inFile.entries())
    if (!POINT.test(id))
      throw new UsageError(
        `line ${at + 1} of ${file === '-' ? 'the input' : file} begins with no metering point`,
        'one a line, or what metergram hub points prints',
      );
  const found = [...words, ...inFile.filter((id) => id !== pointTable.header[0])];
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
      throw new UsageError(`cannot read ${file}: ${fileReason(error)}`);
    }
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of io.stdin) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}
