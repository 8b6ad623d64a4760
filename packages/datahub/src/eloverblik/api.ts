import type { Instant, MeteringPoint, MeteringPointId } from '@metergram/model';
import type {
  CallOptions,
  Charge,
  ChargesRequest,
  HubSeries,
  SeriesRequest,
} from '../core/client.ts';
import type { Transfer } from '../core/transfer.ts';
import type { EloverblikConnection } from './connection.ts';
import { danishZone } from './timeseries.ts';
import { chargesTransfer, detailsTransfer, seriesTransfer, type Sizes } from './transfers.ts';

/** What Eloverblik's two APIs have in common: the same calls, some at other paths. */
export class EloverblikApi {
  readonly hub = 'eloverblik';
  readonly zone: typeof danishZone = danishZone;
  readonly #connection: EloverblikConnection;
  readonly #sizes: Sizes;
  readonly #api: 'customer' | 'thirdparty';

  protected constructor(
    connection: EloverblikConnection,
    sizes: Sizes,
    api: 'customer' | 'thirdparty',
  ) {
    this.#connection = connection;
    this.#sizes = sizes;
    this.#api = api;
  }

  /** When the refresh token ends; null where it does not say. */
  get refreshTokenExpires(): Instant | null {
    return this.#connection.refreshTokenExpires;
  }

  isAlive(signal?: AbortSignal): Promise<boolean> {
    return this.#connection.isAlive(signal);
  }

  /** Everything that the hub knows of metering points: `source` has its 60 fields and more as sent. */
  details(
    meteringPoints: readonly MeteringPointId[],
    options: CallOptions = {},
  ): Transfer<MeteringPoint> {
    const path = `${this.#points}/getdetails`;
    return detailsTransfer(this.#connection, path, meteringPoints, options, this.#sizes);
  }

  series(request: SeriesRequest, options: CallOptions = {}): Transfer<HubSeries> {
    return seriesTransfer(this.#connection, request, options, this.#sizes);
  }

  charges(request: ChargesRequest, options: CallOptions = {}): Transfer<Charge> {
    const path = `${this.#points}/getcharges`;
    return chargesTransfer(this.#connection, path, request, options, this.#sizes);
  }

  get #points(): string {
    return this.#api === 'customer' ? '/meteringpoints/meteringpoint' : '/meteringpoint';
  }

  toJSON(): { hub: string; api: string } {
    return { hub: 'eloverblik', api: this.#api };
  }
}
