import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FetchLike } from '../core/http.ts';
import { tlsFetch, type TlsOptions } from '../core/node-fetch.ts';
import { TestClock } from './clock.ts';
import type { TestHubData } from './data.ts';
import type { FaultRule } from './faults.ts';
import type { HubAddress, HubReport, ServeOptions } from './server.ts';

/** A hub in a process of its own, and what a test needs to talk to it and to steer it. */
export interface TestHub extends HubAddress {
  /** Moves by itself to the next waiter while no request is under way, and the hub's clock with it. */
  readonly clock: TestClock;
  /** Trusts the hub's authority; tells the clock of requests under way. */
  readonly fetch: FetchLike;
  /** Another `fetch` like {@link TestHub.fetch}, showing a client certificate. */
  fetchAs(client: keyof HubAddress['certificates']['clients'] | TlsOptions): FetchLike;
  faults(rules: readonly FaultRule[]): Promise<void>;
  /** What people do at the hub; see the hub's page for its actions. */
  act(action: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  report(): Promise<HubReport>;
  /** Drops the recorded exchanges. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions extends Omit<ServeOptions, 'data'> {
  /** The data, or the path of a JSON file of it. */
  readonly data: TestHubData | string;
  /** False: the clock moves only by `clock.advance`. */
  readonly auto?: boolean;
}

/** Starts a hub as a process of its own on 127.0.0.1. Throws with its messages when it does not come up. */
export async function startTestHub(options: StartOptions): Promise<TestHub> {
  const { data, auto, ...rest } = options;
  const here = import.meta.url;
  const entry = new URL(here.endsWith('.ts') ? './process.ts' : './process.js', here);
  const child = spawn(process.execPath, [fileURLToPath(entry)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let messages = '';
  child.stderr.on('data', (part: Buffer) => {
    messages = (messages + part.toString('utf8')).slice(-4_000);
  });
  child.stdin.write(
    `${JSON.stringify({ ...rest, ...(typeof data === 'string' ? { file: data } : { data }) })}\n`,
  );
  const address = await new Promise<HubAddress>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve(JSON.parse(line) as HubAddress),
    );
    child.once('exit', () => reject(new Error(`the test hub did not start: ${messages}`)));
  });

  const control = async (path: string, args: unknown): Promise<unknown> => {
    const answer = await fetch(address.control + path, {
      method: 'POST',
      headers: { 'x-control-key': address.controlKey },
      body: JSON.stringify(args),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  const clock = new TestClock({
    start: address.now,
    ...(auto === undefined ? {} : { auto }),
    moved: async (now) => void (await control('/clock', { now })),
  });
  const open: { close(): Promise<void> }[] = [];
  const fetchWith = (tls: TlsOptions): FetchLike => {
    const own = tlsFetch({ ca: address.certificates.ca, ...tls });
    open.push(own);
    return (url, init) =>
      clock.during(
        (async () => {
          const answer = await own(url, init);
          // The body too is part of the request: time stands still until it is here.
          const bytes = await answer.arrayBuffer();
          return {
            ...answer,
            status: answer.status,
            headers: answer.headers,
            arrayBuffer: async () => bytes,
          };
        })(),
      );
  };
  return {
    ...address,
    clock,
    fetch: fetchWith({}),
    fetchAs: (client) =>
      fetchWith(typeof client === 'string' ? address.certificates.clients[client] : client),
    faults: async (rules) => void (await control('/faults', { rules })),
    act: (action, args = {}) => control('/act', { action, args }),
    report: async () => (await control('/report', {})) as HubReport,
    forget: async () => void (await control('/forget', {})),
    stop: async () => {
      for (const one of open) await one.close();
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
