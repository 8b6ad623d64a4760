import type { HubAppFactory } from './app.ts';

/** The hubs that can be served, each loaded only when asked for. To add one: a module and a row. */
export const hubApps: Readonly<Record<string, () => Promise<HubAppFactory>>> = {
  eloverblik: async () => (await import('./eloverblik/app.ts')).eloverblikApp,
};
