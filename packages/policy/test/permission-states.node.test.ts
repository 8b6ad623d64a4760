import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stateFrom, STATES } from '../src/consent.ts';

const file = new URL('../../../../shared/policy/permission-states.json', import.meta.url);

it.skipIf(!existsSync(file))('agrees with the list of states that the project started from', () => {
  const { states } = JSON.parse(readFileSync(file, 'utf8')) as {
    states: { state: string; live: boolean; dpv: string[] | null; eddie: string[] }[];
  };
  expect(STATES.map((row) => [row.state, row.live])).toEqual(
    states.map((row) => [row.state, row.live]),
  );
  for (const { state, dpv, eddie } of states) {
    for (const word of dpv ?? [])
      if (/^\w+$/.test(word)) expect(stateFrom('dpv', word)).toBe(state);
    for (const word of eddie)
      if (/^[A-Z_]+$/.test(word)) expect(stateFrom('eddie', word)).toBe(state);
  }
});
