/** What a worker and its parent are to one another: a Worker or `self` of the web, a Worker or `parentPort` of Node. */
export interface Port {
  postMessage(message: unknown, transfer?: never): void;
}

interface Emitter {
  on(event: string, listener: (value: unknown) => void): unknown;
}

interface Target {
  addEventListener(
    event: string,
    listener: (event: { data?: unknown; message?: string }) => void,
  ): void;
}

/** Whether a worker is one of Node, which ends with an error that nothing catches, and says so when it has ended. */
export function tellsItsEnd(port: Port): boolean {
  return 'on' in port;
}

/**
 * Calls back for every message; once or more, with a reason, when a message could not be read or the other side has gone; and
 * where a worker of the web tells of an error: it may never have begun, or may live on.
 */
export function listen(
  port: Port,
  onMessage: (message: unknown) => void,
  onFailure: (reason: string) => void,
  onError: (reason: string) => void,
): void {
  if ('on' in port) {
    const emitter = port as Port & Emitter;
    emitter.on('message', onMessage);
    // An error overtakes messages that were sent before it; when a worker has ended, they have all been delivered.
    let reason: string | undefined;
    emitter.on('error', (error) => {
      reason = String((error as Error)?.message ?? error);
    });
    emitter.on('messageerror', () => onFailure('a message could not be read'));
    emitter.on('exit', (code) => onFailure(reason ?? `it ended with code ${String(code)}`));
    return;
  }
  const target = port as Port & Target;
  target.addEventListener('message', (event) => onMessage(event.data));
  target.addEventListener('error', (event) => onError(event.message || 'it could not be loaded'));
  target.addEventListener('messageerror', () => onFailure('a message could not be read'));
}
