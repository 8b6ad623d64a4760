import { Agent, fetch as undiciFetch } from 'undici';
import type { FetchLike } from './http.ts';
import { Secret } from './secret.ts';

/** What a connection shows and trusts, as PEM text. */
export interface TlsOptions {
  /** Certificates to trust instead of the machine's. */
  readonly ca?: string;
  /** Client certificate with its chain. */
  readonly cert?: string;
  readonly key?: string | Secret;
  readonly passphrase?: string | Secret;
}

/** A `fetch` with its own connections, certificates and trust. Call `close` when done with it. */
export interface TlsFetch extends FetchLike {
  close(): Promise<void>;
}

/** `fetch` over connections that show a client certificate or trust a private authority. Node only. */
export function tlsFetch(options: TlsOptions = {}): TlsFetch {
  const agent = new Agent({
    connect: {
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.cert === undefined ? {} : { cert: options.cert }),
      ...(options.key === undefined ? {} : { key: Secret.of(options.key).expose() }),
      ...(options.passphrase === undefined
        ? {}
        : { passphrase: Secret.of(options.passphrase).expose() }),
    },
  });
  const fetch: FetchLike = (url, init) => undiciFetch(url, { ...init, dispatcher: agent });
  return Object.assign(fetch, { close: () => agent.close() });
}
