import type { Activity } from '@metergram/policy/register';
import { norwegianRegister, validateRegister } from '@metergram/policy/register';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const [first] = norwegianRegister.activities as [Activity];
const withFirst = (change: object): unknown => ({
  ...norwegianRegister,
  activities: [{ ...first, ...change }],
});

describe('validateRegister', () => {
  it.each([
    [{ purposes: [] }, 'register/no-purpose', '/activities/0/purposes'],
    [{ bases: [] }, 'register/no-basis', '/activities/0/bases'],
    [{ bases: ['because'] }, 'register/bad-shape', '/activities/0/bases/0'],
    [{ subjects: [] }, 'register/no-data', '/activities/0/subjects'],
    [{ data: [] }, 'register/no-data', '/activities/0/data'],
    [{ data: ['pd:Nothing'] }, 'register/unknown-term', '/activities/0/data/0'],
    [{ data: ['__proto__'] }, 'register/unknown-term', '/activities/0/data/0'],
    [{ category: 'constructor' }, 'register/unknown-category', '/activities/0/category'],
    [{ special: 'yes' }, 'register/bad-shape', '/activities/0/special'],
    [{ name: { nb: 'uten engelsk' } }, 'register/bad-shape', '/activities/0/name/en'],
    [{ name: { en: 'a', 'x/y': 'b' } }, 'register/bad-shape', '/activities/0/name/x~1y'],
    [{ erasure: undefined }, 'register/bad-shape', '/activities/0/erasure'],
    [{ erasure: { base: 'soon' } }, 'register/bad-shape', '/activities/0/erasure/base'],
    [
      { erasure: { base: 'after', event: 'case-closed', after: 'P' } },
      'register/bad-period',
      '/activities/0/erasure/after',
    ],
    [
      { erasure: { base: 'age', of: 'birth', after: 'P1Y' } },
      'register/bad-shape',
      '/activities/0/erasure/of',
    ],
    [
      { erasure: { base: 'until', events: [] } },
      'register/bad-shape',
      '/activities/0/erasure/events',
    ],
    [
      { erasure: { base: 'until', events: ['objection'], atMost: { after: '2 years' } } },
      'register/bad-period',
      '/activities/0/erasure/atMost/after',
    ],
    [
      { transfers: [{ country: 'US', safeguard: 'trust' }] },
      'register/bad-shape',
      '/activities/0/transfers/0/safeguard',
    ],
    [{ proposed: ['name'] }, 'register/bad-shape', '/activities/0/proposed/0'],
    [{ rules: [7] }, 'register/bad-shape', '/activities/0/rules/0'],
  ])('finds %j and says where', (change, code, pointer) => {
    const errors = validateRegister(withFirst(change)).filter((i) => i.severity === 'error');
    expect(errors.map(({ code: c, pointer: p }) => [c, p])).toEqual([[code, pointer]]);
  });

  it('asks for the condition of Article 9(2) where special data have no note', () => {
    const issues = validateRegister(withFirst({ special: true, note: undefined }));
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'register/no-condition', severity: 'warning' }),
    );
  });

  it('reads no more than it must of what is too large', () => {
    const many = Array.from({ length: 10_001 }, () => first);
    const issues = validateRegister({ ...norwegianRegister, activities: many });
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'register/too-large', pointer: '/activities' }),
    );
  });

  it('takes cycles and prototype keys for what they are', () => {
    const cyclic: Record<string, unknown> = { ...norwegianRegister };
    cyclic['activities'] = [cyclic];
    cyclic['terms'] = JSON.parse('{"__proto__": {"en": "a"}, "constructor": 1}') as object;
    const issues = validateRegister(cyclic);
    expect(issues.some(({ pointer }) => pointer === '/terms/constructor')).toBe(true);
    expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('answers anything with issues, never with an exception (law)', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const issues = validateRegister(value);
        expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
        for (const { code } of issues) expect(code).toMatch(/^register\/[a-z]+(-[a-z]+)*$/);
      }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(first)), fc.anything()),
        (change) => {
          expect(Array.isArray(validateRegister(withFirst(change)))).toBe(true);
        },
      ),
    );
  });
});
