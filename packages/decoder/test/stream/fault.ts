import type { Port } from '../../src/pool/port.ts';

/** What the faults below happen at: a telegram of one byte. */
const isPoison = ({ bytes }: { bytes?: Uint8Array }): boolean =>
  bytes?.length === 1 && bytes[0] === 0x0d;

/**
 * A worker's port with a fault. `never` cannot be started. At a telegram of the one byte 0D, `poison` fails, `gone` ends without
 * a word, and `unread` cannot read it. `stray` throws an error of its own behind every answer.
 */
export function faulty(
  port: Port & { close?(): void },
  listen: (listener: (message: { bytes?: Uint8Array }) => void) => void,
  fault: string | undefined,
): Port {
  if (fault === 'never') throw new Error('no worker today');
  return Object.assign(
    { postMessage: (message: unknown, transfer?: never) => port.postMessage(message, transfer) },
    {
      on(event: string, listener: (message: unknown) => void) {
        if (event === 'messageerror' && fault === 'unread')
          listen((message) => {
            if (isPoison(message)) listener(undefined);
          });
        if (event !== 'message') return;
        listen((message) => {
          if (isPoison(message)) {
            if (fault === 'poison') throw new Error('poisoned');
            if (fault === 'gone') port.close?.();
            if (fault === 'gone' || fault === 'unread') return;
          }
          listener(message);
          if (fault === 'stray' && message.bytes) throw new Error('stray');
        });
      },
    },
  );
}
