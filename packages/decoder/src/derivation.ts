/** Length(8), which bytes are of the address(8), input(64): assembly/keys/derivation.ts. */
const HEAD = 16;
const MOST = 64;

/** Where each field stands in the address as the link layer sends it: M(2) ID(4) version, type. */
const FIELDS: Readonly<Record<string, readonly number[]>> = {
  manufacturer: [0, 1],
  'manufacturer-msb': [1, 0],
  id: [2, 3, 4, 5],
  'id-msb': [5, 4, 3, 2],
  version: [6],
  medium: [7],
};

/** Inputs that have a name. */
const NAMED: Readonly<Record<string, string>> = {
  'kdf-a': '00 00000000 {id} 07070707070707',
};

/** Thrown for a derivation that is none. */
export class DerivationError extends TypeError {
  readonly code = 'key/derivation' as const;

  constructor(message: string) {
    super(message);
    this.name = 'DerivationError';
  }
}

/**
 * How the keys of meters come from a master key: AES-128-CMAC (RFC 4493) under the master key over an input of at most 64
 * bytes, which is spelled here in hexadecimal with the fields of each meter's address between. The fields are
 * `{manufacturer}` (2 bytes), `{id}` (4), `{version}` and `{medium}` (1 each) as telegrams send them, low byte first;
 * `{manufacturer-msb}` and `{id-msb}` have the high byte first, as they are printed. `kdf-a` is the name of
 * `00 00000000 {id} 07070707070707`: KDF-A of EN 13757-7 with a counter of zero.
 *
 * No standard says how a utility derives the keys of its meters; docs/security.md spells the published constructions in this
 * form. Ask whoever gave you the master key.
 *
 * @throws DerivationError `key/derivation` for a text that is none.
 * @example
 * ```ts
 * import { createDecoderSync } from '@metergram/decoder';
 * import { derivation } from '@metergram/decoder/derivation';
 *
 * const key = '000102030405060708090A0B0C0D0E0F'; // the master key
 * const entry = { manufacturer: 'ELS', id: '6449*', key, derivation: derivation('kdf-a') };
 * const decoder = createDecoderSync({ keys: [entry] });
 * ```
 */
export function derivation(text: string): Uint8Array {
  const spelled = NAMED[text.trim()] ?? text;
  const bytes: number[] = [];
  let ofAddress = 0n;
  for (const [part] of spelled.replaceAll(/\s+/g, '').matchAll(/\{[^{}]*\}|[^{}]{1,2}|./g)) {
    const field = part.startsWith('{') ? FIELDS[part.slice(1, -1)] : undefined;
    if (field !== undefined) {
      for (const byte of field) {
        ofAddress |= 1n << BigInt(bytes.length);
        bytes.push(byte);
      }
    } else if (/^[0-9a-f]{2}$/i.test(part)) {
      bytes.push(Number.parseInt(part, 16));
    } else {
      // What stands there is not shown: it may be a key in the wrong place.
      const fields = Object.keys(FIELDS).map((name) => `{${name}}`);
      throw new DerivationError(
        `byte ${bytes.length + 1} of the derivation is neither two hexadecimal digits nor one of ${fields.join(' ')}`,
      );
    }
  }
  if (bytes.length === 0 || bytes.length > MOST)
    throw new DerivationError(`a derivation has 1 to ${MOST} bytes, not ${bytes.length}`);
  const form = new Uint8Array(HEAD + MOST);
  form[0] = bytes.length;
  new DataView(form.buffer).setBigUint64(8, ofAddress, true);
  form.set(bytes, HEAD);
  return form;
}
