import type { EpochMs } from '@metergram/model';
import type { DecisionJson, Fact, Question } from '../types/index.ts';
import { isObject, refuse } from '../fault.ts';
import { checkBody } from './body.ts';
import { canonical } from './canonical.ts';
import { leafHash, MerkleTree } from './merkle.ts';
import { fromHex, sha256, toHex } from './sha256.ts';

/** A decision that was given, with the question that it answers and the policies that it was given by. */
export interface DecisionRecord {
  readonly type: 'decision';
  /** When it was given, and recorded. */
  readonly seen: EpochMs;
  readonly question: Question;
  readonly answer: DecisionJson;
  /** `id version` of each policy. */
  readonly policies: readonly string[];
}

/** What stands in a ledger. */
export type LedgerBody = Fact | DecisionRecord;

/** One line of the ledger. Hashes are 64 hexadecimal digits. */
export interface LedgerEntry {
  /** 0, 1, 2 … without holes. */
  readonly seq: number;
  readonly body: LedgerBody;
  /** Random text that keeps the body from being guessed from its hash when a neighbour is proved. */
  readonly salt: string;
  /** Hash of the entry before; of the first, 64 zeros. */
  readonly prev: string;
  readonly hash: string;
}

/** State of a ledger to give away or to sign: whoever holds it finds every later change of what was before. */
export interface LedgerHead {
  readonly size: number;
  /** Hash of the last entry. */
  readonly chain: string;
  /** Root of the Merkle tree over all entries. */
  readonly root: string;
}

/** Where tampering was found, and what of. */
export interface Tampering {
  readonly ok: false;
  /** Place in the list that was given. */
  readonly at: number;
  /**
   * `content`: body, salt or hash changed. `order`: a number out of turn (moved, doubled). `missing`: entries are gone.
   * `backdated`: recorded after what stands before it, yet `seen` earlier, which would change what was known then. `head`: all
   * fits together, but not with the head that was given away.
   */
  readonly what: 'content' | 'order' | 'missing' | 'backdated' | 'head';
}

const ZEROS: string = '0'.repeat(64);
const encoder = new TextEncoder();

/** Bytes of an entry that the Merkle leaf and the chain are over. */
export const entryBytes = ({
  seq,
  body,
  salt,
}: Pick<LedgerEntry, 'seq' | 'body' | 'salt'>): Uint8Array =>
  encoder.encode(canonical({ seq, salt, body }));

/** Hash of an entry: its own leaf, and the entry before it. */
export const chainHash = (leaf: Uint8Array, prev: string): string => {
  const before = fromHex(prev) ?? new Uint8Array(0);
  const both = new Uint8Array(leaf.length + before.length);
  both.set(before);
  both.set(leaf, before.length);
  return toHex(sha256(both));
};

/**
 * An append-only ledger in memory. Entries are plain JSON: keep them in a file, one a line, and give them back to
 * {@link openLedger}. Nothing in it can be changed; a correction is a later entry.
 *
 * ```ts
 * const ledger = new Ledger();
 * ledger.append({ type: 'event', name: 'service-ended', about: 'anna', at, seen: at }, salt);
 * const head = ledger.head();
 * ```
 */
export class Ledger {
  private readonly list: LedgerEntry[] = [];
  private readonly tree: MerkleTree = new MerkleTree();

  /**
   * Append a fact or a decision. `salt` is random text from the host (16 bytes are enough); without one, whoever gets an
   * excerpt may guess its neighbours. `seen` of the body must not be before that of the entry before: what was known at an
   * instant would change afterwards.
   *
   * Throws `PolicyError` `fact/bad-shape` for what is neither or is no JSON, with a pointer into it, and `ledger/backdated`.
   */
  append(body: LedgerBody, salt = ''): LedgerEntry {
    if (typeof salt !== 'string') refuse('fact/bad-shape', '', 'recorded with a salt that is text');
    const plain = checkBody(body);
    const before = this.list.at(-1);
    if (before !== undefined && plain.seen < before.body.seen)
      refuse(
        'ledger/backdated',
        '/seen',
        `no earlier than ${before.body.seen}, which stands before`,
      );
    const seq = this.list.length;
    // A copy through its canonical text: what is hashed is what is kept, and nobody changes it later.
    const kept = JSON.parse(canonical(plain), (_, value: unknown) =>
      Object.freeze(value),
    ) as LedgerBody;
    const leaf = leafHash(entryBytes({ seq, body: kept, salt }));
    const prev = before?.hash ?? ZEROS;
    const entry = Object.freeze({ seq, body: kept, salt, prev, hash: chainHash(leaf, prev) });
    this.list.push(entry);
    this.tree.push(leaf);
    return entry;
  }

