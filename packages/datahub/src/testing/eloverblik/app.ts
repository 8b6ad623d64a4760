import type { MeteringPoint, MeteringPointId } from '@metergram/model';
import { randomUUID } from 'node:crypto';
import type { HubApp, HubCall, HubContext, HubReply } from '../app.ts';
import type { Charge } from '../../core/client.ts';
import { generatedCharges } from '../charges.ts';
import { civil, midnight, next } from '../european-time.ts';
import { SeriesStore } from '../store.ts';
import { type Authorization, authorizationsOf } from './authorizations.ts';
import { bracketed, failedItem, hashed, json, problem } from './errors.ts';
import { chargeRows, headings, masterDataRow, seriesRows } from './exports.ts';
import { chargesText, details, listRow } from './masterdata.ts';
import { isDate, midnightOf, okItem, requested } from './requests.ts';
import { available, marketDocument } from './series.ts';
import { type Claims, TokenMint } from './tokens.ts';

/** Settings of Eloverblik's test hub: `options` of the server. */
export interface EloverblikOptions {
  /** Hours that an access token holds; 24 unless told. */
  readonly accessTokenHours?: number;
  /** `live`: PT1D and PT1Y, as the hub really sends; `described`: P1D and P1Y. */
  readonly spelling?: 'live' | 'described';
  /** What a metering point without a right does to a request: its own item fails, or the whole is refused. */
  readonly denial?: 'item' | 'whole';
  /** Sends Retry-After with 429; the real hub promises none. */
  readonly retryAfter?: boolean;
}

const dayMs = 86_400_000;

