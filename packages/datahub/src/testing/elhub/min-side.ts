import type { HubCall, HubReply } from '../app.ts';
import type { AccessRegistry } from './registry.ts';

/** What a person chose on Min side when a third party asked for access. */
interface Choice {
  readonly meteringPoints: readonly string[];
  /** Civil dates. */
  readonly start?: string;
  readonly end?: string;
  /** `EH088` and the like: nothing was given. */
  readonly error?: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Min side as a person's browser sees it: the page of a request, and of third-party access (BRS-NO-624). Once the person has
 * answered, it sends the browser back to the party. How the list of contracts is written there is not published: commas here.
 */
export class MinSide {
  readonly #registry: AccessRegistry;
  readonly #gln: string;
  /** Where third parties' users come back to, as registered with Elhub. */
  readonly #returnAddress: string;
  #choice: Choice | null = null;

  constructor(registry: AccessRegistry, gln: string, returnAddress: string) {
    this.#registry = registry;
    this.#gln = gln;
    this.#returnAddress = returnAddress;
  }

  choose(choice: Choice): void {
    this.#choice = choice;
  }

  /** The page, or the way back; null for what is not Min side's. */
  handle(call: HubCall): HubReply | null {
    if (call.method !== 'GET') return null;
    const request = /^\/authorization-requests\/([^/]+)$/.exec(call.path)?.[1];
    if (request !== undefined) return this.#request(request);
    return call.path === '/third-party-access/authorize' ? this.#access(call) : null;
  }

  #request(id: string): HubReply {
    const asking = this.#registry.find('AuthorizationRequest', this.#gln, id);
    if (asking === null) return page(404, 'No such request');
    const back = asking.meta['redirectURI'];
    if (asking.status === 'Pending') return page(200, 'Accept or reject');
    return typeof back === 'string' ? sendTo(new URL(back)) : page(200, 'Answered');
  }

  #access(call: HubCall): HubReply {
    const id = call.query.get('request_id') ?? '';
    if (call.query.get('client_id') !== this.#gln) return page(403, 'Unknown party');
    if (!uuid.test(id)) return page(400, 'request_id is no UUID');
    if (!/^(Full|Limited)$/.test(call.query.get('scope') ?? '')) return page(400, 'Unknown scope');
    if (this.#choice === null) return page(200, 'Choose metering points');
    const { meteringPoints, start, end, error } = this.#choice;
    this.#choice = null;
    const back = new URL(this.#returnAddress);
    back.searchParams.set('elhubGln', '9876543210123');
    back.searchParams.set('receiverGln', this.#gln);
    back.searchParams.set('request_id', id);
    if (error !== undefined) back.searchParams.set('error', error);
    else {
      back.searchParams.set('contracts', meteringPoints.join(','));
      if (start !== undefined) back.searchParams.set('start', start);
      if (end !== undefined) back.searchParams.set('end', end);
    }
    return sendTo(back);
  }
}

function page(status: number, title: string): HubReply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><title>${title}</title>`,
  };
}

function sendTo(address: URL): HubReply {
  return { status: 302, headers: { location: address.href } };
}
