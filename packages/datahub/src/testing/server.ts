import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HubApp, HubCall, HubReply } from './app.ts';
import { hubApps } from './apps.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import type { TestHubData } from './data.ts';
import { type Fault, type FaultRule, FaultScript } from './faults.ts';
import { LimitCounter, type LimitReport } from './limits.ts';

export interface ServeOptions {
  /** `eloverblik`, … */
  readonly hub: string;
  readonly data: TestHubData;
  /** 0, or absent: any free port. */
  readonly port?: number;
  /** `moved`: only the test moves it; `running`: it runs on from where it starts. `moved` unless told. */
  readonly clock?: 'moved' | 'running';
  /** Keeps requests and answers whole, for holding them against a description. */
  readonly record?: boolean;
  readonly faults?: readonly FaultRule[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What a client and a test have to know of a running hub. */
export interface HubAddress {
  readonly hub: string;
  readonly origin: string;
  readonly certificates: Certificates;
  readonly credentials: Readonly<Record<string, string>>;
  /** Plain http on this machine, for the test alone. */
  readonly control: string;
  readonly controlKey: string;
  readonly now: number;
}

/** One request and its answer. `body` and `reply` only where recording was asked for. */
export interface Exchange {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly fault?: Fault['kind'];
  readonly body?: string;
  readonly reply?: string;
  readonly replyType?: string;
}

/** What the control address tells. */
export interface HubReport {
  readonly now: number;
  readonly exchanges: readonly Exchange[];
  readonly limits: readonly LimitReport[];
}

export interface RunningHub extends HubAddress {
  close(): Promise<void>;
}

/** Starts a hub in this process. Throws where the hub's name is unknown or the port is taken. */
export async function serveHub(options: ServeOptions): Promise<RunningHub> {
  const load = Object.hasOwn(hubApps, options.hub) ? hubApps[options.hub] : undefined;
  if (load === undefined)
    throw new Error(`no test hub ${options.hub}; there are ${Object.keys(hubApps).join(', ')}`);
  const certificates = makeCertificates();
  const began = Date.now();
  let base = options.data.now === undefined ? began : Date.parse(options.data.now);
  if (Number.isNaN(base)) throw new Error('now: no instant in ISO 8601');
  const now = (): number => (options.clock === 'running' ? base + (Date.now() - began) : base);
  let origin = '';
  const app = await (
    await load()
  )({
    now,
    data: options.data,
    origin: () => origin,
    options: options.options ?? {},
  });
  const counter = new LimitCounter(app.limits);
  const script = new FaultScript();
  script.set(options.faults ?? []);
  const exchanges: Exchange[] = [];

  const tls = createTlsServer(
    {
      ...certificates.server,
      ca: certificates.ca,
      requestCert: app.clientCertificate === 'required',
      rejectUnauthorized: app.clientCertificate === 'required',
    },
    (request, response) => {
      respond(request, response).catch((error: unknown) => {
        process.stderr.write(`test hub: ${error instanceof Error ? error.stack : String(error)}\n`);
        response.destroy();
      });
    },
  );

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readAll(request);
    const url = new URL(request.url ?? '/', origin);
    const body = bytes.toString('utf8');
    const fault = script.next(url.pathname + url.search, body);
    const call: HubCall = {
      method: request.method ?? 'GET',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      header: (name) => [request.headers[name.toLowerCase()] ?? null].flat()[0] ?? null,
      body,
      bytes,
      address: request.socket.remoteAddress ?? '',
      client: clientOf(request.socket as TLSSocket),
      fault: fault?.kind ?? null,
    };
    if (fault?.kind === 'reset' && fault.after !== true) {
      log(call, url, 0, fault);
      request.socket.destroy();
      return;
    }
    const reply = faulty(await answer(app, counter, call, now()), fault);
    log(call, url, reply.status, fault, reply);
    if (fault?.kind === 'reset') {
      request.socket.destroy();
      return;
    }
    const payload = Buffer.from(reply.body ?? '');
    // RFC 9110 §6.6.1: the time by the clock of who answers, which here is the data's.
    const date = new Date(now()).toUTCString();
    response.writeHead(reply.status, { date, ...reply.headers, 'content-length': payload.length });
    if (fault?.kind === 'cut') {
      const keep = Math.floor(payload.length * (fault.keep ?? 0.5));
      response.write(payload.subarray(0, keep), () => request.socket.destroy());
      return;
    }
    if (fault?.kind === 'slow') {
      const half = Math.floor(payload.length / 2);
      response.write(payload.subarray(0, half));
      setTimeout(() => response.end(payload.subarray(half)), fault.milliseconds);
      return;
    }
    response.end(payload);
  }

  function log(
    call: HubCall,
    url: URL,
    status: number,
    fault: Fault | null,
    reply?: HubReply,
  ): void {
    const record = options.record === true;
    exchanges.push({
      at: now(),
      method: call.method,
      path: call.path,
      query: url.search,
      headers: record ? shownHeaders(call) : {},
      status,
      ...(fault === null ? {} : { fault: fault.kind }),
      ...(record ? { body: call.body } : {}),
      ...(record && reply !== undefined
        ? {
            reply: Buffer.from(reply.body ?? '').toString('utf8'),
            replyType: reply.headers?.['content-type'] ?? '',
          }
        : {}),
    });
    if (exchanges.length > 50_000) exchanges.shift();
  }

  const controlKey = randomBytes(24).toString('base64url');
  const control = createServer((request, response) => {
    void (async (): Promise<void> => {
      const body = (await readAll(request)).toString('utf8');
      const given = Buffer.from([request.headers['x-control-key'] ?? ''].flat()[0] ?? '');
      const key = Buffer.from(controlKey);
      if (given.length !== key.length || !timingSafeEqual(given, key)) {
        response.writeHead(403).end();
        return;
      }
      try {
        const args = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
        const value = steer(request.url ?? '', args);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value ?? null));
      } catch (error) {
        response.writeHead(400).end(error instanceof Error ? error.message : 'failed');
      }
    })();
  });

  function steer(path: string, args: Record<string, unknown>): unknown {
    switch (path) {
      case '/clock': {
        const to = Number(args['now']);
        if (!Number.isFinite(to) || to < now()) throw new Error('the clock only moves forward');
        base += to - now();
        return { now: now() };
      }
      case '/faults':
        script.set(args['rules'] as readonly FaultRule[]);
        return null;
      case '/act':
        if (app.act === undefined) throw new Error('this hub knows no actions');
        return app.act(String(args['action']), (args['args'] ?? {}) as Record<string, unknown>);
      case '/report':
        return { now: now(), exchanges, limits: counter.report() } satisfies HubReport;
      case '/forget':
        exchanges.length = 0;
        return null;
      default:
        throw new Error('no such control');
    }
  }

  // Idle connections stay: one that is closed just as it is used again would be a fault that nobody asked for.
  for (const server of [tls, control]) server.keepAliveTimeout = 0;
  await listen(tls, options.port ?? 0);
  await listen(control, 0);
  origin = `https://127.0.0.1:${(tls.address() as AddressInfo).port}`;
  return {
    hub: options.hub,
    origin,
    certificates,
    credentials: app.credentials?.() ?? {},
    control: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
    controlKey,
    now: now(),
    close: async () => {
      for (const server of [tls, control]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function answer(
  app: HubApp,
  counter: LimitCounter,
  call: HubCall,
  now: number,
): Promise<HubReply> {
  let wait = 0;
  for (const [scope, key] of app.countFor(call))
    wait = Math.max(wait, counter.count(scope, key, now));
  if (wait > 0) return app.tooMany(wait, call);
  try {
    return await app.handle(call);
  } catch (error) {
    // A bug of the test hub: shown whole, it is nobody's production.
    return { status: 500, body: error instanceof Error ? (error.stack ?? '') : String(error) };
  }
}

function faulty(reply: HubReply, fault: Fault | null): HubReply {
  if (fault?.kind === 'status') {
    const { retryAfter } = fault;
    const value =
      retryAfter === 'date' ? new Date(Date.now() + 60_000).toUTCString() : String(retryAfter);
    return {
      status: fault.status,
      headers: {
        'content-type': fault.contentType ?? 'text/plain',
        ...(retryAfter === undefined ? {} : { 'retry-after': value }),
      },
      body: fault.body ?? '',
    };
  }
  if (fault?.kind === 'body')
    return {
      ...reply,
      status: 200,
      headers: { ...reply.headers, 'content-type': fault.contentType ?? 'application/json' },
      body: fault.body,
    };
  return reply;
}

function clientOf(socket: TLSSocket): HubCall['client'] {
  if (!socket.authorized) return null;
  const subject = socket.getPeerCertificate().subject?.CN;
  return subject === undefined ? null : { subject: String(subject) };
}

/** The request's headers without what proves who asks. */
function shownHeaders(call: HubCall): Record<string, string> {
  const names = ['accept', 'content-type', 'api-version', 'user-agent', 'x-user-correlation-id'];
  const shown: Record<string, string> = {};
  for (const name of names) {
    const value = call.header(name);
    if (value !== null) shown[name] = value;
  }
  if (call.header('authorization') !== null) shown['authorization'] = '(given)';
  return shown;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(part as Buffer);
  } catch {
    // The client went away.
  }
  return Buffer.concat(parts);
}

function listen(
  server: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>,
  port: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
