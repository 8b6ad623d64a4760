import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Fact, type Grant, PolicyError } from '../src/index.ts';
import {
  audit,
  auditLedger,
  excerptOf,
  Ledger,
  type LedgerEntry,
  openLedger,
  recordOf,
  sha256,
  verifyExcerpt,
  verifyLedger,
} from '../src/ledger.ts';
import { ask, consent, day, grantFact, house } from './house.ts';

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('SHA-256', () => {
  // FIPS 180-4 examples, as published by NIST.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('hashes %#', (text, digest) => {
    expect(hex(sha256(utf8(text)))).toBe(digest);
  });

  it('agrees with the platform on every length', async () => {
    for (let length = 0; length < 200; length++) {
      const bytes = new Uint8Array(length).map((_, i) => (i * 31 + length) & 255);
      const theirs = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      expect(hex(sha256(bytes))).toBe(hex(theirs));
    }
  });
});

const fromHexText = (text: string): Uint8Array =>
  new Uint8Array(text.match(/../g)!.map((two) => Number.parseInt(two, 16)));
/** Keys in order, at every depth. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([x], [y]) => (x < y ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;
const textOf = (value: unknown): string => JSON.stringify(sorted(value));
const canonicalOf = ({ body, salt, seq }: LedgerEntry): string => textOf({ body, salt, seq });

const event = (i: number): Fact => ({ type: 'event', name: `e${i}`, at: i, seen: i });
const filled = (size: number): Ledger => {
  const ledger = new Ledger();
  for (let i = 0; i < size; i++) ledger.append(event(i), `salt${i}`);
  return ledger;
};

describe('the ledger', () => {
  it('finds and places every kind of tampering', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }),
        fc.nat(),
        fc.constantFrom('change', 'drop', 'swap', 'salt', 'double', 'cut'),
        (size, pick, how) => {
          const ledger = filled(size);
          const head = ledger.head();
          const list = ledger.entries.map((entry) => ({ ...entry }) as LedgerEntry);
          const at = pick % (size - 1);
          const entry = list[at]!;
          if (how === 'change') list[at] = { ...entry, body: { ...entry.body, seen: -1 } as Fact };
          if (how === 'salt') list[at] = { ...entry, salt: 'other' };
          if (how === 'drop') list.splice(at, 1);
          if (how === 'swap') list.splice(at, 2, list[at + 1]!, entry);
          if (how === 'double') list.splice(at, 0, entry);
          if (how === 'cut') list.splice(at + 1);
          const found = verifyLedger(list, head);
          const where = how === 'double' || how === 'cut' ? at + 1 : at;
          expect(found).toMatchObject({ ok: false, at: where });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is told apart from whatever is none, and nothing is thrown', () => {
    const whole = filled(3);
    fc.assert(
      fc.property(fc.anything({ withSparseArray: true }), fc.nat(3), (odd, at) => {
        expect(verifyLedger(odd as never)).toMatchObject(
          Array.isArray(odd) && odd.length === 0 ? { ok: true } : { ok: false },
        );
        const list = [...whole.entries] as unknown[];
        list.splice(at, 1, odd);
        expect(verifyLedger(list as never)).toMatchObject({ ok: false, at });
        if (odd !== undefined)
          expect(verifyLedger(whole.entries, odd as never)).toMatchObject({ ok: false });
        const excerpt = excerptOf(whole, [1]);
        expect(verifyExcerpt(odd as never, whole.head()).ok).toBe(false);
        expect(verifyExcerpt({ ...excerpt, entries: [odd] } as never, whole.head()).ok).toBe(false);
        for (const part of ['seq', 'body', 'salt', 'path'] as const) {
          const entries = [{ ...excerpt.entries[0]!, [part]: odd }];
          expect(verifyExcerpt({ ...excerpt, entries } as never, whole.head()).ok).toBe(false);
        }
      }),
    );
    for (const size of [-1, 0.5, Number.NaN, 2 ** 60])
      expect(verifyLedger(whole.entries, { ...whole.head(), size }).ok).toBe(false);
  });

  it('finds a ledger that was written anew after its head was given away', () => {
    const head = filled(5).head();
    const forged = new Ledger();
    for (let i = 0; i < 5; i++)
      forged.append({ ...event(i), name: i === 2 ? 'another' : `e${i}` } as Fact, `salt${i}`);
    expect(verifyLedger(forged.entries).ok).toBe(true);
    expect(verifyLedger(forged.entries, head)).toEqual({ ok: false, at: 4, what: 'head' });
  });

  it('takes facts and decisions only, and tells what is wrong and where', () => {
    const ledger = filled(2);
    const refused = (body: unknown): string | null => {
      try {
        ledger.append(body as Fact);
        return null;
      } catch (error) {
        return error instanceof PolicyError
          ? `${error.code} ${error.issues[0]!.pointer}`
          : 'thrown';
      }
    };
    const cyclic: Record<string, unknown> = { ...event(2) };
    cyclic['more'] = { cyclic };
    expect(refused(null)).toBe('fact/bad-shape ');
    expect(refused('x')).toBe('fact/bad-shape ');
    expect(refused({ a: 1 })).toBe('fact/bad-shape /type');
    expect(refused({ ...event(2), at: Number.NaN })).toBe('fact/bad-shape /at');
    expect(refused({ ...event(2), at: new Date(5) })).toBe('fact/bad-shape /at');
    expect(refused({ ...event(2), more: new Map() })).toBe('fact/bad-shape /more');
    expect(refused(cyclic)).toBe('fact/bad-shape /more/cyclic');
    const decision = { type: 'decision', seen: 2, question: {}, answer: {}, policies: ['p 1'] };
    for (const part of ['seen', 'question', 'answer', 'policies'])
      expect(refused({ ...decision, [part]: 'x' })).toBe(`fact/bad-shape /${part}`);
    expect(() => ledger.append(event(2), 7 as never)).toThrow('fact/bad-shape');
    expect(ledger.entries).toHaveLength(2);
    expect(refused(decision)).toBeNull();
  });

  it('never learns afterwards that something was known before', () => {
    const ledger = filled(3);
    const late: Fact = { type: 'event', name: 'late', at: 0, seen: 1 };
    expect(() => ledger.append(late)).toThrow('ledger/backdated at /seen');
    expect(ledger.append({ ...late, seen: 2 }).seq).toBe(3);
    // Somebody who writes all links anew is found by the times, without any head.
    const entries = filled(3).entries.map((entry) => ({ ...entry }));
    const last = entries[2]!;
    const body: Fact = { ...event(2), seen: 0 };
    const forged = filled(2);
    const leaf = sha256(utf8(`\0${canonicalOf({ ...last, body })}`));
    const both = new Uint8Array([...fromHexText(forged.head().chain), ...leaf]);
    entries[2] = { ...last, body, hash: hex(sha256(both)) };
    expect(verifyLedger(entries)).toEqual({ ok: false, at: 2, what: 'backdated' });
  });

  it('cannot be changed through what it gives out', () => {
    const ledger = filled(2);
    ledger.append(grantFact(consent()));
    const body = ledger.entries[2]!.body as unknown as { grant: { what: string[] } };
    expect(() => body.grant.what.push('name')).toThrow(TypeError);
    expect(() => Object.assign(ledger.entries[0]!, { salt: 'x' })).toThrow(TypeError);
    expect(verifyLedger(ledger.entries, ledger.head()).ok).toBe(true);
  });

  it('has the root of RFC 6962 at every size it ever had, and no other size', () => {
    const ledger = filled(70);
    const leaves = ledger.entries.map((entry) => sha256(utf8(`\0${canonicalOf(entry)}`)));
    // The definition, 2.1: the left tree has as many leaves as the largest power of two below n.
    const slow = (part: readonly Uint8Array[]): Uint8Array => {
      if (part.length === 0) return sha256(new Uint8Array(0));
      if (part.length === 1) return part[0]!;
      let left = 1;
      while (left * 2 < part.length) left *= 2;
      return sha256(new Uint8Array([1, ...slow(part.slice(0, left)), ...slow(part.slice(left))]));
    };
    for (let size = 0; size <= 70; size++)
      expect(ledger.head(size).root).toBe(hex(slow(leaves.slice(0, size))));
    for (const size of [-1, 71, 0.5, Number.NaN])
      expect(() => ledger.head(size)).toThrow('question/bad-shape at /size');
  });

  it('opens what is whole, after storing as JSON', () => {
    const ledger = filled(7);
    const stored = JSON.parse(JSON.stringify(ledger.entries)) as LedgerEntry[];
    const opened = openLedger(stored, ledger.head());
    expect(opened.ok && opened.ledger.head()).toEqual(ledger.head());
    expect(openLedger(stored.slice(1))).toEqual({ ok: false, at: 0, what: 'missing' });
  });

  it('does not care in which order a body’s keys were written', () => {
    const a = new Ledger();
    const b = new Ledger();
    a.append({ type: 'event', name: 'x', at: 1, seen: 2 });
    b.append({ seen: 2, at: 1, name: 'x', type: 'event' });
    expect(a.head()).toEqual(b.head());
  });
});

describe('excerpts', () => {
  it('prove entries without the others, at every size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        (size, picks) => {
          const ledger = filled(size);
          const excerpt = excerptOf(
            ledger,
            picks.map((pick) => pick % size),
          );
          expect(verifyExcerpt(excerpt, ledger.head())).toEqual({ ok: true });
          for (const entry of excerpt.entries) {
            const forged = { ...excerpt, entries: [{ ...entry, body: event(999) }] };
            expect(verifyExcerpt(forged, ledger.head())).toEqual({ ok: false, seq: entry.seq });
            const moved = { ...excerpt, entries: [{ ...entry, seq: entry.seq + 1 }] };
            expect(verifyExcerpt(moved, ledger.head()).ok).toBe(false);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('prove entries to whoever was given an earlier head', () => {
    const ledger = filled(9);
    const heads = Array.from({ length: 10 }, (_, size) => ledger.head(size));
    for (let size = 1; size <= 9; size++)
      for (let seq = 0; seq < size; seq++) {
        const excerpt = excerptOf(ledger, [seq], size);
        expect(verifyExcerpt(excerpt, heads[size]!)).toEqual({ ok: true });
        for (const [other, head] of heads.entries())
          if (other !== size) expect(verifyExcerpt(excerpt, head)).toEqual({ ok: false, seq });
      }
    expect(verifyExcerpt(excerptOf(ledger, []), null as never).ok).toBe(false);
    expect(verifyExcerpt(excerptOf(ledger, [1]), { ...heads[9]!, size: 2 ** 40 }).ok).toBe(false);
  });

  it('leave out nothing that was asked for without saying so', () => {
    const ledger = filled(4);
    for (const seq of [4, -1, 0.5, Number.NaN])
      expect(() => excerptOf(ledger, [1, seq])).toThrow('question/bad-shape at /seq');
    expect(() => excerptOf(ledger, [3], 3)).toThrow('question/bad-shape at /seq');
    expect(() => excerptOf(ledger, [3], 5)).toThrow('question/bad-shape at /size');
    expect(excerptOf(ledger, [2, 0, 2]).entries.map(({ seq }) => seq)).toEqual([0, 2]);
  });

  it('show nothing of other entries but hashes', () => {
    const text = JSON.stringify(excerptOf(filled(9), [4]));
    expect(text).toContain('"e4"');
    for (const other of [0, 1, 2, 3, 5, 6, 7, 8]) expect(text).not.toContain(`"e${other}"`);
    expect(text).not.toContain('salt5');
  });

  it('refuse paths that are no hashes', () => {
    const ledger = filled(4);
    const [entry] = excerptOf(ledger, [1]).entries;
    for (const path of [[], ['zz'], ['00'], Array.from({ length: 70 }, () => '00'.repeat(32))])
      expect(
        verifyExcerpt({ head: ledger.head(), entries: [{ ...entry!, path }] }, ledger.head()).ok,
      ).toBe(false);
  });
});

describe('known then and known now', () => {
  const engine = compile(house);
  const question = ask({
    actor: { id: 'tv', roles: ['tv-provider'] },
    for: 'presentation',
    subject: 'anna',
    facts: {},
  });

  it('tells an access that only hindsight makes unlawful', () => {
    const facts = [
      grantFact(consent()),
      grantFact(consent({ state: 'invalidated' }), day('2026-01-01'), day('2026-09-01')),
    ];
    const found = audit(engine, facts, question);
    expect(found).toMatchObject({ verdict: 'lawful-then-only', hindsight: true });
    expect(found.because.map((each) => each.key)).toEqual([
      'audit.lawful-then',
      'audit.unlawful-now',
    ]);
  });

  it('tells of less than was known then, though something may still be had', () => {
    const narrowed = [
      grantFact(consent()),
      grantFact(consent({ finest: 'P1M' }), day('2026-01-01'), day('2026-09-01')),
    ];
    const found = audit(engine, narrowed, question);
    expect(found).toMatchObject({ verdict: 'lawful', hindsight: true });
    expect([found.then.limits[0]?.finest, found.now.limits[0]?.finest]).toEqual(['P1D', 'P1M']);
    expect(audit(engine, [grantFact(consent())], question).hindsight).toBe(false);
    expect(() => audit(engine, [], question, 'x' as never)).toThrow('question/bad-shape at /seen');
  });

  it('tells an access whose consent was recorded too late', () => {
    const late = [grantFact(consent(), day('2026-01-01'), day('2026-07-01'))];
    expect(audit(engine, late, question).verdict).toBe('lawful-now-only');
    expect(audit(engine, [], question).verdict).toBe('unlawful');
  });

  it('finds a recorded decision that the facts do not bear out', () => {
    const ledger = new Ledger();
    ledger.append(grantFact(consent()));
    const right = engine.decide(question, engine.know(ledger.facts()));
    ledger.append(recordOf(engine, question, right, question.at));
    const other = { ...question, for: 'marketing' };
    ledger.append({ ...recordOf(engine, other, right, question.at) });
    // The same outcome, and more given than there was.
    const record = recordOf(engine, question, right, question.at);
    const limits = record.answer.limits.map((limit) => ({ ...limit, finest: 'PT1H' as const }));
    ledger.append({ ...record, answer: { ...record.answer, limits } });
    expect(auditLedger(engine, ledger).map((each) => each.agrees)).toEqual([true, false, false]);
  });

  it('judges each decision of a ledger as it is judged alone, whatever was recorded between (property)', () => {
    const grants = fc.constantFrom<Partial<Grant>>(
      {},
      { finest: 'P1M' },
      { state: 'withdrawn' },
      { state: 'invalidated' },
      { purposes: ['presentation', 'marketing'] },
    );
    const step = fc.record({
      grant: fc.option(grants, { nil: null }),
      wait: fc.nat({ max: 2 }),
      purpose: fc.constantFrom('presentation', 'marketing'),
      lie: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const ledger = new Ledger();
        let seen = day('2026-06-01');
        for (const { grant, wait, purpose, lie } of steps) {
          seen += wait;
          if (grant !== null) ledger.append(grantFact(consent(grant), day('2026-01-01'), seen));
          const asked = { ...question, for: purpose };
          const given = engine.decide(asked, engine.know(lie ? [] : ledger.facts()));
          ledger.append(recordOf(engine, asked, given, seen));
        }
        const facts = ledger.facts();
        const found = auditLedger(engine, ledger);
        expect(found).toHaveLength(steps.length);
        for (const { record, audit: judged, agrees } of found) {
          const alone = audit(engine, facts, record.question, record.seen);
          expect(JSON.stringify(judged)).toBe(JSON.stringify(alone));
          const same = ['outcome', 'limits', 'obligations'] as const;
          expect(agrees).toBe(
            same.every((part) => textOf(alone.then[part]) === textOf(record.answer[part])),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
