import type { Fault } from './faults.ts';
import type { CountedLimit } from './limits.ts';
import type { TestHubData } from './data.ts';

/** One request as the hub's code sees it. */
export interface HubCall {
  readonly method: string;
  /** Decoded path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | null;
  readonly body: string;
  readonly bytes: Uint8Array;
  readonly address: string;
  /** Subject and authority of the client certificate, where one was shown and holds. */
  readonly client: { readonly subject: string } | null;
  /** A fault that only the hub's code can make; null in the usual case. */
  readonly fault: Fault['kind'] | null;
}

export interface HubReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What the server gives to a hub's code. */
export interface HubContext {
  /** The hub's clock, which the test moves. Epoch milliseconds. */
  readonly now: () => number;
  readonly data: TestHubData;
  /** Origin of this server: `https://127.0.0.1:40123`. Known once it listens. */
  readonly origin: () => string;
  /** Settings that this hub alone knows. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The code of one hub. It shares nothing with the client that it tests, so that a mistake cannot cancel itself. */
export interface HubApp {
  readonly limits: readonly CountedLimit[];
  /** `required`: connections without a good client certificate are refused in the handshake. */
  readonly clientCertificate?: 'required';
  /** What a request counts for: scope and key. */
  countFor(call: HubCall): readonly (readonly [scope: string, key: string])[];
  /** The answer to a request over the limit; `wait` in milliseconds. */
  tooMany(wait: number, call: HubCall): HubReply;
  handle(call: HubCall): HubReply | Promise<HubReply>;
  /** What people do at the hub: give and withdraw consents, send corrections. The value goes back as JSON. */
  act?(action: string, args: Readonly<Record<string, unknown>>): unknown;
  /** What a client has to know beside the origin: refresh tokens, keys, GLN. */
  credentials?(): Readonly<Record<string, string>>;
}

export type HubAppFactory = (context: HubContext) => HubApp | Promise<HubApp>;
