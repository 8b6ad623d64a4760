import type { FleetDescription } from '@metergram/decoder/simulate';

/** The fleet of `metergram simulate` without a description: every medium, both links, each protection, a little damage. */
export const EXAMPLE: FleetDescription = {
  seed: 1,
  start: '2026-03-02T00:00:00+01:00',
  end: '2026-03-03T00:00:00+01:00',
  utcOffset: 60,
  receivers: [
    { name: 'cellar', loss: 0.03 },
    { name: 'attic', loss: 0.4 },
  ],
  damage: { bitError: 0.005, cutShort: 0.002 },
  meters: [
    { count: 1, medium: 'heat', link: 'wired', annual: 40_000 },
    { count: 1, medium: 'electricity', link: 'wired', annual: 12_000, solar: 10 },
    { count: 4, medium: 'heat', format: 'A', annual: 5000 },
    { count: 4, medium: 'water' },
    { count: 4, medium: 'warm_water', protection: 'none', format: 'A' },
    { count: 4, medium: 'electricity', protection: 'ell', format: 'B', interval: 900 },
    { count: 1, medium: 'gas', protection: 'mode7', annual: 800 },
    { count: 6, medium: 'heat_cost_allocator', interval: 14_400 },
  ],
};
