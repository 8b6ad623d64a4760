import type { Decoder, KeyEntry, Telegram } from '@metergram/decoder';
import type { DeviceProfile } from '@metergram/decoder/profile';
import { readFile } from 'node:fs/promises';
import type { Io } from '../io.ts';
import { progressOn } from '../progress.ts';
import { paintFor, widthOf } from '../terminal.ts';
import { fileReason, oneOf, parseArguments, UsageError } from '../usage.ts';
import { csvWriter } from './csv.ts';
import { type CreateDecoder, decodeJobs } from './decoding.ts';
import { HELP } from './help.ts';
import type { Job } from './job.ts';
import { jsonWriter, jsonlWriter } from './json.ts';
import { isKey, KEY_DIGITS, parseKeys } from './keys.ts';
import { latestWriter } from './latest.ts';
import { readingsWriter } from './readings.ts';
import { meterName } from './rows.ts';
import { jobBatches, sourcesOf } from './source.ts';
import { tableWriter } from './table.ts';
import { homeAssistantWriter } from './wmbusmeters/homeassistant.ts';
import { type WmbusmetersOptions, wmbusmetersWriter } from './wmbusmeters/line.ts';
import { parseNames } from './wmbusmeters/user-names.ts';
import type { Writer } from './writer.ts';

const FORMATS = [
  'table',
  'json',
  'jsonl',
  'csv',
  'readings',
  'wmbusmeters',
  'homeassistant',
  'explain',
  'explain-jsonl',
] as const;
type Format = (typeof FORMATS)[number];
/** Output is handed on in pieces of about this many characters, or when the input pauses. */
const PIECE = 1 << 16;

/** `metergram decode`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { createDecoder } = await import('@metergram/decoder');
  return decodeWith(createDecoder, argv, io);
}

/** Runs `metergram decode` with the decoder that `create` makes. */
export async function decodeWith(
  create: CreateDecoder,
  argv: readonly string[],
  io: Io,
): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    key: { type: 'string', multiple: true },
    keys: { type: 'string', multiple: true },
    'default-keys': { type: 'boolean' },
    experimental: { type: 'boolean' },
    input: { type: 'string' },
    format: { type: 'string', default: 'table' },
    latest: { type: 'boolean' },
    join: { type: 'boolean' },
    names: { type: 'string' },
    synonyms: { type: 'boolean' },
    'standard-names': { type: 'boolean' },
    profiles: { type: 'boolean' },
    profile: { type: 'string', multiple: true },
    replay: { type: 'boolean' },
    'replay-state': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    await io.stdout.write(HELP);
    return 0;
  }
  const format = oneOf('--format', values.format, FORMATS);
  const input =
    values.input === undefined ? undefined : oneOf('--input', values.input, ['hex', 'jsonl']);
  if (values.latest && format !== 'table')
    throw new UsageError('--latest is for --format table', 'other formats hold every telegram');
  const isNamed = format === 'wmbusmeters' || format === 'homeassistant';
  for (const option of ['names', 'standard-names', 'synonyms'] as const)
    if (values[option] !== undefined && !isNamed)
      throw new UsageError(`--${option} is for --format wmbusmeters and homeassistant`);
  const explains = format === 'explain' || format === 'explain-jsonl';
  if (values.join && explains)
    throw new UsageError(
      '--join puts records together, --format explain shows bytes',
      'ask for one',
    );
  const asksReplay = values.replay === true || values['replay-state'] !== undefined;
  if (asksReplay && explains)
    throw new UsageError('--replay judges telegrams, --format explain shows bytes', 'ask for one');
  const keys = await keysOf(values.keys ?? [], values.key ?? []);
  // In front, so that a key of the user's for any meter of a maker takes the place of the maker's own.
  if (values['default-keys']) keys.unshift(...(await import('@metergram/decoder')).DEFAULT_KEYS);
  const sources = await sourcesOf(positionals, input, io);
  const decoder = await create({
    keys,
    ...(values.experimental ? { experimental: [8, 9, 10] } : {}),
  });
  const names =
    values.names === undefined ? undefined : parseNames(await readText(values.names), values.names);
  const asksProfiles = values.profiles === true || values.profile !== undefined || isNamed;
  // Readings are chosen by profiles always: another register than the one that is billed helps nobody.
  const profiles =
    asksProfiles || format === 'readings'
      ? await (await import('./profiles.ts')).profilesOf(values.profile ?? [])
      : [];
  const profiled = asksProfiles ? (await import('@metergram/decoder/profile')).applyProfile : null;
  const every = writerFor(format, io, {
    names,
    synonyms: values.synonyms,
    rulesOnly: values['standard-names'],
    profiles,
  });
  const writer = values.latest ? latestWriter(every, paintFor(io.stdout, io.env)) : every;

  const explaining = explains ? await import('./explain.ts') : null;
  const joiner = values.join
    ? new (await import('@metergram/decoder/sequence')).TelegramJoiner()
    : undefined;
  const replay = asksReplay
    ? await (await import('./replay.ts')).replayCheck(values['replay-state'])
    : undefined;
  const width = widthOf(io.stdout, io.env);
  const paint = paintFor(io.stdout, io.env);
  function* decoded(batch: readonly Job[]): Generator<readonly [Job, Telegram]> {
    if (explaining === null) {
      yield* decodeJobs(decoder, batch);
      return;
    }
    for (const job of batch) {
      const explanation = explaining.explainJob(decoder as Decoder, job);
      pending +=
        format === 'explain'
          ? explaining.explanationText(explanation, job.line, paint, width)
          : `${JSON.stringify(explanation)}\n`;
      yield [job, explanation.telegram];
    }
  }

  const progress = progressOn(io.stderr, io.stdout.isTTY !== true, sources.size, () =>
    performance.now(),
  );
  let done = 0;
  let telegrams = 0;
  let faulty = false;
  let unfinished = '';
  let pending = writer.begin();
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    if (text !== '') await io.stdout.write(text);
  };
  try {
    for await (const batch of jobBatches(sources, (count) => (done += count))) {
      for (const [job, plain] of decoded(batch)) {
        const single = replay?.checked(job, plain) ?? plain;
        const whole = joiner?.join(single) ?? single;
        const telegram = profiled?.(whole, profiles) ?? whole;
        faulty ||= telegram.issues.some((issue) => issue.severity === 'error');
        pending += writer.telegram({
          telegram,
          line: job.line,
          ...(job.received === undefined ? {} : { received: job.received }),
          ...(job.device === undefined ? {} : { device: job.device }),
          ...(job.rssi === undefined ? {} : { rssi: job.rssi }),
        });
        telegrams++;
        if (pending.length > PIECE) await flush();
      }
      await flush();
      progress.update(done, `${telegrams} telegrams`);
    }
    // What waits for telegrams that never came; a line of its own would break JSON lines, one for each line of input.
    const cutShort = joiner?.end() ?? [];
    faulty ||= cutShort.length > 0;
    if (format !== 'jsonl')
      for (const whole of cutShort)
        pending += writer.telegram({ telegram: profiled?.(whole, profiles) ?? whole, line: 0 });
    else if (cutShort.length > 0) unfinished = unfinishedNote(cutShort);
    pending += writer.end();
    await flush();
  } finally {
    progress.clear();
  }
  await replay?.save();
  const note = unfinished + (writer.note?.() ?? '') + (replay?.note() ?? '');
  if (note !== '') await io.stderr.write(note);
  return faulty ? 1 : 0;
}

