import { isObject } from '../fault.ts';
import { entryBytes, type Ledger, type LedgerBody, type LedgerHead } from './ledger.ts';
import { climb, leafHash } from './merkle.ts';
import { fromHex, toHex } from './sha256.ts';

/** One entry with the hashes that tie it to a head. */
export interface ProvedEntry {
  readonly seq: number;
  readonly body: LedgerBody;
  readonly salt: string;
  /** Hexadecimal, nearest to the leaf first. */
  readonly path: readonly string[];
}

/** Some entries of a ledger, provable against its head without the others. */
export interface Excerpt {
  readonly head: LedgerHead;
  readonly entries: readonly ProvedEntry[];
}

/**
 * Take entries out of a ledger with their proofs; `seqs` are their numbers, given back in order and once each. `size` makes the
 * proofs for an earlier head, which somebody may have been given when the ledger held that many entries.
 *
 * Throws `PolicyError` `question/bad-shape` for a number that is none of the entries, or a size that the ledger never had: an
 * excerpt that leaves out what was asked for would look whole.
 *
 * ```ts
 * const excerpt = excerptOf(ledger, [3, 17]);
 * verifyExcerpt(excerpt, headThatIWasGiven); // { ok: true }
 * ```
 */
export function excerptOf(ledger: Ledger, seqs: readonly number[], size?: number): Excerpt {
  const head = ledger.head(size);
  return {
    head,
    entries: [...new Set(seqs)]
      .sort((a, b) => a - b)
      .map((seq) => {
        const path = ledger.proof(seq, head.size);
        const { body, salt } = ledger.entries[seq]!;
        return { seq, body, salt, path };
      }),
  };
}

/**
 * Whether every entry of an excerpt stood in the ledger whose `head` one trusts (one's own copy, not the excerpt's). The
 * number of the first that did not is in `seq`, −1 where it has none. An excerpt without entries proves nothing and is ok. Never
 * throws, whatever somebody sent as an excerpt.
 */
export function verifyExcerpt(
  excerpt: Excerpt,
  head: LedgerHead,
): { readonly ok: true } | { readonly ok: false; readonly seq: number } {
  const entries: unknown = isObject(excerpt) ? excerpt.entries : null;
  if (!Array.isArray(entries) || !isObject(head)) return { ok: false, seq: -1 };
  for (const entry of entries as readonly ProvedEntry[]) {
    let root: Uint8Array | null = null;
    try {
      const path = entry.path.map((hash) => fromHex(String(hash)));
      const whole = path.filter((hash) => hash !== null && hash.length === 32) as Uint8Array[];
      if (whole.length === path.length)
        root = climb(leafHash(entryBytes(entry)), entry.seq, head.size, whole);
    } catch {
      root = null;
    }
    if (root === null || toHex(root) !== head.root)
      return {
        ok: false,
        seq: isObject(entry) && Number.isSafeInteger(entry.seq) ? entry.seq : -1,
      };
  }
  return { ok: true };
}
