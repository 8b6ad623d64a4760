import type { EpochMs } from '@metergram/model';
import type { DecisionJson, Fact, Question } from '../types/index.ts';
import { isObject } from '../fault.ts';
import { canonical } from './canonical.ts';
import { leafHash, rootOf } from './merkle.ts';
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
  /** `content`: body, salt or hash changed. `order`: a number out of turn (moved, doubled). `missing`: entries are gone. */
  readonly what: 'content' | 'order' | 'missing' | 'head';
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
 * {@link openLedger}. Nothing in it is ever changed; a correction is a later entry.
 */
export class Ledger {
  private readonly list: LedgerEntry[] = [];
  private readonly leaves: Uint8Array[] = [];

  /**
   * Append a fact or a decision. `salt` is random text from the host (16 bytes are enough); without one, whoever gets an
   * excerpt may guess its neighbours.
   */
  append(body: LedgerBody, salt = ''): LedgerEntry {
    const seq = this.list.length;
    // A copy through its canonical text: what is hashed is what is kept.
    const kept = JSON.parse(canonical(body)) as LedgerBody;
    const leaf = leafHash(entryBytes({ seq, body: kept, salt }));
    const prev = this.list[seq - 1]?.hash ?? ZEROS;
    const entry: LedgerEntry = { seq, body: kept, salt, prev, hash: chainHash(leaf, prev) };
    this.list.push(entry);
    this.leaves.push(leaf);
    return entry;
  }

  get entries(): readonly LedgerEntry[] {
    return this.list;
  }

  get leafHashes(): readonly Uint8Array[] {
    return this.leaves;
  }

  /** State after the first `size` entries; of the whole when absent. */
  head(size: number = this.list.length): LedgerHead {
    return {
      size,
      chain: this.list[size - 1]?.hash ?? ZEROS,
      root: toHex(rootOf(this.leaves, 0, size)),
    };
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
 * Check a list of entries: every number, link and hash, and, where a head is given, that nothing of what it stood for is
 * gone or changed. The first place that is wrong is named. Never throws, whatever stands in the list.
 */
export function verifyLedger(
  entries: readonly LedgerEntry[],
  head?: LedgerHead,
): { readonly ok: true; readonly head: LedgerHead } | Tampering {
  const leaves: Uint8Array[] = [];
  let prev = ZEROS;
  if (!Array.isArray(entries)) return { ok: false, at: 0, what: 'content' };
  for (const [at, entry] of (entries as readonly LedgerEntry[]).entries()) {
    if (!isObject(entry)) return { ok: false, at, what: 'content' };
    if (entry.seq !== at) return { ok: false, at, what: entry.seq > at ? 'missing' : 'order' };
    let leaf: Uint8Array;
    try {
      leaf = leafHash(entryBytes(entry));
    } catch {
      return { ok: false, at, what: 'content' };
    }
    if (entry.prev !== prev || entry.hash !== chainHash(leaf, prev))
      return { ok: false, at, what: 'content' };
    leaves.push(leaf);
    prev = entry.hash;
  }
  if (head !== undefined) {
    // Not what `head` gave: nothing can be held against it.
    if (!isObject(head) || !Number.isSafeInteger(head.size) || head.size < 0)
      return { ok: false, at: entries.length, what: 'head' };
    if (entries.length < head.size) return { ok: false, at: entries.length, what: 'missing' };
    const chain = entries[head.size - 1]?.hash ?? ZEROS;
    // Links and hashes fit each other, yet not what was given away: all was rewritten from somewhere on.
    if (chain !== head.chain || toHex(rootOf(leaves, 0, head.size)) !== head.root)
      return { ok: false, at: head.size - 1, what: 'head' };
  }
  return { ok: true, head: { size: entries.length, chain: prev, root: toHex(rootOf(leaves)) } };
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
