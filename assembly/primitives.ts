// The ciphers alone, for tests: the same sources as in the decoder module, so that published vectors and counted traces
// judge them in WebAssembly. No package has this module.
import { cryptCtr, decrypt, decryptCbc, encrypt, initAes, setDecryptionKey } from './crypto/aes';
import { beginCmac, finishCmac, updateCmac } from './crypto/cmac';
import { openCcm } from './crypto/ccm';
import { decipherDesCbc, setDesKey } from './crypto/des';
import { openGcm } from './crypto/gcm';

initAes();

const AREA: usize = memory.data(4096, 16);

/** Address of 4096 bytes for whoever calls. */
export function area(): usize {
  return AREA;
}

export function aesEncrypt(key: usize, block: usize): void {
  setDecryptionKey(key);
  encrypt(block, block);
}

export function aesDecrypt(key: usize, block: usize): void {
  setDecryptionKey(key);
  decrypt(block, block);
}

export function aesDecryptCbc(key: usize, iv: usize, at: usize, length: usize): void {
  setDecryptionKey(key);
  decryptCbc(at, length, iv);
}

export function aesCtr(key: usize, counter: usize, at: usize, length: usize): void {
  setDecryptionKey(key);
  cryptCtr(at, length, counter);
}

export function cmac(key: usize, at: usize, length: usize, to: usize): void {
  beginCmac(key);
  updateCmac(at, length);
  finishCmac(to);
}

export function desDecryptCbc(key: usize, iv: usize, at: usize, length: usize): void {
  setDesKey(key);
  decipherDesCbc(at, length, iv);
}

/** Deciphers in place; 1 at `fits` where the tag is right, else 0. */
export function gcm(
  key: usize,
  iv: usize,
  data: usize,
  added: usize,
  at: usize,
  length: usize,
  tag: usize,
  tagLength: usize,
  fits: usize,
): void {
  store<u8>(fits, openGcm(key, iv, data, added, at, length, tag, tagLength) ? 1 : 0);
}

/** As {@link gcm}. */
export function ccm(
  key: usize,
  nonce: usize,
  nonceLength: usize,
  data: usize,
  added: usize,
  at: usize,
  length: usize,
  tag: usize,
  tagLength: usize,
  fits: usize,
): void {
  const right = openCcm(key, nonce, nonceLength, data, added, at, length, tag, tagLength);
  store<u8>(fits, right ? 1 : 0);
}
