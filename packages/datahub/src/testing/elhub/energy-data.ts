import type { HubCall, HubContext, HubReply } from '../app.ts';
import { type GeneratedPoints, generatedValue, type OpenEnergyData } from '../data.ts';
import { type SeriesStore, type StoredPoint, sum } from '../store.ts';
import { written } from './registry.ts';

const datasets: Readonly<
  Record<string, { entity: string; name: string; label: string; groups: readonly string[] }>
> = {
  CONSUMPTION_PER_GROUP_MBA_HOUR: {
    entity: 'price-areas',
    name: 'consumptionPerGroupMbaHour',
    label: 'consumptionGroup',
    groups: ['household', 'cabin', 'industry'],
  },
  PRODUCTION_PER_GROUP_MBA_HOUR: {
    entity: 'price-areas',
    name: 'productionPerGroupMbaHour',
    label: 'productionGroup',
    groups: ['hydro', 'wind'],
  },
};
const areas = ['NO1', 'NO2', 'NO3', 'NO4', 'NO5'];
const hour = 3_600_000;

/** Elhub's open data and, behind a token, metering points: rows whose numbers are written as JSON numbers. */
export class EnergyDataStub {
  readonly #context: HubContext;
  readonly #store: SeriesStore;
  readonly #setup: OpenEnergyData | null;
  readonly #corrected: Map<string, { quantity: string; at: number }> = new Map();

  constructor(context: HubContext, store: SeriesStore) {
    this.#context = context;
    this.#store = store;
    this.#setup = context.data.hub?.elhub?.energyData ?? null;
  }

  correct(area: string, group: string, start: number, quantity: string): void {
    this.#corrected.set(`${area} ${group} ${start}`, { quantity, at: this.#context.now() });
  }

