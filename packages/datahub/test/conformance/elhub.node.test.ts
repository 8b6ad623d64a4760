import { readdirSync, readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import ts from 'typescript';
import { parse } from 'yaml';
import { afterEach, describe, expect, test } from 'vitest';
import { collect } from '../../src/index.ts';
import type { Exchange } from '../../src/testing.ts';
import { client, documentSubmission, startElhub, stopHubs, submission } from '../elhub/setup.ts';
import { specsFolder, specText } from '../hub-specs.ts';

afterEach(stopHubs);

const base = 'https://described.invalid/';
type Tree = Readonly<Record<string, unknown>>;

function files(folder: string): string[] {
  return readdirSync(new URL(folder, specsFolder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.json'),
  );
}

/** A validator that knows every schema by its place, so that the description's own references lead where they say. */
function validator(): { compile: (ref: string) => ValidateFunction } {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('UUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
  const folder = 'no-elhub/access-api/schemas/';
  for (const name of files(folder)) {
    ajv.addSchema({
      ...(JSON.parse(specText(folder + name)) as object),
      $id: `${base}schemas/${name}`,
    });
  }
  return { compile: (ref) => ajv.getSchema(new URL(ref, base).href) as ValidateFunction };
}

const described =
  specsFolder === undefined ? {} : (parse(specText('no-elhub/access-api/openapi.yaml')) as Tree);

function at(tree: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree);
}

/** A part of the description, through its references. */
function resolve(node: unknown): Tree {
  const ref = (node as Tree | undefined)?.['$ref'];
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return (node ?? {}) as Tree;
  return resolve(at(described, ...ref.slice(2).split('/')));
}

function operationOf(exchange: Exchange): { name: string; operation: Tree } | null {
  const path = exchange.path.replace('/access/v0', '');
  const template = Object.keys(described['paths'] as Tree).find((name) =>
    new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('{id}', '[^/.]+')}$`).test(path),
  );
  const operation =
    template === undefined
      ? undefined
      : at(described, 'paths', template, exchange.method.toLowerCase());
  return operation === undefined
    ? null
    : { name: `${exchange.method} ${template}`, operation: operation as Tree };
}

/** Everything in which an exchange differs from the description, in short: where, and what. */
function violations(exchange: Exchange, compile: (ref: string) => ValidateFunction): string[] {
  const found = operationOf(exchange);
  if (found === null) return [`${exchange.method} ${exchange.path} is not described`];
  const { operation } = found;
  const told: string[] = [];
  const parameters = ((operation['parameters'] ?? []) as unknown[]).map(resolve);
  const known = new Set(
    parameters.filter((one) => one['in'] === 'query').map((one) => one['name']),
  );
  for (const name of new URLSearchParams(exchange.query).keys())
    if (!known.has(name)) told.push(`query ${name}`);
  for (const one of parameters) {
    // The sender's GLN is not recorded; the test hub itself refuses a call without it.
    if (one['in'] !== 'header' || one['required'] !== true || /gln/i.test(String(one['name'])))
      continue;
    if (exchange.headers[String(one['name']).toLowerCase()] === undefined)
      told.push(`header ${String(one['name'])}`);
  }
  const type = exchange.headers['content-type'];
  const wanted = at(operation, 'requestBody', 'content') as Tree | undefined;
  if (wanted !== undefined) {
    if (type === undefined || !(type in wanted)) told.push(`request type ${type ?? 'none'}`);
    else told.push(...check(at(wanted, type, 'schema'), exchange.body ?? '', 'request', compile));
  } else if ((exchange.body ?? '') !== '') told.push('request body');
  const response = resolve(at(operation, 'responses', String(exchange.status)));
  if (Object.keys(response).length === 0)
    return [...told, `status ${exchange.status} of ${found.name}`];
  const content = response['content'] as Tree | undefined;
  if (content === undefined)
    return (exchange.reply ?? '') === '' ? told : [...told, 'unexpected body'];
  const replyType = exchange.replyType ?? '';
  if (!(replyType in content)) return [...told, `reply type ${replyType}`];
  return [
    ...told,
    ...check(at(content, replyType, 'schema'), exchange.reply ?? '', 'reply', compile),
  ];
}

function check(
  schema: unknown,
  text: string,
  what: string,
  compile: (ref: string) => ValidateFunction,
): string[] {
  const ref = (schema as Tree)['$ref'];
  if (typeof ref !== 'string') return [];
  const validate = compile(ref);
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, keyword, params }) =>
      `${what} ${instancePath.replaceAll(/\/\d+/g, '/*')} ${keyword} ${JSON.stringify(params)}`,
  );
}

const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => null);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Every call of the client, the ones that fail included. */
async function everyCall(options: Record<string, unknown>): Promise<readonly Exchange[]> {
  const hub = await startElhub({ options, record: true });
  const elhub = client(hub);
  const request = await elhub.access.createRequest({
    ...submission(),
    meta: {
      ...submission().meta,
      redirectURI: 'https://me.example/back',
      moveInDate: '2026-01-01',
    },
  });
  const grant = (await hub.act('answer', { id: request.id })) as string;
  await elhub.access.grant(grant);
  const refused = await elhub.access.createRequest(submission());
  await hub.act('answer', { id: refused.id, accept: false });
  const document = await elhub.access.createDocument(documentSubmission);
  const pdf = new TextDecoder().decode(await elhub.access.documentPdf(document.id));
  await quietly(elhub.access.submitPdf(document.id, bytes(pdf)));
  await elhub.access.submitPdf(document.id, bytes(`${pdf}/SubFilter /ETSI.CAdES.detached`));
  await quietly(elhub.access.submitPdf(document.id, bytes(pdf)));
  await collect(elhub.consents());
  for await (const _ of elhub.access.requests(
    { status: ['Pending', 'Accepted'] },
    { pageSize: 1 },
  ));
  for (const id of ['missing', request.id]) {
    await quietly(elhub.access.request(id));
    await quietly(elhub.access.document(id));
    await quietly(elhub.access.grant(id));
    await quietly(elhub.access.scopes(id));
    await quietly(elhub.access.documentPdf(id));
  }
  await quietly(elhub.access.document(document.id));
  await quietly(collect(client(hub, { gln: '7080005060009' }).consents()));
  await quietly(elhub.access.createRequest({ ...submission(), requestType: 'Nonsense' }));
  return (await hub.report()).exchanges.filter(({ path }) => path.startsWith('/access'));
}

describe.skipIf(specsFolder === undefined)('Elhub’s own description of the Access API', () => {
  test('every request and every answer of the test hub is as described, but for what is listed', async () => {
    const { compile } = validator();
    const exchanges = await everyCall({});
    const calls = new Set(exchanges.map((one) => `${operationOf(one)?.name} ${one.status}`));

    expect([...calls].sort()).toEqual([
      'GET /authorization-documents 200',
      'GET /authorization-documents/{id} 200',
      'GET /authorization-documents/{id} 404',
      'GET /authorization-documents/{id}.pdf 200',
      'GET /authorization-documents/{id}.pdf 404',
      'GET /authorization-grants 200',
      'GET /authorization-grants/{id} 200',
      'GET /authorization-grants/{id} 404',
      'GET /authorization-grants/{id}/scopes 200',
      'GET /authorization-grants/{id}/scopes 404',
      'GET /authorization-requests 200',
      'GET /authorization-requests 403',
      'GET /authorization-requests/{id} 200',
      'GET /authorization-requests/{id} 404',
      'POST /authorization-documents 201',
      'POST /authorization-requests 201',
      'POST /authorization-requests 400',
      'PUT /authorization-documents/{id}.pdf 204',
      'PUT /authorization-documents/{id}.pdf 400',
      'PUT /authorization-documents/{id}.pdf 422',
    ]);
    const told = new Set(exchanges.flatMap((one) => violations(one, compile)));
    expect([...told].sort()).toEqual([
      // A type that is none is sent on purpose, to see the refusal.
      'request /data/attributes/requestType enum {"allowedValues":["ChangeOfBalanceSupplierForPerson","MoveInAndChangeOfBalanceSupplierForPerson"]}',
    ]);
  });

  test('the published examples’ dialect differs from the schemas in its links, and in nothing else', async () => {
    const { compile } = validator();
    const exchanges = await everyCall({ dialect: 'examples' });
    const told = new Set(exchanges.flatMap((one) => violations(one, compile)));
    const links = [...told].filter((one) => !one.startsWith('request '));
    expect(links.every((one) => /links|self|file/.test(one))).toBe(true);
    expect(links.length).toBeGreaterThan(0);
    const kinds = new Set(links.map((one) => one.split(' ')[2]));
    expect([...kinds].sort()).toEqual(['format', 'required']);
  });

  test('a check that cannot fail would prove nothing: a field of the wrong type is found', async () => {
    const { compile } = validator();
    const [first] = await everyCall({});
    const wrong = {
      ...(first as Exchange),
      reply: (first as Exchange).reply?.replace('"Pending"', '"Waiting"') ?? '',
    };
    expect(violations(wrong, compile).join()).toContain('reply /data/attributes/status enum');
    expect(violations({ ...(first as Exchange), query: '?page=1' }, compile)).toEqual([
      'query page',
    ]);
    expect(violations({ ...(first as Exchange), status: 418 }, compile)[0]).toContain('status 418');
  });

  test('our wire types name the fields of the schemas, no more and no fewer', () => {
    const wire = new URL('../../src/elhub/wire.ts', import.meta.url);
    const source = ts.createSourceFile(
      'wire.ts',
      readFileSync(wire, 'utf8'),
      ts.ScriptTarget.ES2022,
      true,
    );
    const schemas = 'no-elhub/access-api/schemas/';
    for (const [type, common] of [
      ['AuthorizationRequest', 'requests/authorization-request-common.schema.json'],
      ['AuthorizationDocument', 'documents/authorization-document-common.schema.json'],
      ['AuthorizationGrant', 'grants/authorization-grant-common.schema.json'],
    ] as const) {
      const schema = JSON.parse(specText(schemas + common)) as Tree;
      for (const part of ['attributes', 'relationships']) {
        const names = Object.keys(at(schema, '$defs', part, 'properties') as Tree).sort();
        expect([type, part, fieldsOf(source, type, part)]).toEqual([type, part, names]);
      }
    }
    const meta = (name: string): string[] =>
      Object.keys(
        at(
          JSON.parse(specText(schemas + name)),
          'properties',
          'data',
          'properties',
          'meta',
          'properties',
        ) as Tree,
      ).sort();
    const own = fieldsOf(source, 'SubmissionMeta');
    expect([...own, 'redirectURI'].sort()).toEqual(
      meta('requests/authorization-request-submission.schema.json'),
    );
    expect([...own, 'language'].sort()).toEqual(
      meta('documents/authorization-document-submission.schema.json'),
    );
  });
});

/** Names of the members of an interface, or of one of its members that is written as a type of its own. */
function fieldsOf(source: ts.SourceFile, type: string, member?: string): string[] {
  const found = source.statements.find(
    (one): one is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(one) && one.name.text === type,
  );
  let members: readonly ts.TypeElement[] = found?.members ?? [];
  if (member !== undefined) {
    const inner = members.find((one) => one.name?.getText(source) === member);
    const literal = inner !== undefined && ts.isPropertySignature(inner) ? inner.type : undefined;
    members = literal !== undefined && ts.isTypeLiteralNode(literal) ? literal.members : [];
  }
  return members.map((one) => one.name?.getText(source) ?? '').sort();
}
