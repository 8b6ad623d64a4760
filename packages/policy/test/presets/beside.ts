import type { Policy } from '@metergram/policy';
import { compile } from '@metergram/policy';
import type { Answered, Ask, Statement } from './case.ts';
import { questionOf } from './case.ts';

/**
 * What lies beside each permit and must be refused: changes of a question that the permit answers, one at a time. A purpose is
 * chosen that has a legal basis of its own, so that nothing but the permit's own terms stands in the way.
 */
export const BESIDE: Readonly<Record<string, readonly Partial<Ask>[]>> = {
  'ktc.05.household-right': [{ for: 'login-as' }],
  'ktc.06.high-resolution': [
    { as: 'customer' },
    { for: 'login-as' },
    { facts: { 'resource.household': 'apartment-13', 'actor.household': 'apartment-12' } },
  ],
  'ktc.16.research-deidentified.read': [{ for: 'energy-insight' }, { as: 'customer' }],
  'ktc.21.history': [{ for: 'login-as' }],
  'kar.01.portal-own-data': [{ for: 'customer-communication' }, { in: 'own-server-room' }],
  'kar.03.micro-production': [{ as: 'partner' }, { in: 'own-server-room' }],
  'kar.04.start-page': [{ as: 'partner' }, { in: 'own-server-room' }],
  'kar.05.contact-for-communication': [{ as: 'partner' }, { for: 'self-service' }],
  'kar.07.customer-must-notify.official': [{ as: 'partner' }],
  'kar.08.update-in-portal': [{ as: 'partner' }, { in: 'own-server-room' }],
  'kar.10.identify-reliably': [{ as: 'partner' }, { for: 'self-service' }],
  'kar.15.where-stored': [{ in: 'kompassen' }],
  'kar.17.audits': [{ as: 'customer' }],
  'kar.21.ncsc': [{ as: 'partner' }],
  'alb.02.data-kinds': [{ as: 'citizen' }, { for: 'billing' }],
  'alb.03.continuous-collection': [{ as: 'citizen' }, { for: 'billing' }],
  'alb.04.optimise-both': [{ as: 'citizen' }, { for: 'billing' }],
  'alb.05.easy-energy-register': [{ as: 'citizen' }, { for: 'advice' }],
  'alb.06.cpr-nemkonto': [{ for: 'heat-supply' }, { in: 'sbsys' }],
  'alb.08.cpr-subsidy': [{ as: 'citizen' }, { for: 'heat-supply' }],
  'alb.09.cpr-arrears': [{ as: 'citizen' }, { for: 'heat-supply' }],
  'alb.10.eboks': [{ as: 'citizen' }, { for: 'heat-supply' }],
  'alb.12.cpr-other-messages': [{ as: 'citizen' }, { for: 'heat-supply' }],
  'alb.13.red-consumers': [{ as: 'citizen' }, { for: 'billing' }],
  'alb.15.fof-no-cpr.tao-name': [{ in: 'sbsys' }],
  'alb.16.by-address': [{ in: 'sbsys' }],
  'alb.17.tao-photos': [{ in: 'sbsys' }],
  'alb.18.tao-contract': [{ facts: { 'dwelling.taoScheme': false } }],
  'alb.19.fof-to-ee': [{ flow: ['fof', 'sbsys'] }, { for: 'advice' }],
  'alb.21.energykey-purpose.use': [{ as: 'citizen' }, { in: 'fof' }],
  'alb.24.alarm-purpose': [{ in: 'sbsys' }],
  'alb.25.alarm-self': [{ as: 'citizen' }, { in: 'sbsys' }],
  'alb.26.alarm-who-sees': [{ in: 'sbsys' }],
  'alb.27.giv-et-praj': [{ as: 'heat-user' }, { in: 'sbsys' }],
  'alb.28.arrears-sbsys': [{ for: 'billing' }],
  'alb.29.subsidy-sbsys': [{ for: 'billing' }, { in: 'fof' }],
  'alb.31.dpa-sbsys': [{ as: 'citizen' }],
  'elh.01.purpose-limit.use': [
    { as: 'elhub.employee' },
    { for: 'operation', facts: { 'item.purposes': ['operation'] } },
  ],
  'elh.01.purpose-limit.other-basis': [
    { as: 'elhub.employee' },
    { for: 'operation', facts: { 'item.purposes': ['operation'] } },
  ],
  'elh.02.confidentiality.consented': [{ as: 'third-party' }],
  'elh.02.confidentiality.exempted': [{ as: 'third-party' }],
  'elh.03.duty-need': [{ as: 'data-subject' }],
  'elh.08.grid-area': [{ as: 'third-party' }],
  'elh.09.supplier-contract.own-period': [{ as: 'grid-company' }],
  'elh.10.third-party-grant': [{ as: 'grid-company' }],
  'elh.13.norway-only.store': [{ as: 'elhub.employee' }],
  'elh.15.india-access': [{ as: 'elhub.employee' }, { for: 'billing' }],
  'elh.16.encrypted-exchange.exchange': [{ as: 'elhub.employee' }],
  'elh.21.right-access': [{ as: 'elhub.employee' }],
  'elh.25.traces-statistics': [
    { as: 'elhub.employee' },
    { for: 'operation', facts: { 'item.purposes': ['operation'] } },
  ],
};

/** The first question of the cases that each permit of the table answers, to be refused when changed so. */
export function besideOf(
  policy: Policy,
  cases: readonly Statement[],
  parameters: Readonly<Record<string, number>>,
): readonly Answered[] {
  const engine = compile(policy, { parameters });
  const answers = cases.flatMap(({ answers: list = [] }) => list);
  return policy.rules.flatMap(({ id }) => {
    const changes = Object.hasOwn(BESIDE, id) ? BESIDE[id] : undefined;
    if (changes === undefined) return [];
    const base = answers.find(({ ask, known = [], is, seen, beside }) => {
      if (is === 'deny' || beside !== undefined) return false;
      const { because } = engine.decide(questionOf(ask), engine.know(known, seen));
      return because.some(({ key, rule }) => key === 'permit.rule' && rule === id);
    });
    if (base === undefined) throw new Error(`no question is permitted by ${id}`);
    const { ask, known = [] } = base;
    return changes.map((change) => ({ ask: { ...ask, ...change }, known, is: 'deny' as const }));
  });
}