  handle(call: HubCall): HubReply {
    const [, , , entity = '', id = ''] = call.path.split('/');
    const dataset = datasets[call.query.get('dataset') ?? ''];
    if (dataset === undefined || dataset.entity !== entity)
      return this.#refuse(
        call,
        'Invalid query parameter',
        'The requested entity is invalid or unsupported.',
      );
    const period = this.#period(call);
    if (period === null)
      return this.#refuse(
        call,
        'Invalid query parameter',
        'The period is invalid or longer than one month.',
      );
    const ids = id === '' ? areas : areas.filter((area) => area === id);
    if (ids.length === 0) return this.#refuse(call, 'Not Found', 'No such price area.', 404);
    const wanted = call.query.get(dataset.label);
    const groups = dataset.groups.filter((group) => wanted === null || group === wanted);
    const data = ids.map((area) => {
      const rows = this.#rows(area, groups, dataset.label, period, call.fault);
      return { area, rows };
    });
    if (data.every(({ rows }) => rows.length === 0)) return { status: 204 };
    const text = data.map(
      ({ area, rows }) =>
        `{"type":"price-areas","id":"${area}","attributes":{"country":"NO","${dataset.name}":[${rows.join(',')}]}}`,
    );
    return this.#envelope(call, text.join(','));
  }

  /** One metering point, behind a token; with a dataset its hours, in the open data's shape: assumed, nothing is published. */
  meteringPoint(call: HubCall, id: string): HubReply {
    if (!this.#store.ids.includes(id))
      return this.#refuse(call, 'Not Found', 'No such metering point.', 404);
    const relationships =
      '"relationships":{"grid-area":{"data":{"id":"42X-COMMON-SHA-9","type":"grid-areas"}},' +
      '"price-area":{"data":{"id":"NO4","type":"price-areas"}}}';
    if (call.query.get('dataset') === null)
      return this.#envelope(
        call,
        `{"type":"metering-points","id":"${id}","attributes":{"status":"Active"},${relationships}}`,
      );
    const period = this.#period(call);
    if (period === null)
      return this.#refuse(
        call,
        'Invalid query parameter',
        'The period is invalid or longer than one month.',
      );
    const rows = this.#store
      .of(id)
      .flatMap((series) =>
        hourly(series.between(period.from, period.to + hour), series.resolution).flatMap(
          ({ start, end, value }) =>
            value === null || start > period.to
              ? []
              : [
                  `{"startTime":"${written(start)}","endTime":"${written(end)}","lastUpdatedTime":"${written(end)}","quantityKwh":${value}}`,
                ],
        ),
      );
    if (rows.length === 0) return { status: 204 };
    return this.#envelope(
      call,
      `{"type":"metering-points","id":"${id}","attributes":{"hourly":[${rows.join(',')}]}}`,
    );
  }

  #envelope(call: HubCall, data: string): HubReply {
    const created = written(this.#context.now());
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.api+json' },
      body: `{"meta":{"created":"${created}","lastUpdated":"${created}"},"links":{"self":"https://api.elhub.no${call.path}"},"data":[${data}]}`,
    };
  }

  #period(call: HubCall): { from: number; to: number } | null {
    const from = Date.parse(call.query.get('startDate') ?? '');
    const to = Date.parse(call.query.get('endDate') ?? '');
    if (Number.isNaN(from) || Number.isNaN(to) || to < from) return null;
    // The longest month and the hour of the change of clocks.
    return to - from > 31 * 24 * hour + hour ? null : { from, to };
  }

  /** Both ends are inside, as users saw it. */
  #rows(
    area: string,
    groups: readonly string[],
    label: string,
    period: { from: number; to: number },
    fault: string | null,
  ): string[] {
    if (this.#setup === null) return [];
    const { from, to, missing = 0 } = this.#setup;
    const rows: string[] = [];
    for (const group of groups) {
      const made: GeneratedPoints = {
        first: '0',
        count: 1,
        resolution: 'PT1H',
        missing,
        seed: Number(area.slice(2)) * 7919 + group.length * 104_729 + group.charCodeAt(0),
      };
      for (let at = Math.max(period.from, from); at <= period.to && at < to; at += hour) {
        const corrected = this.#corrected.get(`${area} ${group} ${at}`);
        const value = corrected?.quantity ?? generatedValue(made, '0000000000', at);
        if (value === null) continue;
        const updated = written(corrected?.at ?? at + 24 * hour);
        rows.push(
          `{"${label}":"${group}","startTime":"${written(at)}","endTime":"${written(at + hour)}",` +
            `"lastUpdatedTime":"${updated}","meteringPointCount":1091302,"priceArea":"${area}",` +
            `${fault === 'unknown-field' ? '"brandNew":1.25,' : ''}"quantityKwh":${value}}`,
        );
      }
    }
    if (fault === 'unsorted') rows.reverse();
    if (fault === 'duplicates' && rows[0] !== undefined) rows.push(rows[0]);
    return rows;
  }

  #refuse(call: HubCall, title: string, detail: string, status = 400): HubReply {
    return {
      status,
      headers: { 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({
        errors: [
          {
            status: String(status),
            title,
            detail,
            links: { self: `https://api.elhub.no${call.path}` },
          },
        ],
      }),
    };
  }
}

/** Elhub sends hours: four quarters as one, and none where a quarter is missing. */
function hourly(points: readonly StoredPoint[], resolution: string): readonly StoredPoint[] {
  if (resolution !== 'PT15M') return points;
  const hours = new Map<number, StoredPoint[]>();
  for (const point of points) {
    const start = Math.floor(point.start / hour) * hour;
    hours.set(start, [...(hours.get(start) ?? []), point]);
  }
  return Array.from(hours, ([start, quarters]): StoredPoint => {
    const values = quarters.flatMap(({ value }) => (value === null ? [] : [value]));
    const whole = values.length === 4;
    return {
      start,
      end: start + hour,
      value: whole ? sum(values) : null,
      quality: whole ? 'measured' : 'missing',
    };
  });
}
