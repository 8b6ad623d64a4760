import { Ajv2020 as Ajv, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer, EloverblikThirdParty } from '../../src/eloverblik.ts';
import { eloverblikCodes } from '../../src/eloverblik/codes.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { type Exchange, startTestHub, type TestHub } from '../../src/testing.ts';
import { specJson, specsFolder } from '../hub-specs.ts';
import { point, small } from './data.ts';

/**
 * Where the hub's wire is known to differ from its description, or the description says nothing. Everything else that does
 * not fit fails the test. Sources: DATAHUB notes (go-eloverblik's live check of 2026-07-13, EDDIE).
 */
const deviations = [
  'days and years are spelled PT1D and PT1Y; the description says P1D and P1Y',
  'positions go to 100 on the autumn day; the description says 1-96',
  'errors are bare JSON strings where the description says ProblemDetails',
  'an answer of 429 is described in words only',
  'the CSV of values goes on to the end of its last date; the description says nothing of it',
] as const;

interface Schema {
  readonly $ref?: string;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<
    string,
    { readonly content?: Record<string, { readonly schema?: Schema }> }
  >;
}
interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
  readonly info: { readonly description: string };
}

/** OpenAPI 3.0 in JSON Schema: `nullable`, and no field that the description does not name. */
function schemas(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemas);
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value))
    if (key !== 'readOnly' && key !== 'format') out[key] = schemas(one);
  if (out['nullable'] === true) {
    delete out['nullable'];
    return { anyOf: [out, { type: 'null' }] };
  }
  delete out['nullable'];
  delete out['example'];
  return out;
}

class Held {
  readonly #description: Description;
  readonly #ajv: Ajv = new Ajv({ strict: false, allErrors: true });
  readonly #made: Map<string, ValidateFunction> = new Map();
  readonly used: Set<string> = new Set();

