import type { EpochMs, GrantState } from '@metergram/model';
import type {
  Detail,
  Fact,
  Grant,
  GrantFact,
  GrantMethod,
  PolicyIssue,
  Term,
  Vocabulary,
} from '../types/index.ts';
import { fault, isObject } from '../fault.ts';
import { rank } from '../lattice.ts';
import { faultOfVersion, isMethod } from './soundness.ts';

/** Something that happens to a grant. */
export type GrantEvent =
  | {
      readonly do: 'request';
      /** The time that is asked for; absent: as it stands. Needed to ask again for a grant whose time is over. */
      readonly valid?: Grant['valid'];
    }
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

/**
 * From which states an event may come, and where it leads (null: it stays). An ended grant is renewed by asking for it and
 * giving it anew. Withdrawing some purposes of several leaves an active grant active.
 */
export const TRANSITIONS: Readonly<
  Record<GrantEvent['do'], { readonly from: readonly GrantState[]; readonly to: GrantState | null }>
> = {
  request: { from: ['draft', 'lapsed-request', 'refused', ...ENDED], to: 'requested' },
  lapse: { from: ['requested'], to: 'lapsed-request' },
  refuse: { from: ['requested'], to: 'refused' },
  give: { from: ['draft', 'requested'], to: 'active' },
  narrow: { from: ['draft', 'requested', 'active'], to: null },
  withdraw: { from: ['active', 'winding-down'], to: 'withdrawn' },
  expire: { from: ['active'], to: 'expired' },
  exhaust: { from: ['active'], to: 'exhausted' },
  terminate: { from: ['active', 'requested', 'winding-down'], to: 'terminated' },
  invalidate: { from: ['active', 'winding-down', ...ENDED], to: 'invalidated' },
  'wind-down': { from: ['active', 'withdrawn'], to: 'winding-down' },
};

const refuse = (code: PolicyIssue['code'], message: string, pointer = ''): Transition => ({
  ok: false,
  issue: issueOf(code, message, pointer),
});

/** The first instant that JavaScript dates have: "always", where nobody knows since when. */
const FIRST_INSTANT = -8.64e15;

/**
 * Carry a grant from one state to the next. Pure: the new version comes back with the fact to record; nothing is changed.
 * With the policy's vocabulary (`vocab`) a narrower term is part of a broader one, and only declared purposes can be
 * withdrawn; without it terms are compared by their names alone.
 *
 * Issues: `grant/bad-transition` (not from this state, or no event), `grant/widened` (a narrowing that gives more),
 * `grant/no-authority` and `grant/beyond-principal` (given for another without, or beyond, a power that holds now);
 * `fact/bad-shape` for what is no grant or instant, with a pointer into the fact that was to be recorded. An invalidation is
 * true from the start of the grant: it was never a lawful ground, which an audit of then and now tells.
 *
 * ```ts
 * const asked = advance(draft, { do: 'request' }, Date.UTC(2026, 0, 1));
 * const given = asked.ok ? advance(asked.grant, { do: 'give', method: 'signature' }, Date.UTC(2026, 0, 5)) : asked;
 * if (given.ok) facts.push(given.fact);
 * ```
 */
