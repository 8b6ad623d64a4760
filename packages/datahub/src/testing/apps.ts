import type { HubAppFactory } from './app.ts';

/** The hubs that can be served, each loaded only when asked for. To add one: a module and a row. */
export const hubApps: Readonly<Record<string, () => Promise<HubAppFactory>>> = {
  elhub: async () => (await import('./elhub/app.ts')).elhubApp,
  eloverblik: async () => (await import('./eloverblik/app.ts')).eloverblikApp,
  energidataservice: async () =>
    (await import('./prices/energi-data-service.ts')).energiDataServiceApp,
  entsoe: async () => (await import('./prices/entsoe.ts')).entsoeApp,
  fingrid: async () => (await import('./fingrid/app.ts')).fingridApp,
};
