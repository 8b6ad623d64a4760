import {
  type DeviceProfile,
  parseProfiles,
  PROFILES,
  ProfileError,
} from '@metergram/decoder/profile';
import { readFile } from 'node:fs/promises';
import { fileReason, UsageError } from '../usage.ts';

/** The profiles of the files, in their order, and behind them those of the package. */
export async function profilesOf(files: readonly string[]): Promise<readonly DeviceProfile[]> {
  const own: DeviceProfile[] = [];
  for (const file of files) own.push(...(await read(file)));
  return [...own, ...PROFILES];
}

async function read(file: string): Promise<readonly DeviceProfile[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileReason(error)}`);
  }
  try {
    return parseProfiles(text);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    const [first] = error.issues;
    throw new UsageError(
      `${file} ${first?.pointer ?? ''}: ${first?.message ?? 'no profiles'}`,
      'a file of profiles is a JSON array, see docs/profiles.md',
    );
  }
}
