import { KAMSTRUP } from './profile/devices/kamstrup.ts';
import { METERS } from './profile/devices/meters.ts';
import { SMOKE } from './profile/devices/smoke.ts';
import type { DeviceProfile } from './profile/form.ts';

export { applyProfile } from './profile/apply.ts';
export type {
  BitAmount,
  BitField,
  DeviceMatch,
  DeviceProfile,
  FlagRule,
  RecordSelector,
  SentinelRule,
} from './profile/form.ts';
export { profileOf } from './profile/match.ts';
export { deviceProfile, parseProfiles, ProfileError } from './profile/shape.ts';

/** The profiles that come with the package; docs/profiles.md lists them. */
export const PROFILES: readonly DeviceProfile[] = [...KAMSTRUP, ...SMOKE, ...METERS];
