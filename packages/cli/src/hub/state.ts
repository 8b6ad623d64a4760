import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock, LimiterState } from '@metergram/datahub';
import { type AccessToken, Secret, type TokenStore } from '@metergram/datahub/node';
import type { Io } from '../io.ts';
import { fileReason, UsageError } from '../usage.ts';

const SCHEMA = 'metergram.hub-state/1';
const CIPHER = 'aes-256-gcm';

/** What commands that follow each other have to know of each other. Times are those of the machine's clock. */
interface Kept {
  readonly schema: typeof SCHEMA;
  /** By the hub's origin. */
  limits: Record<string, LimiterState>;
  /** By origin and name of the credential; sealed with the credential. */
  tokens: Record<string, Sealed>;
}

interface Sealed {
  readonly salt: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/**
 * A file that keeps a hub's limits from one command to the next, and the access token. The token is encrypted with a key
 * that is derived from the credential: whoever holds the file alone learns nothing, whoever holds the credential as well
 * could get a token anyway.
 */
export class HubState {
  readonly #path: string;
  readonly #now: () => number;
  readonly #note: (text: string) => void;
  #broken = false;

  /** `note` is told once where it cannot be written. */
  constructor(path: string, now: () => number = Date.now, note: (text: string) => void = () => {}) {
    this.#path = path;
    this.#now = now;
    this.#note = note;
    this.#read();
  }

  /** The limits of an origin as the last command left them, by `clock`. */
  limits(origin: string, clock: Clock): LimiterState | undefined {
    const kept = this.#read().limits[origin];
    return kept === undefined ? undefined : shifted(kept, clock.now() - this.#now());
  }

  keepLimits(origin: string, state: LimiterState, clock: Clock): void {
    this.#update(({ limits }) => {
      if (state.places.length + state.paused.length === 0) delete limits[origin];
      else limits[origin] = shifted(state, this.#now() - clock.now());
    });
  }

  /** A store for the access tokens of one credential, by `clock`. */
  tokens(origin: string, name: string, credential: string, clock: Clock): TokenStore {
    const id = `${origin} ${name}`;
    return {
      load: (): AccessToken | null => {
        const sealed = this.#read().tokens[id];
        if (sealed === undefined || sealed.expires <= this.#now()) return null;
        const text = unseal(sealed, id, credential);
        const expires = sealed.expires + clock.now() - this.#now();
        return text === null ? null : { secret: new Secret(text), expires };
      },
      save: (token): void => {
        this.#update(({ tokens }) => {
          if (token === null) {
            delete tokens[id];
            return;
          }
          const expires = token.expires + this.#now() - clock.now();
          tokens[id] = seal(token.secret.expose(), expires, id, credential);
        });
      },
    };
  }

  #read(): Kept {
    const text = readOwn(this.#path);
    const fresh: Kept = { schema: SCHEMA, limits: {}, tokens: {} };
    if (text === null) return fresh;
    const kept = parsed(text);
    if (kept === null)
      throw new UsageError(
        `${this.#path} is no file that keeps limits`,
        'name another one with --state',
      );
    return kept;
  }

  /** Read anew, because another command may have written. A state that cannot be kept is no reason to stop. */
  #update(change: (kept: Kept) => void): void {
    if (this.#broken) return;
    try {
      const kept = this.#read();
      change(kept);
      this.#write(kept);
    } catch (error) {
      this.#broken = true;
      const why = error instanceof UsageError ? error.message : fileReason(error);
      this.#note(`limits are not kept in ${this.#path}: ${why}`);
    }
  }

