import { describe, expect, test } from 'vitest';
import type { GrantState, PartyId } from '@metergram/model';
import { STATES, stateOfElhub, TRANSITIONS } from '@metergram/policy/consent';
import { elhubDocument, elhubGrant, elhubRequest } from '../../src/elhub-browser.ts';
import { fingridGrant } from '../../src/fingrid-browser.ts';

const NOW = Date.UTC(2026, 5, 1);
const LATER = '2026-12-31T00:00:00Z';
const BEFORE = '2026-01-01T00:00:00Z';

/** Our state for one of Elhub's words, `grant:Active`; null where another resource stands for it. */
function elhubState(word: string, validTo: string): GrantState | null {
  const [kind, status = ''] = word.split(':');
  const attributes = { status, createdAt: BEFORE, updatedAt: BEFORE, validFrom: BEFORE, validTo };
  const type = 'ChangeOfBalanceSupplierForPerson';
  const relationships = {};
  if (kind === 'grant') {
    return elhubGrant({ id: 'x', type: 'AuthorizationGrant', attributes, relationships }, [], NOW)
      .state;
  }
  const grant =
    kind === 'request'
      ? elhubRequest(
          {
            id: 'x',
            type: 'AuthorizationRequest',
            attributes: { ...attributes, requestType: type },
            relationships,
          },
          NOW,
        )
      : elhubDocument(
          {
            id: 'x',
            type: 'AuthorizationDocument',
            attributes: { ...attributes, documentType: type },
            relationships,
          },
          NOW,
        );
  return grant?.state ?? null;
}

function reachable(from: GrantState, to: GrantState): boolean {
  return Object.values(TRANSITIONS).some((one) => one.to === to && one.from.includes(from));
}

describe('the policy package’s state machine takes our consents as they are', () => {
  test.each(STATES.flatMap(({ elhub }) => elhub))(
    'Elhub’s %s means the same there and here',
    (word) => {
      for (const validTo of [LATER, BEFORE]) {
        const here = elhubState(word, validTo);
        // An accepted request or a signed document is not listed: its grant is the consent.
        if (here === null) expect(['request:Accepted', 'document:Signed']).toContain(word);
        else expect(here).toBe(stateOfElhub({ word, validTo: Date.parse(validTo) }, NOW));
      }
    },
  );

  test.each([
    ['Elhub', ['request:Pending', 'grant:Active', 'grant:Revoked']],
    ['Elhub', ['request:Pending', 'grant:Active', 'grant:Exhausted']],
    ['Elhub', ['document:Pending', 'grant:Active', 'grant:Expired']],
    ['Elhub', ['request:Pending', 'request:Rejected']],
    ['Elhub', ['request:Pending', 'request:Expired']],
    ['Fingrid', ['Open', 'Approved', 'TerminatedByCustomer']],
    ['Fingrid', ['Open', 'Approved', 'TerminatedByParty']],
    ['Fingrid', ['Open', 'Rejected']],
    ['Fingrid', ['Open', 'Cancelled']],
    ['Fingrid', ['Open', 'Expired']],
  ])('%s: every step of %j is one that the machine knows', (hub, words) => {
    const states = words.map((word) =>
      hub === 'Elhub'
        ? elhubState(word, LATER)
        : fingridGrant(
            {
              requestId: 'x',
              status: word,
              from: 'a' as PartyId,
              to: 'b' as PartyId,
              meteringPoints: [],
              valid: { start: null, end: null },
              what: [],
              purposes: [],
              finest: 'PT1H',
            },
            NOW,
          ).state,
    );
    const steps = states.slice(1).map((state, at) => [states[at], state] as const);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter(([from, to]) => !from || !to || !reachable(from, to))).toEqual([]);
  });

  test('only what a hub calls active is a lawful ground', () => {
    const live = new Set(STATES.filter((row) => row.live).map((row) => row.state));
    expect([...live]).toEqual(['active']);
    expect(elhubState('grant:Brand new', LATER)).toBe('draft');
  });
});
