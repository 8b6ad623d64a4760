import type { Port } from '../../src/pool/port.ts';

/** A worker's port with a fault: `never` cannot be started, `poison` fails at a telegram of the one byte 0D. */
export function faulty(
  port: Port,
  listen: (listener: (message: { bytes?: Uint8Array }) => void) => void,
  fault: string | undefined,
): Port {
  if (fault === 'never') throw new Error('no worker today');
  return Object.assign(
    { postMessage: (message: unknown, transfer?: never) => port.postMessage(message, transfer) },
    {
      on(event: string, listener: (message: unknown) => void) {
        if (event !== 'message') return;
        listen((message) => {
          if (fault === 'poison' && message.bytes?.length === 1 && message.bytes[0] === 0x0d)
            throw new Error('poisoned');
          listener(message);
        });
      },
    },
  );
}
