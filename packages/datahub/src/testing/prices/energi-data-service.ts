import type { HubApp, HubCall, HubContext, HubReply } from '../app.ts';
import { midnight, offset } from '../european-time.ts';
import { PriceStore, quarterStart, type StoredPrice } from './store.ts';

/** Energi Data Service: datasets of prices and charges, numbers as JSON numbers, one request a minute for each dataset. */
export function energiDataServiceApp(context: HubContext): HubApp {
  const store = new PriceStore(context);
  const own = context.data.hub?.energidataservice ?? {};

  function prices(call: HubCall, dataset: 'Elspotprices' | 'DayAheadPrices'): string[] {
    const from = danish(call.query.get('start')) ?? 0;
    const to = danish(call.query.get('end')) ?? context.now() + 86_400_000;
    const wanted = filterOf(call)?.['PriceArea'] ?? ['DK1', 'DK2'];
    const begin = dataset === 'Elspotprices' ? from : Math.max(from, quarterStart);
    const end = dataset === 'Elspotprices' ? Math.min(to, quarterStart) : to;
    return wanted.flatMap((area) => {
      const all = store.between(area, 1, begin, end);
      return all.map((price, at) =>
        row(dataset, area, price, at >= all.length - (own.withoutRate ?? 0)),
      );
    });
  }

  function charges(call: HubCall): string[] {
    const filter = filterOf(call) ?? {};
    // The period counts by the column ValidFrom.
    const from = danish(call.query.get('start'));
    const to = danish(call.query.get('end'));
    return (own.charges ?? [])
      .filter((charge) =>
        Object.entries(filter).every(([column, values]) => values.includes(String(charge[column]))),
      )
      .filter((charge) => {
        const begins = danish(String(charge['ValidFrom']).slice(0, 16)) ?? 0;
        return (from === null || begins >= from) && (to === null || begins < to);
      })
      .map((charge) => JSON.stringify(charge));
  }

  return {
    limits: [{ scope: 'dataset', max: 1, per: 60_000 }],
    countFor: (call) => [['dataset', `${call.address} ${call.path}`]],
    tooMany: () => ({
      status: 429,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"Too many requests"}',
    }),
    handle: (call): HubReply => {
      const name = /^\/dataset\/(\w+)$/.exec(call.path)?.[1] ?? '';
      let rows: string[];
      if (name === 'Elspotprices' || name === 'DayAheadPrices') rows = prices(call, name);
      else if (name === 'DatahubPricelist') rows = charges(call);
      else return { status: 404, body: '{"error":"No such dataset"}' };
      if (call.fault === 'unsorted') rows.reverse();
      if (call.fault === 'duplicates' && rows[0] !== undefined) rows.push(rows[0]);
      const skip = Number(call.query.get('offset') ?? 0);
      // A hundred rows unless more are asked for.
      const limit = Number(call.query.get('limit') ?? 100);
      const page = rows.slice(skip, limit === 0 ? undefined : skip + limit);
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: `{"total":${rows.length},"limit":${limit},"dataset":"${name}","records":[${page.join(',')}]}`,
      };
    },
    act: (action, args) => {
      if (action !== 'correct') throw new Error(`Energi Data Service knows no action ${action}`);
      store.correct(String(args['area']), Date.parse(String(args['start'])), String(args['value']));
      return null;
    },
  };
}

function filterOf(call: HubCall): Record<string, readonly string[]> | null {
  const text = call.query.get('filter');
  if (text === null) return null;
  const raw = JSON.parse(text) as Record<string, string | readonly string[]>;
  return Object.fromEntries(
    Object.entries(raw).map(([column, value]) => [column, [value].flat().map(String)]),
  );
}

/** `yyyy-MM-dd` or `yyyy-MM-ddTHH:mm`, Danish time. */
function danish(text: string | null): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/.exec(text ?? '');
  if (parts === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return midnight(year, month, day, 1) + (hour * 60 + minute) * 60_000;
}

function row(dataset: string, area: string, price: StoredPrice, withoutRate: boolean): string {
  const utc = new Date(price.start).toISOString().slice(0, 19);
  const local = new Date(price.start + offset(price.start, 1)).toISOString().slice(0, 19);
  // Seven kroner and a half to the euro, exactly.
  const dkk = withoutRate ? 'null' : times(price.value, 75n, 1);
  return dataset === 'Elspotprices'
    ? `{"HourUTC":"${utc}","HourDK":"${local}","PriceArea":"${area}","SpotPriceDKK":${dkk},"SpotPriceEUR":${price.value}}`
    : `{"TimeUTC":"${utc}","TimeDK":"${local}","PriceArea":"${area}","DayAheadPriceEUR":${price.value},"DayAheadPriceDKK":${dkk}}`;
}

/** `value × factor / 10^scale`, exactly. */
function times(value: string, factor: bigint, scale: number): string {
  const negative = value.startsWith('-');
  const [whole = '0', rest = ''] = value.replace('-', '').split('.');
  const digits = (BigInt(whole + rest) * factor).toString().padStart(rest.length + scale + 1, '0');
  const cut = digits.length - rest.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}