  constructor(file: string) {
    this.#description = specJson(`dk-eloverblik/${file}`) as Description;
    const all = schemas(this.#description.components.schemas) as Record<string, unknown>;
    this.#ajv.addSchema({ $id: 'spec:/d', components: { schemas: all } });
  }

  #check(ref: string, value: unknown): string[] {
    let validate = this.#made.get(ref);
    if (validate === undefined)
      this.#made.set(ref, (validate = this.#ajv.compile({ $ref: `spec:/d${ref}` })));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** What does not fit, as text. */
  faults(exchange: Exchange): string[] {
    const where = `${exchange.method} ${exchange.path}`;
    const found = Object.entries(this.#description.paths).find(([path, operations]) => {
      const pattern = path.replaceAll(/[.]/g, String.raw`\.`).replaceAll(/\{[^}]+\}/g, '[^/]+');
      return (
        new RegExp(`^${pattern}$`).test(exchange.path) &&
        exchange.method.toLowerCase() in operations
      );
    });
    if (found === undefined) return [`${where} is not described`];
    const [path, operations] = found;
    this.used.add(`${exchange.method} ${path}`);
    const operation = operations[exchange.method.toLowerCase()] as Operation;
    const faults: string[] = [];
    const queries = new Set(
      (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map(({ name }) => name),
    );
    for (const name of new URLSearchParams(exchange.query).keys())
      if (!queries.has(name)) faults.push(`${where}: query ${name} is not described`);
    if (exchange.headers['api-version'] !== '1.0') faults.push(`${where}: api-version is not 1.0`);
    const bodySchema = operation.requestBody?.content['application/json']?.schema.$ref;
    if (bodySchema === undefined) {
      if (exchange.body !== '') faults.push(`${where}: a body is not described`);
    } else {
      if (exchange.headers['content-type'] !== 'application/json')
        faults.push(`${where}: the content type is not described`);
      faults.push(...this.#check(bodySchema, JSON.parse(exchange.body ?? '')));
    }
    const answer = operation.responses[String(exchange.status)];
    if (exchange.status !== 200) return faults;
    if (answer === undefined) return [...faults, `${where}: ${exchange.status} is not described`];
    const type = (exchange.replyType ?? '').split(';')[0] as string;
    const content = answer.content?.[type];
    if (content === undefined) return [...faults, `${where}: answers ${type}`];
    const schema = content.schema;
    if (schema?.$ref !== undefined)
      faults.push(...this.#check(schema.$ref, JSON.parse(exchange.reply ?? '')));
    return faults.map((fault) => `${where}: ${fault}`);
  }

  get operations(): string[] {
    return Object.entries(this.#description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  get words(): string {
    return this.#description.info.description.replaceAll(/<[^>]+>/g, ' ');
  }
}

describe.skipIf(specsFolder === undefined)('held against the published descriptions', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({
      hub: 'eloverblik',
      data: small,
      record: true,
      options: { spelling: 'described' },
    });
  });
  afterAll(() => hub.stop());

  const interval = localInterval('2026-10-24', '2026-10-27', danishZone);
  const options = () => ({ origin: hub.origin, clock: hub.clock, fetch: hub.fetch });

  it('every request of the customer API and every answer of the test hub fits', async () => {
    const held = new Held('swagger-eloverblik-customerapi.json');
    const refreshToken = hub.credentials['customerRefreshToken'] as string;
    const client = new EloverblikCustomer({ ...options(), refreshToken });
    await hub.forget();
    await client.isAlive();
    await collect(client.points({ all: true }));
    await collect(client.details([point(1), point(2), point(77)]));
    await collect(client.charges({ meteringPoints: [point(1)] }));
    for (const resolution of [undefined, 'PT1H', 'P1D', 'P1M', 'P1Y'] as const)
      await collect(
        client.series({
          meteringPoints: [point(1), point(2), point(77)],
          interval,
          ...(resolution === undefined ? {} : { resolution }),
        }),
      );
    await client.addRelations([point(5), point(77)]);
    await client.deleteRelation(point(5));
    await client.addRelationByCode(point(5), 'wac-7k2p');
    await collect(client.exportSeries({ meteringPoints: [point(1)], interval }));
    await collect(client.exportMasterData([point(1)]));
    await collect(client.exportCharges([point(1)]));
    const { exchanges } = await hub.report();
    expect(exchanges.flatMap((exchange) => held.faults(exchange))).toEqual([]);
    // Complete: there is no described operation that the client does not use.
    expect(held.operations.filter((operation) => !held.used.has(operation))).toEqual([]);
  });

  it('every request of the third-party API and every answer of the test hub fits', async () => {
    const held = new Held('swagger-eloverblik-thirdpartyapi.json');
    const refreshToken = hub.credentials['thirdPartyRefreshToken'] as string;
    const client = new EloverblikThirdParty({ ...options(), refreshToken });
    await hub.forget();
    await client.isAlive();
    await collect(client.consents());
    await collect(client.points());
    await client.pointsOf('customerKey', 'everything');
    await collect(client.details([point(1)]));
    await collect(client.charges({ meteringPoints: [point(1)] }));
    await collect(client.series({ meteringPoints: [point(1), point(2)], interval }));
    const { exchanges } = await hub.report();
    expect(exchanges.flatMap((exchange) => held.faults(exchange))).toEqual([]);
    expect(held.operations.filter((operation) => !held.used.has(operation))).toEqual([]);
  });

  it('knows every error code that the descriptions list', () => {
    const known = new Set(eloverblikCodes.map(([code]) => code));
    for (const file of ['customerapi', 'thirdpartyapi']) {
      const { words } = new Held(`swagger-eloverblik-${file}.json`);
      const listed = [...words.matchAll(/\b([1-6]\d{4})\s+[A-Z][A-Za-z]+/g)].map(([, code]) =>
        Number(code),
      );
      expect(listed.length).toBeGreaterThan(20);
      expect(listed.filter((code) => code !== 10000 && !known.has(code))).toEqual([]);
    }
  });

  it('the client keeps the limits that the descriptions state', () => {
    const { words } = new Held('swagger-eloverblik-customerapi.json');
    expect(words).toMatch(/GetToken are restricted to 2 per minute/);
    expect(words).toMatch(/per IP address is restricted to 120 per minute/);
    expect(words).toMatch(/maximum period of 730 days/);
    expect(words).toMatch(/10 metering points at a time/);
  });

  it('lists its deviations in the documentation', async () => {
    const { readFileSync } = await import('node:fs');
    const page = readFileSync(new URL('../../../../docs/datahub.md', import.meta.url), 'utf8');
    for (const deviation of deviations) expect(page).toContain(deviation);
  });
});
