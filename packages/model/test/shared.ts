import { existsSync, readFileSync } from 'node:fs';

/** Published schemas and samples, beside the repository; tests that need them are skipped where they are not. */
const folder = ['../../../../shared/specs/', '../../../../../shared/specs/']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));

export const hasSpecs: boolean = folder !== undefined;

export function spec(path: string): string {
  return readFileSync(new URL(path, folder), 'utf8');
}
