import { existsSync, readFileSync } from 'node:fs';

/** Published descriptions and samples, beside the repository or beside the folder of its worktrees. */
export const specsFolder: URL | undefined = [
  '../../../../shared/specs/',
  '../../../../../shared/specs/',
]
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));

/** Text of a file of the specs; only called where {@link specsFolder} is there. */
export function specText(path: string): string {
  return readFileSync(new URL(path, specsFolder), 'utf8');
}

export function specJson(path: string): unknown {
  return JSON.parse(specText(path)) as unknown;
}
