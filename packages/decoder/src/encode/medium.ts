import { MEDIA } from '../tables/medium.ts';
import { EncodeFault } from './fault.ts';

/** The device type's code by its word, as the decoder prints it. */
export function mediumCodeOf(word: string | undefined, pointer: string): number {
  if (word === undefined) {
    throw new EncodeFault(
      'encode/missing-field',
      pointer,
      'neither medium nor mediumCode is given',
    );
  }
  const found = Object.entries(MEDIA).find(([, name]) => name === word);
  if (found === undefined) {
    throw new EncodeFault('encode/unknown-medium', pointer, `no device type is called ${word}`);
  }
  return Number(found[0]);
}
