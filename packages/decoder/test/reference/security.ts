// What the configuration field says of a body, and how it is opened: EN 13757-7 clauses 7.6 and 9.

import type { Security } from '../../src/index.ts';
import { applyCtr, cmac, decryptCbc, decryptDesCbc } from './cipher.ts';
import { openCcm, openGcm } from './experimental.ts';
import { bytesOf, lowFirst, type Octets } from './octet.ts';
import { issue } from './records.ts';
import { addressIn, type State } from './state.ts';

/** The body with its encrypted part decrypted; null where there is nothing left to read. */
export function openBody(
  state: State,
  message: Octets,
  body: Octets,
  configuration: number,
  access: number,
): Octets | null {
  const mode = (configuration >> 8) & 0x1f;
  if (mode === 5) {
    const iv = [...addressIn(state), ...Array<number>(8).fill(access)];
    checkMac(state, message);
    return openBlocks(state, body, (configuration >> 4) & 15, mode, iv, state.key);
  }
  if (mode === 7) return openDerived(state, message, body, configuration);
  if (mode === 2 || mode === 3) return openDes(state, body, configuration);
  if (mode >= 8 && mode <= 10) return openExperimental(state, message, body, configuration);
  if (mode !== 0) {
    state.security = { mode, layer: 'tpl', state: 'unsupported' };
    state.issues.push(issue('security/unsupported', 'error', body[0]?.at ?? 0, 'tpl'));
    return null;
  }
  checkMac(state, message);
  return body;
}

function openBlocks(
  state: State,
  body: Octets,
  blocks: number,
  mode: number,
  iv: readonly number[],
  key: readonly number[] | null,
): Octets | null {
  if (blocks === 0) return body;
  const length = Math.min(16 * blocks, body.length - (body.length % 16));
  const secret = body.slice(0, length);
  const clear = body.slice(16 * blocks);
  const at = body[0]?.at ?? 0;
  const set = (of: Security['state']): void => {
    state.security = { ...state.security, mode, layer: 'tpl', state: of };
  };
  if (secret[0]?.value === 0x2f && secret[1]?.value === 0x2f) {
    set('plain');
    state.issues.push(issue('security/plain', 'info', at, 'tpl'));
    return body;
  }
  if (key === null) {
    set('key-missing');
    state.issues.push(issue('security/key-missing', 'error', at, 'tpl'));
    return clear;
  }
  const plain = decryptCbc(key, iv, bytesOf(secret));
  if (plain[0] !== 0x2f || plain[1] !== 0x2f) {
    set('key-wrong');
    state.issues.push(issue('security/key-wrong', 'error', at, 'tpl'));
    return clear;
  }
  set('decrypted');
  if (length < 16 * blocks) state.issues.push(issue('security/length', 'warning', at, 'tpl'));
  return [...secret.map((octet, i) => ({ value: plain[i]!, at: octet.at })), ...clear];
}

/** Modes 2 and 3: the low byte counts bytes. Mode 3 has number, maker and date of the meter in its vector. */
function openDes(state: State, body: Octets, configuration: number): Octets | null {
  const mode = configuration >> 8;
  const length = configuration & 0xff;
  const at = body[0]?.at ?? 0;
  const set = (of: Security['state'], code: string | null): void => {
    state.security = { ...state.security, mode, layer: 'tpl', state: of };
    if (code !== null) state.issues.push(issue(code, of === 'plain' ? 'info' : 'error', at, 'tpl'));
  };
  if (body[0]?.value === 0x2f && body[1]?.value === 0x2f) {
    set('plain', 'security/plain');
    return body;
  }
  const clear = body.slice(length);
  if (state.key === null) {
    set('key-missing', 'security/key-missing');
    return clear;
  }
  const address = addressIn(state);
  const iv =
    mode === 2
      ? [0, 0, 0, 0, 0, 0, 0, 0]
      : [...address.slice(2, 6), ...address.slice(0, 2), ...(state.date ?? [0, 0])];
  const plain = decryptDesCbc(state.key.slice(0, 8), iv, bytesOf(body.slice(0, length)));
  if (plain[0] !== 0x2f || plain[1] !== 0x2f) {
    set('key-wrong', 'security/key-wrong');
    return clear;
  }
  set('decrypted', null);
  return [...plain.map((value, i) => ({ value, at: body[i]!.at })), ...clear];
}

