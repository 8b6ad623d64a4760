/** Hubs to build against: real HTTPS servers on this machine, with throw-away certificates, a clock to move and faults. */
export type { HubApp, HubAppFactory, HubCall, HubContext, HubReply } from './testing/app.ts';
export type { Certificates, Pair } from './testing/certificates.ts';
export { generatedCharges } from './testing/charges.ts';
export { TestClock } from './testing/clock.ts';
export {
  generatedIds,
  type GeneratedPoints,
  generatedValue,
  type HubOwnData,
  type OpenEnergyData,
  type PricePeriod,
  type TestCustomer,
  type TestHubData,
  withCheckDigit,
} from './testing/data.ts';
export { lackOf, readTestHubData } from './testing/data-file.ts';
export { testHubData } from './testing/data-shape.ts';
export type { Fault, FaultRule } from './testing/faults.ts';
export type { CountedLimit, LimitReport } from './testing/limits.ts';
export {
  type Exchange,
  type HubAddress,
  type HubReport,
  type RunningHub,
  serveHub,
  type ServeOptions,
} from './testing/server.ts';
export { type StartOptions, startTestHub, type TestHub } from './testing/start.ts';
