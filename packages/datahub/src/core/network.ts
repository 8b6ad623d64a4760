import type { HubFault } from './fault.ts';

/** Faults of certificates do not pass by waiting; a hub that was not reached is not helped by asking for less. */
export function networkAdvice(code = ''): HubFault['retry'] {
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/.test(code)) return 'never';
  return notReached(code) ? 'later' : 'smaller';
}

/** No connection was made: the hub knows nothing of the request. */
export function notReached(code = ''): boolean {
  return /REFUSED|ENOTFOUND|EAI_|UNREACH|CONNECT_TIMEOUT/.test(code);
}

/** The code that the system or the TLS library gave, `ECONNREFUSED`, wherever it stands among the causes. */
export function causeCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z0-9_]{3,60}$/.test(code)) return code;
  }
  return undefined;
}