  get entries(): readonly LedgerEntry[] {
    return this.list;
  }

  /**
   * State after the first `size` entries; of the whole when absent. Throws `PolicyError` `question/bad-shape` for a size that
   * the ledger never had.
   */
  head(size: number = this.list.length): LedgerHead {
    this.checkSize(size);
    return {
      size,
      chain: this.list[size - 1]?.hash ?? ZEROS,
      root: toHex(this.tree.root(size)),
    };
  }

  /** Hashes that tie an entry to the head after the first `size` entries, nearest to the leaf first; as for {@link head}. */
  proof(seq: number, size: number = this.list.length): readonly string[] {
    this.checkSize(size);
    if (!Number.isSafeInteger(seq) || seq < 0 || seq >= size)
      refuse('question/bad-shape', '/seq', `the number of one of the first ${size} entries`);
    return this.tree.path(seq, size).map(toHex);
  }

  private checkSize(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.list.length)
      refuse('question/bad-shape', '/size', `a size from 0 to ${this.list.length}`);
  }

  /** Recorded facts, in order of recording; give them to `engine.know`, with `seen` for an earlier state of knowledge. */
  facts(): readonly Fact[] {
    return this.list
      .map((entry) => entry.body)
      .filter((body): body is Fact => body.type !== 'decision');
  }

  /** Decisions that were recorded. */
  decisions(): readonly DecisionRecord[] {
    return this.list
      .map((entry) => entry.body)
      .filter((body): body is DecisionRecord => body.type === 'decision');
  }
}

/**
 * Check a list of entries: every number, link and hash, that nothing was recorded as known before what stands before it, and,
 * where a head is given, that nothing of what it stood for is gone or changed. The first place that is wrong is named. Never
 * throws, whatever stands in the list.
 */
export function verifyLedger(
  entries: readonly LedgerEntry[],
  head?: LedgerHead,
): { readonly ok: true; readonly head: LedgerHead } | Tampering {
  const tree = new MerkleTree();
  let prev = ZEROS;
  let seen = -Infinity;
  if (!Array.isArray(entries)) return { ok: false, at: 0, what: 'content' };
  for (const [at, entry] of (entries as readonly LedgerEntry[]).entries()) {
    if (!isObject(entry)) return { ok: false, at, what: 'content' };
    if (entry.seq !== at) return { ok: false, at, what: entry.seq > at ? 'missing' : 'order' };
    let leaf: Uint8Array;
    try {
      checkBody(entry.body);
      leaf = leafHash(entryBytes(entry));
    } catch {
      return { ok: false, at, what: 'content' };
    }
    if (entry.prev !== prev || entry.hash !== chainHash(leaf, prev))
      return { ok: false, at, what: 'content' };
    if (entry.body.seen < seen) return { ok: false, at, what: 'backdated' };
    tree.push(leaf);
    prev = entry.hash;
    seen = entry.body.seen;
  }
  if (head !== undefined) {
    // Not what `head` gave: nothing can be held against it.
    if (!isObject(head) || !Number.isSafeInteger(head.size) || head.size < 0)
      return { ok: false, at: entries.length, what: 'head' };
    if (entries.length < head.size) return { ok: false, at: entries.length, what: 'missing' };
    const chain = entries[head.size - 1]?.hash ?? ZEROS;
    // Links and hashes fit each other, yet not what was given away: all was rewritten from somewhere on.
    if (chain !== head.chain || toHex(tree.root(head.size)) !== head.root)
      return { ok: false, at: head.size - 1, what: 'head' };
  }
  return { ok: true, head: { size: entries.length, chain: prev, root: toHex(tree.root()) } };
}

/** A ledger from stored entries; tells of tampering instead of opening what is not whole. */
export function openLedger(
  entries: readonly LedgerEntry[],
  head?: LedgerHead,
): { readonly ok: true; readonly ledger: Ledger } | Tampering {
  const checked = verifyLedger(entries, head);
  if (!checked.ok) return checked;
  const ledger = new Ledger();
  for (const { body, salt } of entries) ledger.append(body, salt);
  return { ok: true, ledger };
}
