import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEXTS } from '@metergram/policy/lang';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../src/policy.ts';
import { UsageError } from '../src/usage.ts';
import { memoryIo } from './memory-io.ts';

let folder: string;
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'metergram-policy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const house = {
  id: 'house',
  version: '1',
  validFrom: '2020-01-01',
  tz: 'Europe/Stockholm',
  vocab: {
    who: { tenant: {} },
    do: { read: {} },
    what: { 'meter-data': {} },
    for: { insight: {} },
  },
  parameters: { 'service.hourlyFor': { type: 'duration', default: 'P3M' } },
  rules: [
    {
      id: 'own',
      effect: 'permit',
      who: ['tenant'],
      do: ['read'],
      what: ['meter-data'],
      for: ['insight'],
      basis: 'contract',
      if: { fact: 'resource.household', value: '$actor.household' },
    },
    {
      id: 'hours',
      effect: 'cap',
      what: ['meter-data'],
      clock: { base: 'age', clock: 'value-time' },
      stages: [{ after: '$service.hourlyFor', to: 'P1D' }],
    },
  ],
};
const question = {
  at: '2026-06-01T00:00:00Z',
  actor: { id: 'anna', roles: ['tenant'] },
  do: 'read',
  what: 'meter-data',
  for: 'insight',
  object: 'apt',
  facts: { 'resource.household': 'apt', 'actor.household': 'apt' },
};
const call = async (...argv: string[]): Promise<{ code: number; out: string; err: string }> => {
  const memory = memoryIo();
  const code = await run(argv, memory.io);
  return { code, out: memory.out(), err: memory.err() };
};

