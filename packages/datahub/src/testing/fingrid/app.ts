import type { Resolution } from '@metergram/model';
import type { HubApp, HubCall, HubContext, HubReply } from '../app.ts';
import type { TestCustomer } from '../data.ts';
import { next, stamp } from '../european-time.ts';
import { AuthorizationService, type AuthorizationRequest } from './authorization-service.ts';
import { SeriesStore, type StoredPoint, type StoredSeries, sum } from '../store.ts';

/** Settings of Fingrid's test hub: `options` of the server. */
export interface FingridHubOptions {
  /** How a value that is not there is told. `gap`: not at all, as documented. `code`: 0 with the quality MISSING. */
  readonly missing?: 'gap' | 'code';
  /** Requests a minute; none is published, and none is counted unless told. */
  readonly perMinute?: number;
  /** Addresses that customers may come back to; `https://me.example/back` unless told. */
  readonly returnUrls?: readonly string[];
}

const organisationUser = '6430000000006.THP';
const order: readonly Resolution[] = ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'];
const codes: Readonly<Record<string, string>> = {
  measured: 'OK',
  estimated: 'EST',
  adjusted: 'REVISED',
  calculated: 'CALC',
  incomplete: 'PMISSING',
  unknown: 'UNCERTAIN',
};

/** Fingrid Datahub's data interface, version 2.6: POST only, behind client certificates, 200 to everything. */
export function fingridApp(context: HubContext): HubApp {
  const options = context.options as FingridHubOptions;
  const store = new SeriesStore(context.data, 2);
  const own = context.data.hub?.fingrid ?? {};
  const listed = (context.data.meteringPoints ?? []).map(({ id }) => id);
  const everything = [...new Set<string>([...listed, ...store.ids])];
  const customers = new Map(
    (own.customers ?? [{ identification: '010180-9026', meteringPoints: everything }]).map(
      (customer) => [customer.identification, customer],
    ),
  );
  const withdrawn = new Set<string>();
  const service = new AuthorizationService(
    context.now,
    options.returnUrls ?? ['https://me.example/back'],
  );

  function right(filters: Readonly<Record<string, unknown>>): TestCustomer | null {
    const identification = String(filters['customerIdentification'] ?? '');
    const customer = customers.get(identification);
    return customer === undefined || withdrawn.has(identification) ? null : customer;
  }

  function header(type: string): Record<string, unknown> {
    return {
      Identification: '42dc2ce2-9ce7-49eb-8e01-92600414883d',
      Creation: new Date(context.now()).toISOString(),
      PhysicalSenderParty: { Identification: '6430076050014' },
      JuridicalSenderParty: { Identification: '6430076050014' },
      PhysicalReceiverParty: { Identification: organisationUser.slice(0, 13) },
      JuridicalReceiverParty: { Identification: organisationUser.slice(0, 13) },
      ProcessRole: 'EZ',
      DocumentType: type,
      OrganisationUser: organisationUser,
    };
  }

  function customerData(filters: Readonly<Record<string, unknown>>): unknown {
    const customer = right(filters);
    if (customer === null) return {};
    return {
      RetrieveCustomerResponse: {
        Header: header('CUS.DIF'),
        Transaction: {
          CustomerIdentification: customer.identification,
          CustomerIdentificationType: 'AA01',
          Agreements: customer.meteringPoints.map((point) => ({
            AgreementType: 'AP01',
            AgreementStatus: 'CFD',
            AgreementStartDate: customer.from ?? '2020-12-31T22:00:00Z',
            ...(customer.to === undefined ? {} : { AgreementEndDate: customer.to }),
            MeteringPoint: {
              MeteringPointEAN: point,
              MeteringPointStatus: 'AE01',
              MeteringPointAddress: { PostOffice: 'ROVANIEMI', CountryCode: 'FI' },
            },
          })),
        },
      },
    };
  }

  function timeSeries(call: HubCall, filters: Readonly<Record<string, unknown>>): unknown {
    const point = String(filters['meteringPointEAN'] ?? '');
    const from = Date.parse(String(filters['periodStartTS']));
    const to = Date.parse(String(filters['periodEndTS']));
    if (Number.isNaN(from) || Number.isNaN(to) || to <= from)
      return reasons([
        ['RC-MDM-RMV-022', `Period of ${String(filters['customerIdentification'])} is not valid`],
      ]);
    const customer = right(filters);
    if (customer === null || !customer.meteringPoints.includes(point)) return {};
    // What lies outside of the agreement is left out without a word.
    const begin = Math.max(from, Date.parse(customer.from ?? '2000-01-01T00:00:00Z'));
    const end = Math.min(to, Date.parse(customer.to ?? '2100-01-01T00:00:00Z'));
    const wanted = filters['resolutionDuration'] as Resolution | undefined;
    const series = store
      .of(point)
      .filter(
        (one) => wanted === undefined || order.indexOf(wanted) >= order.indexOf(one.resolution),
      )
      .map((one) => seriesJson(call, point, one, begin, end, wanted ?? one.resolution))
      .filter((one) => one !== null);
    if (series.length === 0) return reasons([['RC-MDM-RMV-100', 'No data found']]);
    return {
      RetrieveTimeSeriesData: {
        Header: header('ETS.DIF.RTR'),
        Transaction: { TimeSeries: series },
        ...(call.fault === 'unknown-field' ? { BrandNew: { A: [1] } } : {}),
      },
    };
  }

  function seriesJson(
    call: HubCall,
    point: string,
    series: StoredSeries,
    from: number,
    to: number,
    resolution: Resolution,
  ): unknown {
    const stored = series.between(from, to);
    const points = resolution === series.resolution ? stored : summed(stored, resolution);
    const observations = points.flatMap((one) => observation(one));
    if (observations.length === 0) return null;
    if (call.fault === 'unsorted') observations.reverse();
    if (call.fault === 'duplicates') observations.push(observations[0] as Record<string, unknown>);
    if (call.fault === 'unknown-enum') observations[0] = { ...observations[0], Quality: 'E99' };
    return {
      MeteringPointEAN: point,
      ResolutionDuration: resolution,
      PeriodStartTS: stamp(from),
      PeriodEndTS: stamp(to),
      ProductType: '8716867000030',
      UnitType: series.unit,
      ReadingType: series.basis === 'netted' ? 'BN02' : 'BN01',
      Observations: observations,
    };
  }

  function observation(point: StoredPoint): Record<string, unknown>[] {
    const PeriodStartTime = stamp(point.start);
    if (point.value === null) {
      if (options.missing !== 'code') return [];
      return [{ PeriodStartTime, Quantity: '0.000000', Quality: point.code ?? 'MISSING' }];
    }
    const [whole = '', rest = ''] = point.value.split('.');
    return [
      {
        PeriodStartTime,
        Quantity: `${whole}.${rest.padEnd(6, '0')}`,
        Quality: point.code ?? codes[point.quality] ?? 'OK',
      },
    ];
  }

  return {
    clientCertificate: 'required',
    limits:
      options.perMinute === undefined
        ? []
        : [{ scope: 'address', max: options.perMinute, per: 60_000 }],
    countFor: (call) => [['address', call.address]],
    tooMany: () => json(429, {}),
    handle: (call) => {
      const visited = service.handle(call);
      if (visited !== null) return visited;
      const name = /^\/rest\/FGR\/(\w+)$/.exec(call.path)?.[1];
      // GET was removed in 2.6.
      if (call.method !== 'POST') return json(405, { error: 'POST only' });
      if (call.client === null) return json(403, { error: 'no client certificate' });
      if (!(call.header('accept') ?? '').includes('application/json')) return json(406, {});
      const request = readRequest(call.body, name);
      if (request === null) return json(400, { error: 'no such request' });
      if (request['organisationUser'] !== organisationUser) return json(200, {});
      const filters = (request['Filters'] ?? {}) as Record<string, unknown>;
      switch (name) {
        case 'GetCustomerDataPost':
          return json(200, customerData(filters));
        case 'GetTimeSeriesDataPost':
          return json(200, timeSeries(call, filters));
        case 'GetAccountingPointDataPost':
          return json(200, accountingPoint(right(filters), filters, header('AP.DIF')));
        default:
          return json(404, { error: 'no such function' });
      }
    },
    act: (action, args) => {
      switch (action) {
        case 'withdraw':
          withdrawn.add(String(args['customer']));
          return null;
        case 'give':
          withdrawn.delete(String(args['customer']));
          return null;
        case 'request':
          service.open(String(args['id']), String(args['customer']));
          return null;
        case 'answer': {
          const status = String(args['status'] ?? 'Approved') as AuthorizationRequest['status'];
          const request = service.answer(String(args['id']), status);
          if (status === 'Approved') withdrawn.delete(request.customer);
          return null;
        }
        case 'status':
          return service.find(String(args['id']))?.status ?? null;
        case 'correct':
          store.correct(String(args['meteringPoint']), args['point'] as StoredPoint);
          return null;
        default:
          throw new Error(`Fingrid Datahub knows no action ${action}`);
      }
    },
    credentials: () => ({
      organisationUser,
      customer: [...customers.keys()][0] ?? '',
      customers: [...customers.keys()].join(' '),
    }),
  };
}

