import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issue } from '@metergram/model';
import {
  lackOf,
  readTestHubData,
  type RunningHub,
  serveHub,
  type TestHubData,
} from '@metergram/datahub/testing';
import { secondOf } from './clock.ts';
import { hubOfSeries } from './data.ts';
import type { Io } from '../io.ts';
import { fileReason, oneOf, parseArguments, UsageError } from '../usage.ts';

const SERVED = ['eloverblik', 'elhub', 'fingrid', 'entsoe', 'energidataservice'] as const;
/** In the folder of `--out`. */
const STATE = 'hub-state.json';
/** Faults of a file that are told; more help nobody. */
const TOLD = 20;

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
  const [word, ...more] = positionals;
  if (word === undefined || more.length > 0)
    throw new UsageError(`serve takes one hub: ${SERVED.join(', ')}`);
  // Both of its APIs are served by the one.
  const hub = word === 'eloverblik-thirdparty' ? 'eloverblik' : oneOf('the hub', word, SERVED);
  if (values.data === undefined)
    throw new UsageError(
      'serve needs --data FILE',
      'metergram simulate --format testhub > FILE makes one',
    );
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new UsageError('--port is 0 to 65535');
  const clock = oneOf('--clock', values.clock, ['running', 'moved']);
  if (values.data === '-' && values['until-stdin-ends'])
    throw new UsageError('--until-stdin-ends and --data - both want the input');
  const name = values.data === '-' ? 'standard input' : values.data;
  const text = values.data === '-' ? await inputOf(io) : await fileOf(values.data);
  const data = isSeries(text) ? hubOfSeries(text, name, Date.now()) : await checked(text, name, io);
  if (data === null) return 2;
  const lack = lackOf(hub, data);
  if (lack !== null) throw new UsageError(`${name} has nothing for ${hub}`, `it needs ${lack}`);
  const running = await serveHub({ hub, data, port, clock, record: values.record }).catch(
    (error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE')
        throw new UsageError(`port ${port} is taken`, 'without --port any free one will do');
      throw new UsageError(`cannot serve: ${message}`);
    },
  );
  const { close, ...address } = running;
  if (values.out !== undefined)
    await writeOut(values.out, running).catch(async (error: unknown) => {
      await close();
      throw new UsageError(`cannot write ${values.out}: ${fileReason(error)}`);
    });
  // For programs; who sits before a terminal has it all in the folder.
  if (values.out === undefined || io.stdout.isTTY !== true)
    await io.stdout.write(`${JSON.stringify(address)}\n`);
  await io.stderr.write(greeting(running, clock, values.out));
  if (values['until-stdin-ends']) for await (const _ of io.stdin) continue;
  else await interrupted();
  await close();
  return 0;
}

/** What `metergram aggregate` prints begins with its header. */
function isSeries(text: string): boolean {
  return /^\uFEFF?[\w ]+,/.test(text);
}

async function checked(text: string, name: string, io: Io): Promise<TestHubData | null> {
  const reading = readTestHubData(text);
  if (reading.ok) return reading.value;
  const { issues } = reading;
  for (const issue of issues.slice(0, TOLD)) await io.stderr.write(lineOf(issue));
  if (issues.length > TOLD) await io.stderr.write(`and ${issues.length - TOLD} more\n`);
  await io.stderr.write(
    `${name} is no data of a test hub (metergram.testhub/1);\n` +
      'metergram simulate --format testhub writes one.\n',
  );
  return null;
}

function lineOf({ code, pointer, message }: Issue): string {
  return `metergram hub: ${code}${pointer ? ` at ${pointer}` : ''}: ${message}\n`;
}

async function fileOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileReason(error)}`);
  }
}

async function inputOf(io: Io): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of io.stdin) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}

function greeting({ hub, origin, now }: RunningHub, clock: string, out?: string): string {
  const moves = clock === 'running' ? 'and runs on' : 'until it is moved';
  const verb = hub === 'entsoe' || hub === 'energidataservice' ? 'prices' : 'points';
  return (
    `${hub} for tests at ${origin}; nothing of it is secret or real.\n` +
    `Its clock stands at ${secondOf(now)} ${moves}.\n` +
    (out === undefined
      ? ''
      : `metergram hub ${verb} --hub ${hub} --credentials ${join(out, 'credentials.json')}` +
        ' …\n')
  );
}

/** What the other verbs take: certificates, and credentials under the names that they look for. */
async function writeOut(folder: string, running: RunningHub): Promise<void> {
  const { certificates } = running;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'ca.pem'), certificates.ca);
  for (const [name, { cert, key }] of Object.entries(certificates.clients)) {
    await writeFile(join(folder, `client-${name}.pem`), cert);
    await writeFile(join(folder, `client-${name}.key`), key, { mode: 0o600 });
  }
  // This hub counts from nothing, whatever the one before it counted.
  await rm(join(folder, STATE), { force: true });
  const file = Object.fromEntries(
    Object.entries(credentialsOf(running)).map(([name, own]) => [
      name,
      { origin: running.origin, caFile: 'ca.pem', clock: 'hub', state: STATE, ...own },
    ]),
  );
  await writeFile(join(folder, 'credentials.json'), `${JSON.stringify(file, null, 2)}\n`, {
    mode: 0o600,
  });
}

function credentialsOf({
  hub,
  origin,
  credentials: given,
}: RunningHub): Record<string, Record<string, unknown>> {
  switch (hub) {
    case 'eloverblik':
      return {
        eloverblik: { refreshToken: given['customerRefreshToken'] },
        'eloverblik-thirdparty': { refreshToken: given['thirdPartyRefreshToken'] },
      };
    case 'elhub':
      return {
        elhub: {
          clientId: given['clientId'],
          keyId: given['keyId'],
          key: given['privateKey'],
          gln: given['gln'],
          scopes: ['elhub:balancesupplier'],
          issuer: `${origin}/`,
          tokenEndpoint: `${origin}/token`,
        },
      };
    case 'fingrid':
      return {
        fingrid: {
          organisationUser: given['organisationUser'],
          customers: given['customers']?.split(' ').filter(Boolean) ?? [],
          certFile: 'client-good.pem',
          keyFile: 'client-good.key',
        },
      };
    default:
      return { [hub]: { ...given } };
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
