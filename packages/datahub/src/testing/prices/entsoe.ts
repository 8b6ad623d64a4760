import { randomUUID } from 'node:crypto';
import type { HubApp, HubCall, HubContext, HubReply } from '../app.ts';
import { civil, midnight } from '../european-time.ts';
import { PriceStore, type StoredPrice } from './store.ts';

/** Settings of ENTSO-E's test hub: `options` of the server. */
export interface EntsoeHubOptions {
  /** Status of an answer that there is nothing; both were seen. 200 unless told. */
  readonly noDataStatus?: 200 | 400;
  /** How positions are left out: `A03` leaves out what repeats, `A01` sends all. */
  readonly curve?: 'A01' | 'A03';
}

const token = '7b1c9a52-5a1c-4c1e-9b7a-5f0c0c0e9d11';
const longest = 366 * 86_400_000;

/** Typed again, from another list than the client's. */
const areas: Readonly<Record<string, string>> = {
  '10YNO-1--------2': 'NO1',
  '10YNO-2--------T': 'NO2',
  '10YNO-3--------J': 'NO3',
  '10YNO-4--------9': 'NO4',
  '10Y1001A1001A48H': 'NO5',
  '10Y1001A1001A44P': 'SE1',
  '10Y1001A1001A45N': 'SE2',
  '10Y1001A1001A46L': 'SE3',
  '10Y1001A1001A47J': 'SE4',
  '10YFI-1--------U': 'FI',
  '10YDK-1--------W': 'DK1',
  '10YDK-2--------M': 'DK2',
  '10Y1001A1001A82H': 'DE-LU',
};

/** The Transparency Platform's day-ahead prices: whole market days, mixed resolutions, one code for every refusal, a ban. */
export function entsoeApp(context: HubContext): HubApp {
  const options = context.options as EntsoeHubOptions;
  const store = new PriceStore(context);

  function dayAhead(call: HubCall): HubReply {
    const query = call.query;
    if (query.get('securityToken') !== token)
      return acknowledgement(401, 'Unauthorized. Missing or invalid security token.');
    if (query.get('documentType') !== 'A44') return acknowledgement(400, 'Invalid document type.');
    const area = areas[query.get('in_Domain') ?? ''];
    const from = instantOf(query.get('periodStart'));
    const to = instantOf(query.get('periodEnd'));
    if (area === undefined || query.get('in_Domain') !== query.get('out_Domain'))
      return acknowledgement(400, 'Invalid query attributes or parameters: in_Domain, out_Domain');
    if (from === null || to === null || to <= from)
      return acknowledgement(400, 'Delivered time interval is not valid for this Data item.');
    if (to - from > longest)
      return acknowledgement(400, 'The amount of requested data exceeds allowed limit: 1 year.');
    // The answer holds every market day that the period touches.
    const begin = dayStart(from);
    const last = dayStart(to - 1);
    const end = dayAfter(last);
    const wanted = query.get('classificationSequence_AttributeInstanceComponent.position');
    const sequences = wanted === null ? [1, 2] : [Number(wanted)];
    const series = sequences.flatMap((sequence) => {
      const prices = store.between(area, sequence, begin, end);
      return prices.length === 0 ? [] : [seriesXml(call, prices, sequence, area === 'DE-LU')];
    });
    if (series.length === 0)
      return acknowledgement(
        options.noDataStatus ?? 200,
        'No matching data found for Data item ENERGY_PRICES',
      );
    return xml(200, publication(call, series, begin, end));
  }

  function publication(call: HubCall, series: readonly string[], from: number, to: number): string {
    return (
      '<?xml version="1.0" encoding="utf-8"?>\n' +
      '<Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3">' +
      `<mRID>${randomUUID().replaceAll('-', '')}</mRID><revisionNumber>1</revisionNumber><type>A44</type>` +
      `<createdDateTime>${new Date(context.now()).toISOString().slice(0, 19)}Z</createdDateTime>` +
      `<period.timeInterval><start>${minute(from)}</start><end>${minute(to)}</end></period.timeInterval>` +
      (call.fault === 'unknown-field' ? '<brandNew><a>1</a></brandNew>' : '') +
      series.join('') +
      '</Publication_MarketDocument>'
    );
  }

  function seriesXml(
    call: HubCall,
    prices: readonly StoredPrice[],
    sequence: number,
    named: boolean,
  ): string {
    const curve = options.curve ?? 'A03';
    const periods = cutPeriods(prices).map((period) => periodXml(call, period, curve));
    if (call.fault === 'unsorted') periods.reverse();
    if (call.fault === 'duplicates') periods.push(periods[0] as string);
    return (
      `<TimeSeries><mRID>${sequence}</mRID><auction.type>A01</auction.type><businessType>A62</businessType>` +
      `<in_Domain.mRID codingScheme="A01">${call.query.get('in_Domain')}</in_Domain.mRID>` +
      `<out_Domain.mRID codingScheme="A01">${call.query.get('out_Domain')}</out_Domain.mRID>` +
      '<contract_MarketAgreement.type>A01</contract_MarketAgreement.type>' +
      '<currency_Unit.name>EUR</currency_Unit.name><price_Measure_Unit.name>MWH</price_Measure_Unit.name>' +
      (named
        ? `<classificationSequence_AttributeInstanceComponent.position>${sequence}</classificationSequence_AttributeInstanceComponent.position>`
        : '') +
      `<curveType>${curve}</curveType>${periods.join('')}</TimeSeries>`
    );
  }

  return {
    limits: [
      { scope: 'address', max: 400, per: 60_000, ban: 600_000 },
      { scope: 'token', max: 400, per: 60_000, ban: 600_000 },
    ],
    countFor: (call) => [
      ['address', call.address],
      ['token', call.query.get('securityToken') ?? ''],
    ],
    tooMany: () => ({
      status: 429,
      headers: { 'content-type': 'text/html' },
      body: '<html><body>Max allowed requests per minute from each unique IP is max up to 400</body></html>',
    }),
    handle: (call) =>
      call.path === '/api' && call.method === 'GET'
        ? dayAhead(call)
        : { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>Not Found</html>' },
    act: (action, args) => {
      if (action !== 'correct') throw new Error(`ENTSO-E knows no action ${action}`);
      store.correct(String(args['area']), Date.parse(String(args['start'])), String(args['value']));
      return null;
    },
    credentials: () => ({ token }),
  };

  function acknowledgement(status: number, reason: string): HubReply {
    return xml(
      status,
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<Acknowledgement_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0">' +
        `<mRID>${randomUUID()}</mRID><createdDateTime>${new Date(context.now()).toISOString()}</createdDateTime>` +
        `<Reason><code>999</code><text>${reason}</text></Reason></Acknowledgement_MarketDocument>`,
    );
  }
}

function xml(status: number, body: string): HubReply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** `202601012300` in UTC. */
function instantOf(text: string | null): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text ?? '');
  if (parts === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, min = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, min);
}