  #write(kept: Kept): void {
    const now = this.#now();
    for (const [id, { expires }] of Object.entries(kept.tokens))
      if (expires <= now) delete kept.tokens[id];
    for (const [origin, { places, paused }] of Object.entries(kept.limits)) {
      const over = places.every(({ free }) => free.every((at) => at <= now));
      if (over && paused.every(({ until }) => until <= now)) delete kept.limits[origin];
    }
    const fresh = `${this.#path}.${randomBytes(6).toString('hex')}`;
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeFileSync(fresh, `${JSON.stringify(kept)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(fresh, this.#path);
  }
}

/**
 * The state that a command goes by: that of `--state`, of the credential or of METERGRAM_STATE, where `none` is none; else
 * the user's own, but not for a hub on this machine, which begins anew with each start.
 */
export function stateFor(chosen: string | undefined, origin: string, io: Io): HubState | null {
  const named = chosen ?? io.env['METERGRAM_STATE'];
  if (named === 'none') return null;
  const note = (text: string): void => void io.stderr.write(`note: ${text}\n`);
  if (named !== undefined && named !== '') return new HubState(named, Date.now, note);
  const { hostname } = new URL(origin);
  if (hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]') return null;
  const folder = folderOf(io.env);
  if (folder === null) return null;
  try {
    return new HubState(join(folder, 'metergram', 'hub-state.json'), Date.now, note);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // Nobody asked for it: the work goes on without.
    note(`limits are not kept: ${error.message}`);
    return null;
  }
}

function folderOf(env: Io['env']): string | null {
  const { XDG_STATE_HOME: state, LOCALAPPDATA: local, HOME: home } = env;
  if (state !== undefined && state !== '') return state;
  if (local !== undefined && local !== '') return local;
  return home === undefined || home === '' ? null : join(home, '.local', 'state');
}

/** Text of a file that only its owner reads; null where there is none. */
function readOwn(path: string): string | null {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new UsageError(`${path} can be read by others`, `chmod 600 ${path}`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new UsageError(`cannot read ${path}: ${code ?? 'failed'}`);
  }
}

function parsed(text: string): Kept | null {
  try {
    const value = JSON.parse(text) as Partial<Kept> | null;
    if (value?.schema !== SCHEMA) return null;
    const limits = Object.entries(value.limits ?? {}).filter(([, state]) => isState(state));
    return { schema: SCHEMA, limits: Object.fromEntries(limits), tokens: value.tokens ?? {} };
  } catch {
    return null;
  }
}

function isState(value: unknown): value is LimiterState {
  const { places, paused } = (value ?? {}) as Partial<LimiterState>;
  return (
    Array.isArray(places) &&
    places.every((one: Partial<LimiterState['places'][number]>) => Array.isArray(one?.free)) &&
    Array.isArray(paused)
  );
}

function shifted(state: LimiterState, by: number): LimiterState {
  return {
    places: state.places.map((one) => ({ ...one, free: one.free.map((at) => at + by) })),
    paused: state.paused.map(({ name, until }) => ({ name, until: until + by })),
  };
}

/** RFC 5869; a credential is a long random text, so it needs no stretching. */
function keyOf(credential: string, salt: Buffer, id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', credential, salt, `${SCHEMA} ${id}`, 32));
}

function seal(text: string, expires: number, id: string, credential: string): Sealed {
  // The key is used once, and so the nonce may be zero: the salt is drawn for each.
  const salt = randomBytes(32);
  const cipher = createCipheriv(CIPHER, keyOf(credential, salt, id), Buffer.alloc(12));
  cipher.setAAD(Buffer.from(String(expires)));
  const sealed = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    salt: salt.toString('base64url'),
    text: Buffer.concat(sealed).toString('base64url'),
    expires,
  };
}

/** Null for what another credential sealed, and for what was changed. */
function unseal(sealed: Sealed, id: string, credential: string): string | null {
  try {
    const bytes = Buffer.from(sealed.text, 'base64url');
    const key = keyOf(credential, Buffer.from(sealed.salt, 'base64url'), id);
    const cipher = createDecipheriv(CIPHER, key, Buffer.alloc(12), { authTagLength: 16 });
    cipher.setAAD(Buffer.from(String(sealed.expires)));
    cipher.setAuthTag(bytes.subarray(-16));
    return cipher.update(bytes.subarray(0, -16), undefined, 'utf8') + cipher.final('utf8');
  } catch {
    return null;
  }
}
