import type { EpochMs, GrantState } from '@metergram/model';
import type {
  Detail,
  Fact,
  Grant,
  GrantFact,
  GrantMethod,
  PolicyIssue,
  Term,
} from '../types/index.ts';
import { rank } from '../lattice.ts';

/** Something that happens to a grant. */
export type GrantEvent =
  | { readonly do: 'request' }
  | { readonly do: 'lapse' }
  | { readonly do: 'refuse' }
  | {
      readonly do: 'give';
      readonly method: GrantMethod;
      /** Who gives it for `from`; `authority` is the delegation that allows it. */
      readonly by?: string;
      readonly authority?: Grant;
    }
  | ({ readonly do: 'narrow' } & Narrowing)
  | { readonly do: 'withdraw'; readonly purposes?: readonly Term[] }
  | { readonly do: 'expire' }
  | { readonly do: 'exhaust' }
  | { readonly do: 'terminate' }
  | { readonly do: 'invalidate' }
  | { readonly do: 'wind-down' };

/** What a grant may shrink to; an absent part stays as it is. */
export interface Narrowing {
  readonly what?: readonly Term[];
  readonly purposes?: readonly Term[];
  readonly finest?: Detail;
  readonly meteringPoints?: readonly string[];
  readonly span?: Grant['span'];
  readonly valid?: Grant['valid'];
}

/** The new version of a grant, or why there is none. */
export type Transition =
  | { readonly ok: true; readonly grant: Grant; readonly fact: GrantFact }
  | { readonly ok: false; readonly issue: PolicyIssue };

const ENDED: readonly GrantState[] = ['expired', 'exhausted', 'withdrawn', 'terminated'];

/** From which states an event may come, and where it leads. Renewing an ended grant is giving it anew. */
export const TRANSITIONS: Readonly<
  Record<GrantEvent['do'], { readonly from: readonly GrantState[]; readonly to: GrantState }>
> = {
  request: { from: ['draft', 'lapsed-request', 'refused', ...ENDED], to: 'requested' },
  lapse: { from: ['requested'], to: 'lapsed-request' },
  refuse: { from: ['requested'], to: 'refused' },
  give: { from: ['draft', 'requested'], to: 'active' },
  narrow: { from: ['draft', 'requested', 'active'], to: 'active' },
  withdraw: { from: ['active', 'winding-down'], to: 'withdrawn' },
  expire: { from: ['active'], to: 'expired' },
  exhaust: { from: ['active'], to: 'exhausted' },
  terminate: { from: ['active', 'requested', 'winding-down'], to: 'terminated' },
  invalidate: { from: ['active', 'winding-down', ...ENDED], to: 'invalidated' },
  'wind-down': { from: ['active', 'withdrawn'], to: 'winding-down' },
};

const refuse = (code: PolicyIssue['code'], message: string): Transition => ({
  ok: false,
  issue: issueOf(code, message),
});

/**
 * Carry a grant from one state to the next. Pure: the new version comes back with the fact to record; nothing is changed.
 *
 * Issues: `grant/bad-transition` (not from this state), `grant/widened` (a narrowing that gives more),
 * `grant/no-authority` and `grant/beyond-principal` (given for another without, or beyond, a power that holds now). An
 * invalidation is true from the start of the grant: it was never a lawful ground, which an audit of then and now tells.
 */
export function advance(
  grant: Grant,
  event: GrantEvent,
  at: EpochMs,
  seen: EpochMs = at,
): Transition {
  const { from, to } = TRANSITIONS[event.do];
  if (!from.includes(grant.state))
    return refuse('grant/bad-transition', `${event.do} is not possible when ${grant.state}`);
  let next: Grant = { ...grant, state: to };
  let since = at;
  switch (event.do) {
    case 'give': {
      const { by, authority, method } = event;
      if (method === 'pre-ticked')
        return refuse(
          'grant/bad-transition',
          'a box that was ticked beforehand is no act of the giver',
        );
      const { withdrawn: _, ...fresh } = next;
      next = { ...fresh, method, given: at };
      if (by !== undefined && by !== grant.from) {
        const issue = beyond(next, by, authority, at);
        if (issue !== null) return { ok: false, issue };
        next = { ...next, by };
      }
      break;
    }
    case 'narrow': {
      const narrowed = shrink(grant, event);
      if (narrowed === null)
        return refuse('grant/widened', 'narrowing cannot give more than before');
      next = { ...narrowed, state: grant.state };
      break;
    }
    case 'withdraw': {
      const gone = event.purposes;
      if (gone === undefined) break;
      const withdrawn = [...new Set([...(grant.withdrawn ?? []), ...gone])].sort();
      const left = grant.purposes.filter((purpose) => !withdrawn.includes(purpose));
      next = { ...grant, withdrawn, state: left.length === 0 ? 'withdrawn' : grant.state };
      break;
    }
    case 'invalidate':
      since = Math.min(at, grant.given ?? grant.valid.start ?? at);
      break;
    default:
  }
  return { ok: true, grant: next, fact: { type: 'grant', at: since, seen, grant: next } };
}