function openDerived(
  state: State,
  message: Octets,
  body: Octets,
  configuration: number,
): Octets | null {
  const extension = body[0]?.value ?? 0;
  const ownCounter = (configuration & 0x2000) !== 0;
  let at = 1;
  let { counter } = state;
  if (ownCounter) {
    counter = bytesOf(body.slice(at, at + 4));
    at += 4;
    if (counter.length === 4) state.messageCounter = lowFirst(counter);
  }
  if ((extension & 0x40) !== 0) at++;
  const opened = openBlocks(
    state,
    body.slice(at),
    (configuration >> 4) & 15,
    7,
    Array<number>(16).fill(0),
    derived(state, counter, 0x00),
  );
  checkMac(state, message);
  return opened;
}

/** Modes 8, 9 and 10, where a key is given and the MAC fits; this decoder makes nothing of other ones. */
function openExperimental(
  state: State,
  message: Octets,
  body: Octets,
  configuration: number,
): Octets | null {
  const mode = (configuration >> 8) & 31;
  const head = bytesOf(body.slice(0, 6));
  const own = mode === 9 || (configuration & 0x2000) !== 0;
  const start = mode === 9 ? 6 : 1 + (own ? 4 : 0) + ((head[0]! & 0x40) === 0 ? 0 : 1);
  const length = mode === 9 ? head[0]! : configuration & 0xff;
  const counter = own ? head.slice(mode === 9 ? 2 : 1).slice(0, 4) : state.counter;
  if (own && counter?.length === 4) state.messageCounter = lowFirst(counter);
  const cipher = bytesOf(body.slice(start, start + length));
  const tag = bytesOf(body.slice(start + length)).slice(0, { 8: 0, 9: 12, 10: 8 }[mode]);
  const nonce = [...addressIn(state), ...(counter ?? []).toReversed()];
  const key = mode === 9 ? state.key : derived(state, counter, 0x00);
  if (key === null) return null;
  const opened =
    mode === 8
      ? { text: applyCtr(key, Array<number>(16).fill(0), cipher), tag: [] }
      : mode === 9
        ? openGcm(key, nonce, cipher)
        : openCcm(key, [...nonce, 0], cipher);
  if (tag.some((byte, i) => byte !== opened.tag[i])) return null;
  state.security = { ...state.security, mode, layer: 'tpl', state: 'decrypted' };
  if (mode === 8) checkMac(state, message);
  else state.security = { ...state.security, mac: 'ok' };
  return [
    ...opened.text.map((value, i) => ({ value, at: body[start + i]!.at })),
    ...body.slice(start + length + tag.length),
  ];
}

/** KDF-A: what for, message counter, the meter's identification number, and 07 seven times. */
function derived(state: State, counter: number[] | null, purpose: number): number[] | null {
  if (state.key === null || counter?.length !== 4) return null;
  const ident = addressIn(state).slice(2, 6);
  return cmac(state.key, [
    purpose + (state.toMeter ? 0x10 : 0),
    ...counter,
    ...ident,
    ...Array<number>(7).fill(7),
  ]);
}

/** The MAC of the authentication layer over the message as it was sent. */
export function checkMac(state: State, message: Octets): void {
  const key = derived(state, state.counter, 0x01);
  if (state.mac === null || key === null) return;
  const { sent, prefix } = state.mac;
  const expected = cmac(key, [...prefix, ...bytesOf(message)]).slice(0, sent.length);
  const right = expected.every((byte, i) => byte === sent[i]);
  state.security = { ...state.security, mac: right ? 'ok' : 'wrong' };
  if (!right) state.issues.push(issue('security/mac', 'error', message[0]!.at, 'afl'));
}
