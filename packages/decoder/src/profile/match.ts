import type { DataRecord, MeterAddress } from '../telegram.ts';
import type { DeviceProfile, RecordSelector } from './form.ts';

/** The first profile that is for a meter. */
export function profileOf(
  {
    manufacturer,
    version,
    mediumCode,
  }: Pick<MeterAddress, 'manufacturer' | 'version' | 'mediumCode'>,
  profiles: readonly DeviceProfile[],
): DeviceProfile | undefined {
  return profiles.find(({ match }) =>
    match.some(
      (device) =>
        device.manufacturer === manufacturer &&
        (device.versions === undefined ||
          (version !== null && device.versions.includes(version))) &&
        (device.media === undefined || device.media.includes(mediumCode)),
    ),
  );
}

/** Whether a record is one that a rule is about. */
export function selects(selector: RecordSelector, record: DataRecord): boolean {
  for (const [field, value] of Object.entries(selector))
    if (value !== undefined && record[field as keyof RecordSelector] !== value) return false;
  return true;
}
