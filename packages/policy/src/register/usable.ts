import { LANGUAGES } from '../lang/language.ts';
import { RegisterError } from './check.ts';
import { validateRegister } from './validate.ts';

/** Throws `RegisterError`, with all faults and their places, for what is no register or one that cannot be used. */
export function requireRegister(register: unknown): void {
  const faults = validateRegister(register).filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new RegisterError(faults);
}

/** What an edit reads of a register, whatever else is wrong with it: an edit may be what mends that. */
const EDITED = /^(\/(activities|categories)(\/\d+(\/proposed)?)?|\/controller|\/terms)?$/;

/** Throws `RegisterError` for what no edit can be made of. */
export function requireEditable(register: unknown): void {
  const faults = validateRegister(register).filter(
    ({ code, pointer }) => code === 'register/bad-shape' && EDITED.test(pointer ?? ''),
  );
  if (faults.length > 0) throw new RegisterError(faults);
}

/** Throws `RegisterError` `register/unknown-option` for a word that is none of `words`; absent is right. */
export function requireOption(value: unknown, words: readonly string[], pointer: string): void {
  if (value === undefined || (typeof value === 'string' && words.includes(value))) return;
  const message = `one of ${words.map((word) => JSON.stringify(word)).join(', ')} is expected`;
  throw new RegisterError([
    { code: 'register/unknown-option', severity: 'error', pointer, message },
  ]);
}

/** What every export asks: a register that can be used, and a language that we write. */
export function requireExport(register: unknown, options: { readonly language?: unknown }): void {
  requireRegister(register);
  requireOption(options.language, LANGUAGES, '/language');
}
