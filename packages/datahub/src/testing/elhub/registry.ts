import type { ConsentGrant, GrantState } from '@metergram/model';
import { createHash, randomUUID } from 'node:crypto';
import { civil, midnight, offset } from '../european-time.ts';

export interface PartyId {
  readonly idType: string;
  readonly idValue: string;
}

export interface Asking {
  readonly id: string;
  readonly kind: 'AuthorizationRequest' | 'AuthorizationDocument';
  readonly type: string;
  readonly gln: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly created: number;
  readonly validTo: number;
  status: string;
  updated: number;
  answeredBy: PartyId | null;
  grant: string | null;
}

export interface Granted {
  readonly id: string;
  readonly source: Asking;
  readonly scope: string;
  readonly meteringPoints: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
  status: string;
  updated: number;
}

const days = 86_400_000;

/** What Elhub has for a state of the model: of the request, and of the grant where there is one. */
const states: Readonly<Partial<Record<GrantState, readonly [request: string, grant?: string]>>> = {
  requested: ['Pending'],
  refused: ['Rejected'],
  'lapsed-request': ['Expired'],
  active: ['Accepted', 'Active'],
  'winding-down': ['Accepted', 'Active'],
  exhausted: ['Accepted', 'Exhausted'],
  expired: ['Accepted', 'Expired'],
  withdrawn: ['Accepted', 'Revoked'],
  terminated: ['Accepted', 'Revoked'],
  invalidated: ['Accepted', 'Revoked'],
};

/** Norwegian civil time with its offset, as Elhub writes times. */
export function written(ms: number): string {
  const hours = offset(ms, 1) / 3_600_000;
  return `${new Date(ms + hours * 3_600_000).toISOString().slice(0, 19)}+0${hours}:00`;
}

/** Requests, documents and grants of all parties, newest first when listed. */
export class AccessRegistry {
  readonly #now: () => number;
  readonly #askings: Map<string, Asking> = new Map();
  readonly #grants: Map<string, Granted> = new Map();
  readonly #parties: Map<string, string> = new Map();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The id that Elhub has for a party; no identity number goes back out. */
  party(party: PartyId): { type: string; id: string } {
    const key = `${party.idType} ${party.idValue}`;
    const id = this.#parties.get(key) ?? uuidOf(key);
    this.#parties.set(key, id);
    const types: Readonly<Record<string, string>> = {
      NationalIdentityNumber: 'Person',
      OrganizationNumber: 'Organization',
      GlobalLocationNumber: 'OrganizationEntity',
    };
    return { type: types[party.idType] ?? 'Organization', id };
  }

  ask(
    kind: Asking['kind'],
    type: string,
    gln: string,
    meta: Readonly<Record<string, unknown>>,
  ): Asking {
    const created = this.#now();
    const asking: Asking = {
      id: randomUUID(),
      kind,
      type,
      gln,
      meta,
      created,
      validTo: created + 28 * days,
      status: 'Pending',
      updated: created,
      answeredBy: null,
      grant: null,
    };
    this.#askings.set(asking.id, asking);
    return asking;
  }

  /** Of one party and kind, newest first; a pending one whose time has passed is expired when it is looked at. */
  asked(kind: Asking['kind'], gln: string): Asking[] {
    return [...this.#askings.values()]
      .filter((one) => one.kind === kind && one.gln === gln)
      .map((one) => this.#aged(one))
      .toReversed();
  }

  find(kind: Asking['kind'], gln: string, id: string): Asking | null {
    const found = this.#askings.get(id);
    return found?.kind === kind && found.gln === gln ? this.#aged(found) : null;
  }

  granted(gln: string): Granted[] {
    return [...this.#grants.values()].filter((one) => one.source.gln === gln).toReversed();
  }

  findGrant(gln: string, id: string): Granted | null {
    const found = this.#grants.get(id);
    return found?.source.gln === gln ? found : null;
  }

  /** What a person answers; an acceptance makes the grant. */
  answer(id: string, accept: boolean): string | null {
    const asking = this.#askings.get(id);
    if (asking === undefined || this.#aged(asking).status !== 'Pending')
      throw new Error('nothing to answer');
    const accepted = asking.kind === 'AuthorizationRequest' ? 'Accepted' : 'Signed';
    asking.status = accept ? accepted : 'Rejected';
    asking.updated = this.#now();
    asking.answeredBy = asking.meta['requestedTo'] as PartyId;
    if (!accept) return null;
    const { year, month, day } = civil(this.#now(), 1);
    const point = asking.meta['requestedForMeteringPointId'];
    const grant: Granted = {
      id: randomUUID(),
      source: asking,
      scope: randomUUID(),
      meteringPoints: point === undefined ? [] : [String(point)],
      validFrom: this.#now(),
      validTo: midnight(year + 1, month, day, 1),
      status: 'Active',
      updated: this.#now(),
    };
    this.#grants.set(grant.id, grant);
    asking.grant = grant.id;
    return grant.id;
  }

  /** What the data says was asked and answered before the hub began. A state that Elhub does not have is left out. */
  remember(grant: ConsentGrant, gln: string): void {
    const [status, granted] = states[grant.state] ?? [];
    if (status === undefined) return;
    const now = this.#now();
    const since = grant.valid.start ?? now;
    const person = { idType: 'NationalIdentityNumber', idValue: grant.from };
    const [point] = grant.meteringPoints;
    const asking: Asking = {
      id: uuidOf(`request ${grant.id}`),
      kind: 'AuthorizationRequest',
      type: 'ChangeOfBalanceSupplierForPerson',
      gln,
      meta: {
        requestedBy: { idType: 'GlobalLocationNumber', idValue: gln },
        requestedFrom: person,
        requestedTo:
          grant.by === undefined ? person : { idType: 'NationalIdentityNumber', idValue: grant.by },
        ...(point === undefined ? {} : { requestedForMeteringPointId: point }),
      },
      created: since,
      validTo: granted === undefined ? (grant.valid.end ?? now + 28 * days) : since + 28 * days,
      status,
      updated: since,
      answeredBy: granted === undefined ? null : { ...person },
      grant: granted === undefined ? null : uuidOf(`grant ${grant.id}`),
    };
    this.#askings.set(asking.id, asking);
    if (asking.grant === null) return;
    this.#grants.set(asking.grant, {
      id: asking.grant,
      source: asking,
      scope: uuidOf(`scope ${grant.id}`),
      meteringPoints: grant.meteringPoints,
      validFrom: since,
      validTo: grant.valid.end ?? now + 365 * days,
      status: granted as string,
      updated: since,
    });
  }

  /** `Revoked` by the person, `Exhausted` by Elhub. */
  setGrant(id: string, status: string): void {
    const grant = this.#grants.get(id);
    if (grant === undefined) throw new Error('no such grant');
    grant.status = status;
    grant.updated = this.#now();
  }

  #aged(asking: Asking): Asking {
    if (asking.status === 'Pending' && asking.validTo <= this.#now()) {
      asking.status = 'Expired';
      asking.updated = asking.validTo;
    }
    return asking;
  }
}

/** An id that looks drawn and is the same for the same name in every run: version 8 of RFC 9562. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16] as string, 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
