import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveHub, type TestHubData } from '@metergram/datahub/testing';
import { hubOfSeries } from './hub-data.ts';
import type { Io } from './io.ts';
import { oneOf, parseArguments, UsageError } from './usage.ts';

/** `metergram hub serve`. */
export async function serve(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    out: { type: 'string' },
    clock: { type: 'string', default: 'running' },
    record: { type: 'boolean', default: false },
    'until-stdin-ends': { type: 'boolean', default: false },
  });
  const [hub, ...more] = positionals;
  if (hub === undefined || more.length > 0) throw new UsageError('serve takes one hub');
  if (values.data === undefined) throw new UsageError('serve needs --data FILE');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('--port is 0 to 65535');
  const clock = oneOf('--clock', values.clock, ['running', 'moved']);
  const data = await readData(values.data);
  const running = await serveHub({ hub, data, port, clock, record: values.record }).catch(
    (error: unknown) => {
      throw new UsageError(error instanceof Error ? error.message : 'cannot serve');
    },
  );
  const { close, ...address } = running;
  if (values.out !== undefined) await writeOut(values.out, hub, address);
  await io.stdout.write(`${JSON.stringify(address)}\n`);
  await io.stderr.write(`${hub} for tests at ${address.origin}; nothing of it is secret or real\n`);
  if (values['until-stdin-ends']) for await (const _ of io.stdin) continue;
  else await interrupted();
  await close();
  return 0;
}

async function readData(file: string): Promise<TestHubData> {
  try {
    const text = await readFile(file, 'utf8');
    if (!text.trimStart().startsWith('{')) return hubOfSeries(text, file, Date.now());
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
  throw new UsageError(`${file} holds no object`);
}

/** What the other verbs take: certificates, and credentials under the names that they look for. */
async function writeOut(
  folder: string,
  hub: string,
  address: Awaited<ReturnType<typeof serveHub>> extends infer R ? Omit<R & object, 'close'> : never,
): Promise<void> {
  const { certificates, credentials, origin } = address as {
    readonly certificates: {
      readonly ca: string;
      readonly clients: Record<string, { readonly cert: string; readonly key: string }>;
    };
    readonly credentials: Readonly<Record<string, string>>;
    readonly origin: string;
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'ca.pem'), certificates.ca);
  for (const [name, { cert, key }] of Object.entries(certificates.clients)) {
    await writeFile(join(folder, `client-${name}.pem`), cert);
    await writeFile(join(folder, `client-${name}.key`), key, { mode: 0o600 });
  }
  await writeFile(
    join(folder, 'credentials.json'),
    `${JSON.stringify(credentialFile(hub, origin, credentials), null, 2)}\n`,
    { mode: 0o600 },
  );
}

function credentialFile(
  hub: string,
  origin: string,
  credentials: Readonly<Record<string, string>>,
): Record<string, unknown> {
  if (hub === 'eloverblik')
    return {
      eloverblik: { refreshToken: credentials['customerRefreshToken'] },
      'eloverblik-thirdparty': { refreshToken: credentials['thirdPartyRefreshToken'] },
    };
  if (hub === 'elhub')
    return {
      elhub: {
        clientId: credentials['clientId'],
        keyId: credentials['keyId'],
        key: credentials['privateKey'],
        gln: credentials['gln'],
        scopes: ['elhub:balancesupplier'],
        issuer: `${origin}/`,
        tokenEndpoint: `${origin}/token`,
      },
    };
  if (hub === 'fingrid')
    return {
      fingrid: {
        origin,
        organisationUser: credentials['organisationUser'],
        customers: [credentials['customer']],
        certFile: 'client-good.pem',
        keyFile: 'client-good.key',
        caFile: 'ca.pem',
      },
    };
  return { [hub]: credentials };
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