export function advance(
  grant: Grant,
  event: GrantEvent,
  at: EpochMs,
  seen: EpochMs = at,
  vocab: Vocabulary = {},
): Transition {
  const broken = faultOfVersion({ type: 'grant', at, seen, grant });
  if (broken !== null) return { ok: false, issue: broken };
  const named: unknown = event;
  if (!isObject(named) || !Object.hasOwn(TRANSITIONS, String(named['do'])))
    return refuse('grant/bad-transition', 'is no event of a grant', '/do');
  const { from, to } = TRANSITIONS[event.do];
  if (!from.includes(grant.state))
    return refuse('grant/bad-transition', `${event.do} is not possible when ${grant.state}`);
  let next: Grant = { ...grant, state: to ?? grant.state };
  let since = at;
  switch (event.do) {
    case 'request':
      if (event.valid !== undefined) next = { ...next, valid: event.valid };
      break;
    case 'give': {
      const { by, authority, method } = event;
      if (!isMethod(method))
        return refuse('grant/bad-transition', 'does not say by which act it is given', '/method');
      if (method === 'pre-ticked')
        return refuse(
          'grant/bad-transition',
          'a box that was ticked beforehand is no act of the giver',
          '/method',
        );
      const { end } = grant.valid;
      if (end !== null && at >= end)
        return refuse('grant/bad-transition', 'its time is over: ask for a later one', '/valid');
      const { withdrawn: _, ...fresh } = next;
      next = { ...fresh, method, given: at };
      if (by !== undefined && by !== grant.from) {
        const issue = beyond(next, by, authority, at, vocab);
        if (issue !== null) return { ok: false, issue };
        next = { ...next, by };
      }
      break;
    }
    case 'narrow': {
      next = shrunk(grant, event);
      const wrong = faultOfVersion({ type: 'grant', at, seen, grant: next });
      if (wrong !== null) return { ok: false, issue: wrong };
      if (!isLess(next, grant, vocab))
        return refuse('grant/widened', 'narrowing cannot give more than before');
      break;
    }
    case 'withdraw': {
      const gone: unknown = event.purposes;
      if (gone === undefined) break;
      const declared = (term: unknown): term is Term =>
        typeof term === 'string' && (vocab.for === undefined || Object.hasOwn(vocab.for, term));
      if (!Array.isArray(gone) || gone.length === 0 || !gone.every(declared))
        return refuse(
          'grant/bad-transition',
          'names no purpose that can be withdrawn',
          '/purposes',
        );
      const withdrawn = [...new Set([...(grant.withdrawn ?? []), ...gone])].sort();
      const left = grant.purposes.filter((purpose) => !isWithin(purpose, withdrawn, vocab.for));
      next = { ...grant, withdrawn, state: left.length === 0 ? 'withdrawn' : grant.state };
      break;
    }
    case 'invalidate':
      since = Math.min(at, grant.given ?? grant.valid.start ?? FIRST_INSTANT);
      break;
    default:
  }
  const fact: GrantFact = { type: 'grant', at: since, seen, grant: next };
  const wrong = faultOfVersion(fact);
  return wrong === null ? { ok: true, grant: next, fact } : { ok: false, issue: wrong };
}

/** Whether a term, or one that is broader than it, is among others. */
function isWithin(
  term: Term,
  many: readonly Term[],
  declared: NonNullable<Vocabulary['for']> = {},
): boolean {
  const up = new Set([term]);
  for (const each of up)
    for (const above of Object.hasOwn(declared, each) ? (declared[each]!.is ?? []) : [])
      up.add(above);
  return many.some((each) => up.has(each));
}

const lies = (a: Grant['span'], b: Grant['span']): boolean =>
  (b.start === null || (a.start !== null && a.start >= b.start)) &&
  (b.end === null || (a.end !== null && a.end <= b.end));

const shrunk = (grant: Grant, to: Narrowing): Grant => ({
  ...grant,
  what: to.what ?? grant.what,
  purposes: to.purposes ?? grant.purposes,
  finest: to.finest ?? grant.finest,
  span: to.span ?? grant.span,
  valid: to.valid ?? grant.valid,
  ...(to.meteringPoints === undefined ? null : { meteringPoints: to.meteringPoints }),
});

/** Whether a grant gives no more data, purposes, detail, objects or period of data than another. */
const isInside = (grant: Grant, whole: Grant, vocab: Vocabulary): boolean =>
  grant.what.every((term) => isWithin(term, whole.what, vocab.what)) &&
  grant.purposes.every((term) => isWithin(term, whole.purposes, vocab.for)) &&
  rank(grant.finest) >= rank(whole.finest) &&
  lies(grant.span, whole.span) &&
  (whole.meteringPoints === undefined ||
    (grant.meteringPoints ?? ['*']).every((object) => whole.meteringPoints!.includes(object)));

const isLess = (narrowed: Grant, grant: Grant, vocab: Vocabulary): boolean =>
  isInside(narrowed, grant, vocab) && lies(narrowed.valid, grant.valid);

const issueOf = (code: PolicyIssue['code'], message: string, pointer = ''): PolicyIssue => ({
  ...fault(code, pointer, ''),
  message,
});

/** Why a party may not give this for another; null when it may. */
function beyond(
  grant: Grant,
  by: string,
  authority: Grant | undefined,
  at: EpochMs,
  vocab: Vocabulary,
): PolicyIssue | null {
  if (
    authority === undefined ||
    faultOfVersion({ type: 'grant', at, seen: at, grant: authority }) !== null ||
    authority.kind !== 'delegation' ||
    authority.from !== grant.from ||
    authority.to !== by ||
    authority.state !== 'active' ||
    (authority.valid.start !== null && at < authority.valid.start) ||
    (authority.valid.end !== null && at >= authority.valid.end)
  )
    return issueOf('grant/no-authority', `${by} has no power to give for ${grant.from}`);
  const inside =
    isInside(grant, authority, vocab) &&
    // A purpose that was taken back takes what is narrower, and what it is a part of, with it.
    !(authority.withdrawn ?? []).some((gone) =>
      grant.purposes.some(
        (purpose) => isWithin(purpose, [gone], vocab.for) || isWithin(gone, [purpose], vocab.for),
      ),
    );
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