/** Eloverblik, customer and third-party API, as described on 2026-02-10 with the deviations that are known of the wire. */
export function eloverblikApp(context: HubContext): HubApp {
  const options = context.options as EloverblikOptions;
  const store = new SeriesStore(context.data, 1);
  const mint = new TokenMint();
  const points = new Map<string, MeteringPoint>(
    (context.data.meteringPoints ?? []).map((point) => [point.id, point]),
  );
  for (const id of store.ids)
    if (!points.has(id))
      points.set(id, {
        id: id as MeteringPointId,
        kind: 'consumption',
        medium: 'electricity',
        ...(store.of(id)[0] === undefined ? {} : { resolution: store.of(id)[0]!.resolution }),
      });
  const roots = [...points.values()].filter((point) => point.parent === undefined);
  const childrenOf = (id: string): MeteringPoint[] =>
    [...points.values()].filter((point) => point.parent === id);
  const own = context.data.hub?.eloverblik ?? {};
  const related = new Set(roots.map(({ id }) => id as string));
  for (const id of own.unrelated ?? []) related.delete(id);
  const authorizations = authorizationsOf(context.data, [...points.keys()], context.now());
  let generation = 0;
  const refresh = {
    customer: mint.issue({ type: 'refresh', api: 'customer', exp: inDays(360), gen: 0 }),
    thirdparty: mint.issue({ type: 'refresh', api: 'thirdparty', exp: inDays(360), gen: 0 }),
  };
  const withdrawn = new Set<string>();

  function inDays(days: number): number {
    return Math.floor((context.now() + days * dayMs) / 1000);
  }

  /** Who asks, or the refusal. */
  function who(call: HubCall, api: Claims['api'], type: Claims['type']): Claims | HubReply {
    const given = /^Bearer (\S+)$/.exec(call.header('authorization') ?? '')?.[1] ?? '';
    const claims = mint.read(given);
    if (claims === null || claims.api !== api || withdrawn.has(given))
      return problem(401, 'Unauthorized');
    if (claims.exp * 1000 <= context.now()) return bracketed(401, 50001, 'Token is not valid');
    if (claims.type !== type)
      return type === 'refresh'
        ? problem(403, 'Forbidden')
        : bracketed(401, 50000, 'Wrong token type');
    if (type === 'access' && claims.gen !== generation) return problem(401, 'Unauthorized');
    return claims;
  }

  function token(call: HubCall, api: Claims['api']): HubReply {
    const claims = who(call, api, 'refresh');
    if ('status' in claims) return claims;
    const hours = options.accessTokenHours ?? 24;
    const exp = Math.floor(context.now() / 1000) + Math.round(hours * 3600);
    return json(
      200,
      JSON.stringify({ result: mint.issue({ type: 'access', api, exp, gen: generation }) }),
    );
  }

  /** May this credential read this metering point, and between which instants? */
  function right(api: Claims['api'], id: string): { from: number; to: number } | null {
    if (api === 'customer') {
      const root = points.get(id)?.parent ?? id;
      return related.has(root) ? { from: -Infinity, to: Infinity } : null;
    }
    const mine = active().filter((one) => one.meteringPoints.includes(id));
    if (mine.length === 0) return null;
    return {
      from: Math.min(...mine.map(({ from }) => from)),
      to: Math.max(...mine.map(({ to }) => to)),
    };
  }

  function active(): Authorization[] {
    return [...authorizations.values()].filter((one) => one.ends > context.now());
  }

  /** Answers for each metering point of the request; `one` gives the item's own text. */
  function forEach(
    call: HubCall,
    api: Claims['api'],
    one: (id: string, bounds: { from: number; to: number }) => string,
  ): HubReply {
    const ids = requested(call);
    if (!Array.isArray(ids)) return ids;
    const denied = ids.filter((id) => right(api, id) === null);
    if (denied.length === ids.length && api === 'customer')
      return bracketed(400, 20013, 'No valid metering points in list');
    if (denied.length > 0 && options.denial === 'whole')
      return bracketed(400, 20010, 'Relation not found');
    const items = ids.map((id) => {
      if (!/^\d{18}$/.test(id)) return failedItem(id, 20003, 'MeteringPointIdNot18CharsLong');
      const bounds = right(api, id);
      if (bounds !== null) return one(id, bounds);
      return points.has(id)
        ? failedItem(id, 20012, 'Unauthorized')
        : failedItem(id, 20008, 'MeteringPointNotFound');
    });
    return json(200, `{"result":[${items.join(',')}]}`);
  }

  function timeseries(call: HubCall, api: Claims['api'], parts: readonly string[]): HubReply {
    const [from = '', to = '', aggregation = ''] = parts;
    if (!isDate(from) || !isDate(to)) return hashed(30004, 'Invalid date format');
    if (!/^(Actual|Quarter|Hour|Day|Month|Year)$/.test(aggregation))
      return problem(400, 'One or more validation errors occurred.');
    const { year, month, day } = civil(context.now(), 1);
    const today = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    if (from > today) return hashed(30000, 'From-date is later than todays date');
    if (from > to) return hashed(30001, 'From-date is later than to-date');
    if (from === to) return hashed(30002, 'To-date cannot be equal to from-date');
    if (to > today) return hashed(30003, 'To-date is later than todays date');
    if ((Date.parse(to) - Date.parse(from)) / dayMs > 730)
      return hashed(30014, 'The period is longer than 730 days');
    return forEach(call, api, (id, bounds) => {
      const begin = Math.max(midnightOf(from), midnightOf(`${year - 5}-01-01`));
      const end = midnightOf(to);
      if (begin < bounds.from || end > bounds.to)
        return failedItem(id, 30010, 'Date is outside of the authorization');
      const series = (own.noData ?? []).includes(id) ? [] : store.of(id);
      const given = series.filter((one) => available(one, aggregation));
      if (series.length > 0 && given.length === 0)
        return failedItem(id, 30008, 'RequestedAggregationUnavailable');
      return okItem(
        id,
        marketDocument(id, given, begin, end, aggregation, {
          spelling: options.spelling ?? 'live',
          created: context.now(),
          deviation: call.fault,
        }),
      );
    });
  }

  function csv(
    call: HubCall,
    api: Claims['api'],
    header: string,
    row: (id: string) => string,
  ): HubReply {
    const ids = requested(call);
    if (!Array.isArray(ids)) return ids;
    const mine = ids.filter((id) => right(api, id) !== null);
    if (mine.length === 0) return bracketed(400, 20013, 'No valid metering points in list');
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="export.csv"',
      },
      body: `\uFEFF${header}\r\n${mine.map(row).join('')}`,
    };
  }

  function customer(call: HubCall, path: string): HubReply {
    const claims = who(call, 'customer', 'access');
    if ('status' in claims) return claims;
    const parts = path.split('/');
    const route = `${call.method} ${parts.slice(0, 3).join('/')}`;
    switch (route) {
      case 'GET meteringpoints/meteringpoints': {
        const all = call.query.get('includeAll') === 'true';
        const rows = roots
          .filter(({ id }) => all || related.has(id))
          .map((point) => listRow(point, childrenOf(point.id), 'customer', related.has(point.id)));
        return json(200, JSON.stringify({ result: rows }));
      }
      case 'POST meteringpoints/meteringpoint/getdetails':
        return forEach(call, 'customer', (id) => detailsItem(id, 'customer'));
      case 'POST meteringpoints/meteringpoint/getcharges':
        return forEach(call, 'customer', (id) => chargesItem(id, 'customer'));
      case 'POST meteringpoints/meteringpoint/relation': {
        const ids = requested(call);
        if (!Array.isArray(ids)) return ids;
        const items = ids.map((id) => {
          if (!points.has(id)) return failedItem(id, 20008, 'MeteringPointNotFound');
          if (related.has(id)) return failedItem(id, 20002, 'MeteringPointRelationAlreadyExist');
          related.add(id);
          return okItem(id, `"result":"${id}"`);
        });
        return json(200, `{"result":[${items.join(',')}]}`);
      }
      case 'PUT meteringpoints/meteringpoint/relation': {
        const [, , , , id = '', code = ''] = parts;
        if (code.length !== 8)
          return bracketed(400, 20006, 'Web access code must be 8 characters long');
        if (own.webAccessCodes?.[id] !== code)
          return bracketed(404, 20000, `Invalid metering point ID or web access code ${code}`);
        related.add(id);
        return json(200, JSON.stringify({ result: id }));
      }
      case 'DELETE meteringpoints/meteringpoint/relation':
        return related.delete(parts[3] ?? '')
          ? json(200, JSON.stringify({ result: true }))
          : bracketed(400, 20010, 'Relation not found');
      case 'POST meteringpoints/masterdata/export':
        return csv(call, 'customer', headings.masterData, (id) =>
          masterDataRow(points.get(id) as MeteringPoint),
        );
      case 'POST meteringpoints/charges/export':
        return csv(call, 'customer', headings.charges, (id) => chargeRows(id, chargesOf(id)));
      case 'POST meterdata/timeseries/export': {
        const [, , , from = '', to = '', aggregation = ''] = parts;
        // The export goes on to the end of its last date, unlike the series; of today there is nothing yet.
        const { year, month, day } = civil(context.now(), 1);
        const end = Math.min(next(midnightOf(to), 'P1D', 1), midnight(year, month, day, 1));
        return csv(call, 'customer', headings.series, (id) => {
          const all = store.of(id).filter((one) => available(one, aggregation));
          return seriesRows(
            points.get(id) as MeteringPoint,
            all,
            midnightOf(from),
            end,
            aggregation,
          );
        });
      }
      default:
        return parts[1] === 'gettimeseries' && call.method === 'POST'
          ? timeseries(call, 'customer', parts.slice(2))
          : problem(404, 'Not Found');
    }
  }

  function thirdParty(call: HubCall, path: string): HubReply {
    const claims = who(call, 'thirdparty', 'access');
    if ('status' in claims) return claims;
    const parts = path.split('/');
    const route = `${call.method} ${parts.slice(0, 3).join('/')}`;
    switch (route) {
      case 'GET authorization/authorizations':
        return json(200, JSON.stringify({ result: active().map(({ wire }) => wire) }));
      case 'GET authorization/authorization/meteringpoints':
      case 'GET authorization/authorization/meteringpointids': {
        const [, , what, scope = '', id = ''] = parts;
        if (!/^(authorizationId|customerCVR|customerKey)$/.test(scope))
          return problem(400, 'One or more validation errors occurred.');
        const name = scope === 'authorizationId' ? 'id' : scope;
        const found = active().filter(({ wire }) => wire[name] === id);
        if (found.length === 0) return bracketed(404, 40014, 'No authorizations found');
        const ids = [...new Set(found.flatMap(({ meteringPoints }) => meteringPoints))];
        if (what === 'meteringpointids') return json(200, JSON.stringify({ result: ids }));
        const rows = ids.flatMap((one) => {
          const point = points.get(one);
          if (point === undefined || point.parent !== undefined) return [];
          const row = listRow(point, childrenOf(one), 'thirdparty', true);
          const { validFrom, validTo } = found[0]!.wire;
          return [{ ...row, accessFrom: validFrom, accessTo: validTo }];
        });
        return json(200, JSON.stringify({ result: rows }));
      }
      case 'POST meteringpoint/getdetails':
        return forEach(call, 'thirdparty', (id) => detailsItem(id, 'thirdparty'));
      case 'POST meteringpoint/getcharges':
        return forEach(call, 'thirdparty', (id) => chargesItem(id, 'thirdparty'));
      default:
        return parts[1] === 'gettimeseries' && call.method === 'POST'
          ? timeseries(call, 'thirdparty', parts.slice(2))
          : problem(404, 'Not Found');
    }
  }

  function detailsItem(id: string, api: Claims['api']): string {
    const point = points.get(id) as MeteringPoint;
    return okItem(id, `"result":${JSON.stringify(details(point, childrenOf(id), api))}`);
  }

  function chargesItem(id: string, api: Claims['api']): string {
    return okItem(id, `"result":${chargesText(id, chargesOf(id), api)}`);
  }

  function chargesOf(id: string): readonly Charge[] {
    const given = (context.data.charges ?? []).filter((charge) => charge.meteringPoint === id);
    return given.length > 0 || !store.isGenerated(id) ? given : generatedCharges(id);
  }

  return {
    limits: [
      { scope: 'token', max: 2, per: 60_000 },
      { scope: 'address', max: 120, per: 60_000 },
      { scope: 'all', max: 1200, per: 60_000 },
    ],
    countFor: (call) => [
      ...(call.path.endsWith('/api/token') ? [['token', call.address] as const] : []),
      ['address', call.address],
      ['all', ''],
    ],
    tooMany: (wait) => {
      const reply = problem(429, 'Too Many Requests');
      if (options.retryAfter !== true) return reply;
      return {
        ...reply,
        headers: { ...reply.headers, 'retry-after': String(Math.ceil(wait / 1000)) },
      };
    },
    handle: (call) => {
      const match = /^\/(customer|thirdparty)api\/api\/(.+)$/.exec(call.path);
      const api = match?.[1] as Claims['api'] | undefined;
      const path = match?.[2] ?? '';
      const given = call.header('x-user-correlation-id');
      const reply = ((): HubReply => {
        if (api === undefined) return problem(404, 'Not Found');
        if (path === 'isalive') return json(200, 'true');
        if (path === 'token') return call.method === 'GET' ? token(call, api) : problem(405, 'No');
        return api === 'customer' ? customer(call, path) : thirdParty(call, path);
      })();
      return {
        ...reply,
        headers: {
          ...reply.headers,
          'x-correlation-id': randomUUID(),
          ...(given === null ? {} : { 'x-user-correlation-id': given }),
        },
      };
    },
    act: (action, args) => {
      switch (action) {
        case 'give': {
          const grant = authorizationsOf({ grants: [args as never] }, [], context.now());
          for (const [id, one] of grant) authorizations.set(id, one);
          return [...grant.keys()];
        }
        case 'withdraw':
          return authorizations.delete(String(args['id']));
        case 'correct':
          store.correct(String(args['meteringPoint']), args['point'] as never);
          return null;
        case 'refuse-access-tokens':
          generation++;
          return null;
        case 'withdraw-refresh-tokens':
          withdrawn.add(refresh.customer).add(refresh.thirdparty);
          return null;
        default:
          throw new Error(`Eloverblik knows no action ${action}`);
      }
    },
    credentials: () => ({
      customerRefreshToken: refresh.customer,
      thirdPartyRefreshToken: refresh.thirdparty,
      expiredRefreshToken: mint.issue({
        type: 'refresh',
        api: 'customer',
        exp: inDays(-1),
        gen: 0,
      }),
    }),
  };
}
