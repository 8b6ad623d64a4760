import type { MeteringPoint, MeteringPointId, OpenInterval, ZoneId } from '@metergram/model';
import { parseEpochMs } from '@metergram/model';
import { asList, asRecord, asText } from '../core/exact-json.ts';
import type { FingridAgreement } from './wire.ts';

/** An agreement of a customer: which point, and from when to when. */
export interface FingridAgreementView {
  readonly meteringPoint: MeteringPointId;
  readonly type: string | null;
  readonly status: string | null;
  readonly valid: OpenInterval;
}

/** What customer data says of metering points. The customer's own identity is not taken out of the answer. */
export interface FingridPoints {
  readonly points: readonly MeteringPoint[];
  readonly agreements: readonly FingridAgreementView[];
}

/**
 * The metering points that a customer's agreements name, each once, with the point's fields as sent in `source`. What
 * customer data does not say (production or consumption, resolution, grid area) is `unknown` or absent.
 */
export function fingridPoints(transaction: Readonly<Record<string, unknown>>): FingridPoints {
  const points = new Map<string, MeteringPoint>();
  const agreements: FingridAgreementView[] = [];
  for (const entry of asList(transaction['Agreements'])) {
    const agreement = asRecord(entry) as FingridAgreement | null;
    const wire = asRecord(agreement?.MeteringPoint);
    const id = asText(wire?.['MeteringPointEAN']);
    if (agreement === null || wire === null || id === null) continue;
    agreements.push({
      meteringPoint: id as MeteringPointId,
      type: asText(agreement.AgreementType),
      status: asText(agreement.AgreementStatus),
      valid: {
        start: parseEpochMs(asText(agreement.AgreementStartDate) ?? ''),
        end: parseEpochMs(asText(agreement.AgreementEndDate) ?? ''),
      },
    });
    points.set(id, {
      id: id as MeteringPointId,
      kind: 'unknown',
      medium: 'electricity',
      zone: 'Europe/Helsinki' as ZoneId,
      priceArea: 'FI',
      source: wire,
    });
  }
  return { points: [...points.values()], agreements };
}
