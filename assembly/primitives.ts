// The ciphers alone, for tests: the same sources as in the decoder module, so that published vectors and counted traces
// judge them in WebAssembly. No package has this module.
import { cryptCtr, decrypt, decryptCbc, encrypt, initAes, setDecryptionKey } from './crypto/aes';
import { beginCmac, finishCmac, updateCmac } from './crypto/cmac';
import { decipherDesCbc, setDesKey } from './crypto/des';

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
