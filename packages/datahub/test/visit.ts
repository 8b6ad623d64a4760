import type { FetchLike } from '../src/index.ts';

/** What a person's browser is answered: the status, and where it is sent. */
export async function visit(
  fetch: FetchLike,
  address: URL,
): Promise<readonly [number, string | null]> {
  const answer = await fetch(address.href, {
    method: 'GET',
    headers: {},
    signal: AbortSignal.timeout(30_000),
    redirect: 'manual',
  });
  return [answer.status, answer.headers.get('location')];
}