describe('metergram policy', () => {
  it('checks presets and files', async () => {
    expect(await call('check', 'ktc')).toMatchObject({ code: 0 });
    const bad = file('bad.json', { ...house, rules: [{ id: 'x', effect: 'allow' }] });
    const found = await call('check', bad, '--format', 'json');
    expect(found.code).toBe(1);
    expect(JSON.parse(found.out)).toMatchObject({
      code: 'policy/bad-shape',
      pointer: '/0/rules/0/effect',
    });
  });

  it('lints, and shows the way of an identity number', async () => {
    const found = await call('lint', 'albertslund', '--format', 'json');
    const keys = found.out
      .trim()
      .split('\n')
      .map((each) => (JSON.parse(each) as { key: string }).key);
    expect(keys).toContain('lint.flow-proved');
    expect(found.code).toBe(1);
    expect((await call('lint', file('house.json', house))).out).toContain('warning');
  });

  it('decides, with exit code 1 for a deny', async () => {
    const policy = file('house.json', house);
    const mine = file('mine.json', question);
    expect(await call('decide', policy, '--question', mine)).toMatchObject({ code: 0 });
    const others = file(
      'both.jsonl',
      `${JSON.stringify(question)}\n${JSON.stringify({ ...question, facts: {} })}\n`,
    );
    const both = await call('decide', policy, '--question', others, '--format', 'json');
    expect(both.code).toBe(1);
    expect(
      both.out
        .trim()
        .split('\n')
        .map((each) => (JSON.parse(each) as { outcome: string }).outcome),
    ).toEqual(['permit', 'deny']);
  });

  it('knows recorded facts, as seen by an instant', async () => {
    const facts = file('facts.json', [
      {
        type: 'tenancy',
        object: 'apt',
        party: 'anna',
        at: '2026-03-01T00:00:00+01:00',
        seen: '2026-05-01T00:00:00Z',
      },
    ]);
    const args = [
      'decide',
      file('house.json', house),
      '--question',
      file('q.json', question),
      '--facts',
      facts,
      '--format',
      'json',
    ];
    expect(JSON.parse((await call(...args)).out)).toMatchObject({
      limits: [{ span: { start: Date.parse('2026-03-01T00:00:00+01:00') } }],
    });
    expect(JSON.parse((await call(...args, '--seen', '2026-04-01T00:00:00Z')).out)).toMatchObject({
      outcome: 'permit',
    });
  });

  it.each(['nb', 'sv', 'da', 'fi', 'en'] as const)('explains in %s', async (lang) => {
    const denied = file('denied.json', { ...question, facts: {} });
    const { out, code } = await call(
      'explain',
      file('house.json', house),
      '--question',
      denied,
      '--lang',
      lang,
    );
    expect(code).toBe(1);
    expect(out).toContain('resource.household');
    expect(out).not.toMatch(/\{\w+\}/);
    // Every line that is no ground, the first one apart, is a heading of this language, in this order.
    const { because, nearest, until } = TEXTS[lang].headings;
    expect(out.split('\n').filter((each, i) => i > 0 && /^\S/.test(each))).toEqual([
      because,
      nearest,
      until,
    ]);
    expect(out).toMatch(new RegExp(`^${TEXTS[lang].messages['outcome.deny'].slice(0, -1)}: `));
  });

  it('takes “no” for Norwegian, and names the duties', async () => {
    const log = { ...house.rules[0], then: [{ do: 'log' }] };
    const args = ['--question', file('q.json', question), '--lang'];
    const policy = file('logged.json', { ...house, rules: [log] });
    const norwegian = await call('explain', policy, ...args, 'nb');
    expect(norwegian.out).toContain(`\n${TEXTS.nb.headings.obligations}\n`);
    expect((await call('explain', policy, ...args, 'no')).out).toBe(norwegian.out);
  });

  it('plans items as a stream, by the service’s own periods', async () => {
    const items = file(
      'items.jsonl',
      `${JSON.stringify({ id: 'v1', what: 'meter-data', detail: 'PT1H', start: '2026-01-10T09:00:00Z', end: '2026-01-10T10:00:00Z' })}\n`,
    );
    const args = [
      'plan',
      file('house.json', house),
      '--items',
      items,
      '--at',
      '2026-06-01T00:00:00Z',
      '--format',
      'json',
    ];
    const plan = await call(...args);
    expect(JSON.parse(plan.out)).toMatchObject({ op: 'rollup', to: 'P1D' });
    expect(plan.err).toContain('rollup 1');
    expect(JSON.parse((await call(...args, '--set', 'service.hourlyFor=P6M')).out)).toMatchObject({
      op: 'keep',
    });
    expect((await call(...args.slice(0, -2))).out).toContain('rollup');
  });

  it('refuses a part that no question has, which would ask for more than was meant', async () => {
    const policy = file('house.json', house);
    const asked = (part: string) =>
      call(
        'decide',
        policy,
        '--question',
        file(
          'parts.jsonl',
          `${JSON.stringify(question)}\n${JSON.stringify({ ...question, [part]: 'P1D' })}\n`,
        ),
      );
    await expect(asked('detial')).rejects.toMatchObject({
      message: 'question 2: detial is no part of a question',
      hint: 'did you mean detail?',
    });
    await expect(asked('finest')).rejects.toThrow(UsageError);
    await expect(asked('detail')).resolves.toMatchObject({ code: 0 });
  });

  it('tells what is wrong with a question or an item, and goes on or stops, without a trace of itself', async () => {
    const policy = file('house.json', house);
    const odd = [null, 7, 'x', [], {}, { ...question, what: 7 }, { ...question, actor: null }];
    const questions = file('odd.jsonl', odd.map((each) => `${JSON.stringify([each])}\n`).join(''));
    for (const word of ['decide', 'explain']) {
      const { out, code } = await call(word, policy, '--question', questions);
      expect(code).toBe(1);
      expect(out.match(/^Denied: The question cannot be read: \w+\.$/gm)).toHaveLength(odd.length);
    }
    const good = { id: 'v1', what: 'meter-data', detail: 'PT1H', end: '2026-01-10T10:00:00Z' };
    for (const [bad, said] of [
      [null, ': must be item'],
      [{ ...good, id: 7 }, 'id: must be text'],
      [{ ...good, detail: 'hours' }, 'detail: must be detail'],
      [{ ...good, end: '2026-01-10' }, 'end: must be number'],
    ]) {
      const items = file('bad.json', [good, bad]);
      const plan = call('plan', policy, '--items', items, '--at', '2026-06-01T00:00:00Z');
      await expect(plan).rejects.toThrow(`bad.json, item 2: item/bad-shape at /${String(said)}`);
      await expect(plan).rejects.toThrow(UsageError);
    }
  });

  it('prints no register of what is no policy, and none to where nothing can be written', async () => {
    const bad = await call('register', file('bad.json', { id: 1 }));
    expect([bad.code, bad.out]).toEqual([2, '']);
    expect(bad.err).toContain('policy/bad-shape at /0/id');
    for (const format of ['csv', 'xlsx'])
      await expect(
        call('register', '--format', format, '--output', join(folder, 'none', 'x')),
      ).rejects.toThrow(/cannot write .*\(ENOENT\)/);
    expect((await call('register', 'norwegian', '--format', 'csv')).out).toBe(
      (await call('register', '--format', 'csv')).out,
    );
  });

  it('prints the register in every form', async () => {
    expect((await call('register')).out.split('\n')).toHaveLength(52);
    for (const format of ['json', 'csv', 'html', 'jsonld'])
      expect((await call('register', '--format', format)).out.length).toBeGreaterThan(1000);
    expect((await call('register', 'ktc')).code).toBe(0);
  });

  it('says how it is used', async () => {
    expect((await call('--help')).out).toContain('usage: metergram policy');
    await expect(call('chekc', 'ktc')).rejects.toThrow(UsageError);
    await expect(call('decide', 'ktc')).rejects.toThrow('--question');
    await expect(call('check', 'ktcc')).rejects.toThrow('cannot read');
    await expect(call('plan', 'ktc', '--items', 'x', '--at', 'June')).rejects.toThrow('instant');
  });
});
