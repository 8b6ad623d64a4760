import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a token of the test hub says. */
export interface Claims {
  readonly type: 'refresh' | 'access';
  readonly api: 'customer' | 'thirdparty';
  /** Counts the tokens, so that no two are the same. */
  readonly jti: string;
  /** Seconds since 1970. */
  readonly exp: number;
  /** Generation: tokens of an older one were withdrawn. */
  readonly gen: number;
}

/** Makes and reads JWTs as Eloverblik's look: three parts, `exp` in seconds. Signed with a key of this process. */
export class TokenMint {
  readonly #key: Buffer = randomBytes(32);
  #next = 1;

  issue(claims: Omit<Claims, 'jti'>): string {
    const jti = `${this.#next++}-${randomBytes(6).toString('hex')}`;
    const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, jti })}`;
    return `${text}.${this.#sign(text)}`;
  }

  /** The claims, or null for what this mint did not sign. Does not look at `exp`. */
  read(token: string): Claims | null {
    const [head, payload, signature] = token.split('.');
    if (head === undefined || payload === undefined || signature === undefined) return null;
    const expected = Buffer.from(this.#sign(`${head}.${payload}`));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