const isPart = (few: readonly string[], many: readonly string[]): boolean =>
  few.every((term) => many.includes(term));

const lies = (a: Grant['span'], b: Grant['span']): boolean =>
  (b.start === null || (a.start !== null && a.start >= b.start)) &&
  (b.end === null || (a.end !== null && a.end <= b.end));

function shrink(grant: Grant, to: Narrowing): Grant | null {
  const narrowed: Grant = {
    ...grant,
    what: to.what ?? grant.what,
    purposes: to.purposes ?? grant.purposes,
    finest: to.finest ?? grant.finest,
    span: to.span ?? grant.span,
    valid: to.valid ?? grant.valid,
    ...(to.meteringPoints === undefined ? null : { meteringPoints: to.meteringPoints }),
  };
  const less =
    isPart(narrowed.what, grant.what) &&
    isPart(narrowed.purposes, grant.purposes) &&
    rank(narrowed.finest) >= rank(grant.finest) &&
    lies(narrowed.span, grant.span) &&
    lies(narrowed.valid, grant.valid) &&
    (grant.meteringPoints === undefined ||
      isPart(narrowed.meteringPoints ?? ['*'], grant.meteringPoints));
  return less ? narrowed : null;
}

const issueOf = (code: PolicyIssue['code'], message: string): PolicyIssue => ({
  code,
  severity: 'error',
  pointer: '',
  message,
});

/** Why a party may not give this for another; null when it may. */
function beyond(
  grant: Grant,
  by: string,
  authority: Grant | undefined,
  at: EpochMs,
): PolicyIssue | null {
  if (
    authority === undefined ||
    authority.kind !== 'delegation' ||
    authority.from !== grant.from ||
    authority.to !== by ||
    authority.state !== 'active' ||
    (authority.valid.start !== null && at < authority.valid.start) ||
    (authority.valid.end !== null && at >= authority.valid.end)
  )
    return issueOf('grant/no-authority', `${by} has no power to give for ${grant.from}`);
  const inside =
    isPart(grant.what, authority.what) &&
    isPart(
      grant.purposes,
      authority.purposes.filter((purpose) => authority.withdrawn?.includes(purpose) !== true),
    ) &&
    rank(grant.finest) >= rank(authority.finest) &&
    lies(grant.span, authority.span) &&
    (authority.meteringPoints === undefined ||
      isPart(grant.meteringPoints ?? ['*'], authority.meteringPoints));
  return inside ? null : issueOf('grant/beyond-principal', 'more than the power reaches');
}

/**
 * What time alone has done to a grant: an active one past its end is expired, a request unanswered past `requestUntil`
 * has lapsed. The state as it is to be shown; nothing has to be recorded for it to hold.
 */
export function stateAt(grant: Grant, at: EpochMs, requestUntil?: EpochMs): GrantState {
  if (grant.state === 'active' && grant.valid.end !== null && at >= grant.valid.end)
    return 'expired';
  if (grant.state === 'requested' && requestUntil !== undefined && at >= requestUntil)
    return 'lapsed-request';
  return grant.state;
}

/** All versions of one grant, in the order in which they became true; of equals, in which they were recorded. */
export function historyOf(facts: readonly Fact[], id: string): readonly GrantFact[] {
  return facts
    .filter((fact): fact is GrantFact => fact.type === 'grant' && fact.grant.id === id)
    .sort((a, b) => a.at - b.at || a.seen - b.seen);
}
