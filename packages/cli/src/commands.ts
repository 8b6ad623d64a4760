import type { Command } from './io.ts';

interface Entry {
  /** One line of `metergram --help`. */
  readonly summary: string;
  /** Loaded only when asked for, so that no command pays for another. */
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help. To add one: a module that exports `run`, and a row here. */
export const commands: Readonly<Record<string, Entry>> = {
  decode: {
    summary: 'telegrams of M-Bus, wireless M-Bus and OMS into readings',
    load: () => import('./decode/command.ts'),
  },
  aggregate: {
    summary: 'readings into quarters, hours, days and months',
    load: () => import('./aggregate/command.ts'),
  },
  simulate: {
    summary: 'telegrams of a fleet of meters that are none, with their keys',
    load: () => import('./simulate.ts'),
  },
  hub: {
    summary: 'metering points, values, charges, consents and prices from datahubs',
    load: () => import('./hub/command.ts'),
  },
  policy: {
    summary: 'who may see what, how fine, how long, and why',
    load: () => import('./policy.ts'),
  },
};
