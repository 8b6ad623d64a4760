import type { HubCall, HubReply } from '../app.ts';

/** A request for access that a party sent over the event interface (DH-83x), which the test hub's own side stands for. */
export interface AuthorizationRequest {
  /** ExternalAuthorizationRequestID: a UUID of version 4. */
  readonly id: string;
  readonly customer: string;
  status: 'Open' | 'Approved' | 'Rejected' | 'Expired' | 'Cancelled';
}

const days28 = 28 * 86_400_000;

/**
 * The Authorization Service as a customer's browser sees it: the page of a request, and the way back once they answered.
 * What is added to the return address beside the relay is not published, so nothing is. The real service has a host of its
 * own that asks nobody for a certificate; here it stands behind the same one as the data.
 */
export class AuthorizationService {
  readonly #requests: Map<string, AuthorizationRequest & { readonly until: number }> = new Map();
  readonly #now: () => number;
  /** Return addresses are registered in advance. */
  readonly #registered: readonly string[];

  constructor(now: () => number, registered: readonly string[]) {
    this.#now = now;
    this.#registered = registered;
  }

  /** The party sends its request; how long one stays open is not published, four weeks here. */
  open(id: string, customer: string): void {
    this.#requests.set(id, { id, customer, status: 'Open', until: this.#now() + days28 });
  }

  /** The customer answers, or the party takes its request back. Throws where there is no open request. */
  answer(id: string, status: AuthorizationRequest['status']): AuthorizationRequest {
    const request = this.find(id);
    if (request?.status !== 'Open') throw new Error(`no open request ${id}`);
    request.status = status;
    return request;
  }

  find(id: string): AuthorizationRequest | null {
    const request = this.#requests.get(id);
    if (request === undefined) return null;
    if (request.status === 'Open' && request.until <= this.#now()) request.status = 'Expired';
    return request;
  }

  /** The page, or the way back; null for what is not the service's. */
  handle(call: HubCall): HubReply | null {
    const [, language, id = ''] = /^\/(FI|SV|EN)\/([^/]+)$/.exec(call.path) ?? [];
    if (call.method !== 'GET' || language === undefined) return null;
    const request = this.find(id);
    if (request === null) return page(404, language, 'No such request');
    const returnUrl = call.query.get('returnUrl') ?? '';
    const relay = call.query.get('relay');
    if (!this.#registered.includes(returnUrl))
      return page(400, language, 'The return address is not registered');
    if (relay !== null && !/^[\w+/=-]{1,62}$/.test(relay))
      return page(400, language, 'The relay is no base64, or too long');
    if (request.status === 'Open') return page(200, language, 'Accept or reject');
    const back = new URL(returnUrl);
    if (relay !== null) back.searchParams.set('relay', relay);
    return { status: 302, headers: { location: back.href } };
  }
}

function page(status: number, language: string, title: string): HubReply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="${language.toLowerCase()}"><title>${title}</title></html>`,
  };
}
