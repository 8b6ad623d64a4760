import type { Policy } from '@metergram/policy';
import { flowsOf, lint } from '@metergram/policy/lint';
import { albertslund, elhub, karleby, ktc, norwegian } from '@metergram/policy/presets';
import { describe, expect, it } from 'vitest';

/** What lint finds, as `key: what it is about`. */
const found = (policies: Policy | readonly Policy[], severity?: string): readonly string[] =>
  lint(Array.isArray(policies) ? policies : [policies])
    .filter((finding) => severity === undefined || finding.severity === severity)
    .map(
      ({ key, params }) =>
        `${key}: ${String(params['rule'] ?? params['term'] ?? params['system'])}`,
    );

describe('what lint says of the presets', () => {
  it('finds nothing that must be mended but what the documents leave open', () => {
    expect(found(ktc, 'error')).toEqual([]);
    expect(found(karleby, 'error')).toEqual([]);
    expect(found(elhub, 'error')).toEqual([]);
    expect(found(norwegian)).toEqual([]);
    expect(found(albertslund, 'error')).toEqual([
      // Whether these count among the suppliers with agreements, the document does not say.
      'lint.no-agreement: e-boks',
      'lint.no-agreement: nemkonto',
      // "In general" no names in FOF: the copy of a TAO agreement bears them.
      'lint.flow-reaches: name',
    ]);
  });

  it('tells what a document is silent or vague about', () => {
    expect(found(karleby)).toEqual(
      expect.arrayContaining([
        'lint.approximate: kar.12.keep-after-end',
        'lint.approximate: kar.13.laws',
        'lint.approximate: kar.14.ten-years',
      ]),
    );
    expect(found(elhub)).toEqual(
      expect.arrayContaining([
        'lint.unstated-clock: elhub.ret.three-or-ten',
        'lint.unstated-clock: elhub.ret.three-years',
        'lint.ambiguous: elhub.ret.third-party',
        'lint.ambiguous: elhub.ret.delegated-responsibility',
      ]),
    );
    expect(found(albertslund)).toEqual(
      expect.arrayContaining(['lint.no-retention: cpr', 'lint.no-retention: heat-consumption']),
    );
    expect(found(albertslund)).toContain('lint.inherit-missing: alb.01.municipal-rules');
  });

  it('bounds every right to a KTC apartment by its tenancy', () => {
    expect(found(ktc).filter((line) => line.startsWith('lint.no-tenancy'))).toEqual([]);
    const { tenancy: _, ...loose } = ktc;
    expect(found(loose)).toContain('lint.no-tenancy: ktc.05.household-right');
  });

  it('ktc.27: a version in force before people were told of it', () => {
    const hasty = { ...ktc, version: '2', validFrom: '2026-02-01', noticed: '2026-02-10' };
    expect(lint([ktc, hasty])).toContainEqual(
      expect.objectContaining({ key: 'lint.before-notice', policy: 'ktc' }),
    );
    const told = { ...hasty, noticed: '2026-01-10' };
    expect(lint([ktc, told]).map(({ key }) => key)).not.toContain('lint.before-notice');
  });

  it('proves that no identity number reaches a metering system in Albertslund, and finds the way if one does', () => {
    const ways = (policy: Policy) => flowsOf([policy]).filter(({ term }) => term === 'cpr');
    expect(ways(albertslund)).toEqual([
      { term: 'cpr', system: 'energykey', path: null },
      { term: 'cpr', system: 'fof', path: null },
    ]);
    const leaky = {
      ...albertslund,
      flows: [
        ...(albertslund.flows ?? []),
        { from: 'kmd-easy-energy', to: 'sbsys' },
        { from: 'sbsys', to: 'fof' },
      ],
      rules: albertslund.rules.filter(({ id }) => id !== 'alb.15.fof-no-cpr'),
    };
    expect(ways(leaky)).toContainEqual({
      term: 'cpr',
      system: 'fof',
      path: ['kmd-easy-energy', 'sbsys', 'fof'],
    });
  });
});