function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

function dayStart(ms: number): number {
  const { year, month, day } = civil(ms, 1);
  return midnight(year, month, day, 1);
}

function dayAfter(start: number): number {
  const { year, month, day } = civil(start, 1);
  return midnight(year, month, day + 1, 1);
}

/** One period for each market day and resolution. */
function cutPeriods(prices: readonly StoredPrice[]): StoredPrice[][] {
  const periods: StoredPrice[][] = [];
  let until = -Infinity;
  let length = 0;
  for (const price of prices) {
    const own = price.end - price.start;
    if (price.start >= until || own !== length) {
      periods.push([]);
      until = dayAfter(dayStart(price.start));
      length = own;
    }
    periods.at(-1)?.push(price);
  }
  return periods;
}

function periodXml(call: HubCall, prices: readonly StoredPrice[], curve: string): string {
  const first = prices[0] as StoredPrice;
  const last = prices.at(-1) as StoredPrice;
  const step = first.end - first.start;
  const minutes = step === 900_000 ? 'PT15M' : 'PT60M';
  let before: string | null = null;
  const points: string[] = [];
  for (const price of prices) {
    if (curve !== 'A03' || price.value !== before) {
      const position = Math.round((price.start - first.start) / step) + 1;
      points.push(
        `<Point><position>${position}</position><price.amount>${price.value}</price.amount></Point>`,
      );
    }
    before = price.value;
  }
  return (
    `<Period><timeInterval><start>${minute(first.start)}</start><end>${minute(last.end)}</end></timeInterval>` +
    `<resolution>${call.fault === 'unknown-enum' ? 'PT7M' : minutes}</resolution>${points.join('')}</Period>`
  );
}