/** The shape of this answer is not published: a metering point as customer data has it. */
function accountingPoint(
  customer: TestCustomer | null,
  filters: Readonly<Record<string, unknown>>,
  header: unknown,
): unknown {
  const point = String(filters['meteringPointEAN'] ?? '');
  if (customer === null || !customer.meteringPoints.includes(point)) return {};
  return {
    RetrieveAccountingPointResponse: {
      Header: header,
      Transaction: { MeteringPoint: { MeteringPointEAN: point, MeteringPointStatus: 'AE01' } },
    },
  };
}

function reasons(all: readonly (readonly [string, string])[]): unknown {
  return {
    RetrieveTimeSeriesData: {
      Transaction: {
        ReasonCode: all[0]?.[0],
        EventReasons: {
          EventReason: all.map(([EventReasonCode, EventReasonText]) => ({
            EventReasonCode,
            EventReasonText,
          })),
        },
      },
    },
  };
}

/** Sums of what is there; a sum of which a part is missing says so. */
function summed(points: readonly StoredPoint[], resolution: Resolution): StoredPoint[] {
  const groups = new Map<number, { end: number; points: StoredPoint[] }>();
  let start = 0;
  let end = -Infinity;
  for (const point of points) {
    if (point.start >= end) {
      start = resolution === 'PT1H' ? Math.floor(point.start / 3_600_000) * 3_600_000 : point.start;
      end = resolution === 'PT1H' ? start + 3_600_000 : next(point.start, resolution as 'P1D', 2);
      groups.set(start, { end, points: [] });
    }
    groups.get(start)?.points.push(point);
  }
  return [...groups].flatMap(([at, group]) => {
    const values = group.points.flatMap(({ value }) => (value === null ? [] : [value]));
    if (values.length === 0) return [];
    const whole = values.length === group.points.length;
    return [
      {
        start: at,
        end: group.end,
        value: sum(values),
        quality: whole ? ('measured' as const) : ('incomplete' as const),
      },
    ];
  });
}

function readRequest(body: string, name: string | undefined): Record<string, unknown> | null {
  try {
    const outer = JSON.parse(body) as Record<string, unknown>;
    const inner = outer[(name ?? '').replace('Post', 'Request')];
    return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function json(status: number, value: unknown): HubReply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}
