import type {
  ConsentGrant,
  Instant,
  Interval,
  Issue,
  MeteringPoint,
  MeteringPointId,
  Resolution,
  TimeSeries,
  ZoneId,
} from '@metergram/model';
import { addIntervals, formatInstant, startOfInterval, toEpochMs } from '@metergram/model';
import type {
  CallOptions,
  Charge,
  HubClient,
  HubFeatures,
  HubSeries,
  SeriesRequest,
} from '../core/client.ts';
import { HubError } from '../core/fault.ts';
import { badInterval, refused } from '../core/refusal.ts';
import { cutSeries, fillGaps, mergeSeries } from '../core/series.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { type ReadFileOptions, readSeriesFile } from './read.ts';

/** A file that the host gives; this package opens nothing itself, so it works in a browser too. */
export interface SourceFile {
  readonly name: string;
  /** Its text, or how to get it: `() => readFile(path, 'utf8')`, `() => file.text()`. */
  readonly text: string | ((signal: AbortSignal) => Promise<string>);
  /** Whose values these are, where the file names no metering point. Its name, unless told. */
  readonly meteringPoint?: MeteringPointId;
  /** How to read it, where it differs from the others. */
  readonly read?: ReadFileOptions;
}

export interface FileSourceOptions extends ReadFileOptions {
  /** Later files win where two speak of the same interval. */
  readonly files: readonly SourceFile[];
  /** Zone of the market; `Europe/Stockholm` unless told. */
  readonly zone?: ZoneId;
}

interface Loaded {
  readonly series: readonly TimeSeries[];
  readonly issues: readonly Issue[];
}

const RESOLUTIONS: readonly Resolution[] = ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'];

/** Files as a source of metered values behind the same interface as a hub: for Sweden, and wherever no hub is reachable. */
export class FileSource implements HubClient {
  readonly hub = 'file';
  readonly zone: ZoneId;
  readonly features: HubFeatures = {
    points: true,
    charges: false,
    consents: false,
    resolutions: RESOLUTIONS,
  };
  readonly #options: FileSourceOptions;

  constructor(options: FileSourceOptions) {
    this.#options = options;
    this.zone = options.zone ?? ('Europe/Stockholm' as ZoneId);
  }