/** Which records of incomplete sequences could not be printed. */
function unfinishedNote(telegrams: readonly Telegram[]): string {
  return telegrams
    .map(
      ({ meter, records }) =>
        `${meterName(meter)}: the sequence was not completed; its ${records.length} records are not printed\n`,
    )
    .join('');
}

async function keysOf(files: readonly string[], keys: readonly string[]): Promise<KeyEntry[]> {
  const entries: KeyEntry[] = [];
  for (const file of files) entries.push(...parseKeys(await readText(file), file));
  for (const key of keys) {
    if (!isKey(key)) throw new UsageError(`--key is ${KEY_DIGITS}`);
    entries.push({ manufacturer: '*', id: '*', key });
  }
  return entries;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileReason(error)}`);
  }
}

/** Writes nothing: explanations are written as they come. */
const silent: Writer = { begin: () => '', telegram: () => '', end: () => '' };

/** What the user has told of meters, for the formats that want it. */
interface Told extends WmbusmetersOptions {
  readonly profiles: readonly DeviceProfile[];
}

function writerFor(format: Format, io: Io, { profiles, ...naming }: Told): Writer {
  switch (format) {
    case 'json':
      return jsonWriter();
    case 'jsonl':
      return jsonlWriter();
    case 'csv':
      return csvWriter();
    case 'readings':
      return readingsWriter(profiles);
    case 'wmbusmeters':
      return wmbusmetersWriter(naming);
    case 'homeassistant':
      return homeAssistantWriter(naming);
    case 'explain':
    case 'explain-jsonl':
      return silent;
    case 'table':
      return tableWriter(paintFor(io.stdout, io.env), widthOf(io.stdout, io.env));
  }
}
