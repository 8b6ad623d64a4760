/** Fleets of meters that are none: telegrams with keys, the same ones for the same description on every machine. */
export type { DamageKind } from './simulate/air.ts';
export type { Medium } from './simulate/demand.ts';
export type {
  Damage,
  FleetDescription,
  FleetIssue,
  MeterGroup,
  Protection,
  Receiver,
} from './simulate/fleet.ts';
export {
  type RegisterValue,
  simulate,
  type SimulatedKey,
  type SimulatedMeter,
  type SimulatedSite,
  type SimulatedTelegram,
  type SimulateResult,
  Simulation,
} from './simulate/simulation.ts';