  /** The metering points that the files name, in order of first appearance. */
  points(options: CallOptions = {}): Transfer<MeteringPoint> {
    return transfer<null, MeteringPoint>(
      {
        hub: 'file',
        units: [null],
        fingerprint: ['points', this.#names()],
        pointsOf: () => [],
        run: async (_, signal) => {
          const { series, issues } = await this.#load(signal);
          return { items: pointsOf(series, this.zone), issues };
        },
      },
      options,
    );
  }

  /**
   * The files' series of these metering points over the whole interval, with `missing` where no file says anything. With a
   * resolution only series of that one: nothing is summed here (see `@metergram/aggregate`).
   */
  series(request: SeriesRequest, options: CallOptions = {}): Transfer<HubSeries> {
    const wrong = badInterval(request.interval);
    if (wrong !== null) return refused('file', 'hub/invalid-request', wrong);
    // The files are read once for a transfer, whatever the number of its metering points.
    let loaded: Promise<Loaded> | null = null;
    let told = false;
    return transfer<MeteringPointId, HubSeries>(
      {
        hub: 'file',
        units: request.meteringPoints,
        fingerprint: ['series', request, this.#names()],
        pointsOf: (point) => [point],
        run: async (point, signal) => {
          loaded ??= this.#load(signal);
          const { series: all, issues } = await loaded;
          const own = all.filter(
            (series) =>
              series.meteringPoint === point &&
              (request.resolution === undefined || series.resolution === request.resolution),
          );
          const filled = own.map((series) => whole(series, request.interval, this.zone));
          const items = filled.filter(({ points }) => points.some(({ value }) => value !== null));
          if (items.length === 0) throw noData(point);
          // What is odd about the files is told once, with the first answer.
          const first = !told;
          told = true;
          return { items, issues: first ? issues : [] };
        },
      },
      options,
    );
  }

  charges(): Transfer<Charge> {
    return refused('file', 'hub/not-supported', 'files hold no tariffs');
  }

  consents(): Transfer<ConsentGrant> {
    return refused('file', 'hub/not-supported', 'a file says nothing about consents');
  }

  #names(): readonly string[] {
    return this.#options.files.map((file) => file.name);
  }

  async #load(signal: AbortSignal): Promise<Loaded> {
    const pieces: TimeSeries[] = [];
    const issues: Issue[] = [];
    for (const file of this.#options.files) {
      signal.throwIfAborted();
      const text = await open(file, signal);
      const read = readSeriesFile(text, {
        zone: this.zone,
        ...(this.#options.csv === undefined ? {} : { csv: this.#options.csv }),
        ...file.read,
      });
      for (const issue of read.issues) {
        issues.push({ ...issue, message: `${file.name}: ${issue.message}` });
      }
      for (const series of read.series) {
        const id = series.meteringPoint ?? file.meteringPoint ?? (file.name as MeteringPointId);
        pieces.push({ ...series, meteringPoint: id });
      }
    }
    return { series: mergeSeries(pieces), issues };
  }
}

/**
 * The series over every interval that begins inside, `missing` where there is nothing. A series whose intervals do not begin
 * where the clock's do (09:49 to 10:04, as some devices write) has no places of its own to be missing: it is given as it is.
 */
function whole(series: TimeSeries, interval: Interval, zone: ZoneId): TimeSeries {
  const own = series.zone ?? zone;
  const offGrid = ({ start }: TimeSeries['points'][number]): boolean => {
    const at = toEpochMs(start);
    return startOfInterval(own, at, series.resolution) !== at;
  };
  if (series.points.some(offGrid)) return cutSeries(series, interval);
  const boundary = (instant: Instant): Instant => {
    const at = toEpochMs(instant);
    const start = startOfInterval(own, at, series.resolution);
    return formatInstant(start === at ? at : addIntervals(own, start, series.resolution, 1));
  };
  const aligned = { start: boundary(interval.start), end: boundary(interval.end) };
  return fillGaps(series, aligned, own);
}

async function open(file: SourceFile, signal: AbortSignal): Promise<string> {
  if (typeof file.text === 'string') return file.text;
  try {
    return await file.text(signal);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new HubError({
      code: 'hub/unavailable',
      hub: 'file',
      message: `${file.name} could not be read`,
      retry: 'never',
    });
  }
}

function pointsOf(all: readonly TimeSeries[], zone: ZoneId): readonly MeteringPoint[] {
  const points = new Map<string, MeteringPoint>();
  for (const series of all) {
    const id = series.meteringPoint as MeteringPointId;
    const known = points.get(id);
    // A point with series both ways is neither: it exchanges.
    const kind =
      known === undefined || known.kind === series.direction ? series.direction : 'exchange';
    points.set(id, {
      id,
      kind,
      medium: 'unknown',
      zone: series.zone ?? zone,
      ...(known === undefined || known.resolution === series.resolution
        ? { resolution: series.resolution }
        : {}),
    });
  }
  return [...points.values()];
}

function noData(point: MeteringPointId): HubError {
  return new HubError({
    code: 'hub/no-data',
    hub: 'file',
    message: 'no file has a value of this metering point in this period and resolution',
    retry: 'never',
    meteringPoint: point,
  });
}

/**
 * Files behind the common interface; see {@link FileSource}.
 *
 * @example
 * const source = createFileSource({ files: [{ name: 'jan.csv', text: () => readFile('jan.csv', 'utf8') }] });
 * const { items } = await collect(source.points());
 */
export function createFileSource(options: FileSourceOptions): FileSource {
  return new FileSource(options);
}
