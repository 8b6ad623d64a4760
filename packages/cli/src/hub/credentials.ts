import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Io } from '../io.ts';
import { fileReason, UsageError } from '../usage.ts';

/** What is known of one hub's credential: fields of the file, or what the environment says. Never printed. */
export type Credential = Readonly<Record<string, unknown>>;

const variables: Readonly<Record<string, readonly [variable: string, field: string]>> = {
  eloverblik: ['METERGRAM_ELOVERBLIK_TOKEN', 'refreshToken'],
  'eloverblik-thirdparty': ['METERGRAM_ELOVERBLIK_THIRDPARTY_TOKEN', 'refreshToken'],
  entsoe: ['METERGRAM_ENTSOE_TOKEN', 'token'],
};

/**
 * The credential of a hub: from `--credentials` or the file that METERGRAM_CREDENTIALS names, else from the hub's variable.
 * Fields that end in `File` name files beside it, which are read; `state` names one that is written. A file that others may read is refused. `if-any`: where
 * there is none, it is empty.
 */
export async function credentialOf(
  hub: string,
  file: string | undefined,
  io: Io,
  need: 'needed' | 'if-any' = 'needed',
): Promise<Credential> {
  const path = file ?? io.env['METERGRAM_CREDENTIALS'];
  if (path !== undefined && path !== '') {
    const all = parse(await readSafely(path), path);
    const own = all[hub];
    if (own !== undefined) return withFiles(own, hub, path);
    if (need === 'needed' && file !== undefined)
      throw new UsageError(`${path} has nothing for ${hub}`);
  }
  if (need === 'if-any') return {};
  const [variable, name] = variables[hub] ?? [];
  const value = variable === undefined ? undefined : io.env[variable];
  if (name !== undefined && value !== undefined && value !== '') return { [name]: value };
  throw new UsageError(
    `no credential for ${hub}`,
    variable === undefined
      ? 'give --credentials FILE'
      : `set ${variable}, or give --credentials FILE`,
  );
}

/** The text of a file that its owner alone may read. */
export async function readSafely(path: string): Promise<string> {
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new UsageError(`${path} can be read by others`, `chmod 600 ${path}`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${fileReason(error)}`);
  }
}

function parse(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null)
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // The parser's message would repeat the text.
  }
  throw new UsageError(`${path} is no JSON object`);
}

async function withFiles(own: unknown, hub: string, path: string): Promise<Credential> {
  if (typeof own !== 'object' || own === null) throw new UsageError(`${path}: ${hub} is no object`);
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(own)) {
    const beside = resolve(dirname(path), String(value));
    if (name === 'state') {
      read[name] = value === 'none' ? value : beside;
      continue;
    }
    if (!name.endsWith('File')) {
      read[name] = value;
      continue;
    }
    // Certificates are public; keys are not.
    read[name.slice(0, -4)] = /^(cert|ca)File$/.test(name)
      ? await readPublic(beside)
      : await readSafely(beside);
  }
  return read;
}

/** The text of a file that anybody may read. */
export async function readPublic(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${fileReason(error)}`);
  }
}

/** A text field of a credential; names what is missing, never what is there. */
export function field(credential: Credential, name: string, hub: string): string {
  const value = credential[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(`the credential for ${hub} has no ${name}`);
}

/** A list of texts of a credential; empty where there is none. */
export function fields(credential: Credential, name: string): string[] {
  const value = credential[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
