/** What Node's `inspect` and `console.log` ask an object for. */
const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A text that must never be seen: token, key, web access code. It prints as `[secret]` wherever something prints it (text,
 * JSON, Node's `inspect`, a debugger's preview of properties); only {@link Secret.expose} gives it away, and only the code
 * that writes a request calls that.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Wraps a string; a secret stays what it is. */
  static of(value: string | Secret): Secret {
    return typeof value === 'string' ? new Secret(value) : value;
  }

  /** The text itself. Call it where the request is written, nowhere else. */
  expose(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.toPrimitive](): string {
    return '[secret]';
  }

  static {
    Object.defineProperty(Secret.prototype, inspect, { value: () => '[secret]' });
  }
}

/** Takes known secrets out of text that others wrote: hubs repeat what they were sent in their error messages. */
export class Redactor {
  readonly #known: Set<string> = new Set();

  /** From now on `secret` is taken out of everything that is cleaned. Texts under 4 characters are not looked for. */
  learn(secret: Secret): void {
    const text = secret.expose();
    if (text.length < 4 || this.#known.has(text)) return;
    // Access tokens come one a day; a process that lives for years must not remember all of them.
    if (this.#known.size >= 256) this.#known.delete(this.#known.values().next().value as string);
    this.#known.add(text);
    const encoded = encodeURIComponent(text);
    if (encoded !== text) this.#known.add(encoded);
  }

  /** `text` without any known secret and without anything that looks like a bearer token, at most `limit` characters. */
  clean(text: string, limit = 500): string {
    let out = text;
    for (const secret of this.#known) out = out.replaceAll(secret, '[secret]');
    out = out
      .replaceAll(/eyJ[\w-]{6,}\.[\w-]+(\.[\w-]*)?/g, '[secret]')
      .replaceAll(/(bearer\s+)[^\s"',]{8,}/gi, '$1[secret]');
    return out.length > limit ? `${out.slice(0, limit)}…` : out;
  }

  static {
    Object.defineProperty(Redactor.prototype, inspect, { value: () => '[redactor]' });
  }
}
