import type { MarketDocument, MarketParticipant } from '../cim/document.ts';
import { periodOfAll } from '../cim/encode.ts';
import type { Report } from '../conversion.ts';
import { formatInstant, type Instant, type Interval, toEpochMs } from '../instant.ts';
import type { TimeSeries } from '../series.ts';
import { element, type Written } from './write.ts';

// Simple types that the XML documents of ESMP share (IEC 62325-351, urn-entsoe-eu-wgedi-components).

/** Longest PartyID_String. */
const PARTY_LENGTH = 16;
/** Longest ID_String and MeasurementPointID_String. */
const ID_LENGTH = 60;

/** YMDHM_DateTime, `YYYY-MM-DDThh:mmZ`; null when there are seconds, for which it has no room. */
function minutes(time: string): string | null {
  return toEpochMs(time as Instant) % 60_000 === 0 ? `${time.slice(0, 16)}Z` : null;
}

/** ESMP_DateTimeInterval. */
export function span(name: string, start: string, end: string): Written {
  return element(name, [
    element('start', minutes(start) ?? start),
    element('end', minutes(end) ?? end),
  ]);
}

/** The period of a document: its own, or else that of its series; tells of one that is off whole minutes. */
export function periodOf(document: MarketDocument, report: Report): Interval | null {
  const { period, series } = document;
  if (period === null)
    return periodOfAll(series.filter(({ points }) => points.every(wholeMinutes)));
  if (wholeMinutes(period)) return period;
  report.error('cim/not-whole-minutes', '/period', 'the document has room for whole minutes only');
  return periodOf({ ...document, period: null }, report);
}

function wholeMinutes({ start, end }: Interval): boolean {
  return minutes(start) !== null && minutes(end) !== null;
}

/** ESMP_DateTime has no fractions of a second; tells what it leaves. */
export function wholeSeconds(time: Instant, report: Report, pointer: string): string {
  const whole = formatInstant(Math.floor(toEpochMs(time) / 1000) * 1000);
  if (whole !== time) report.loss('loss/milliseconds', pointer, 'no place for milliseconds');
  return whole;
}

/** Coding scheme of a metering point: GS1 for a GSRN, else the common one. */
export function schemeOfPoint(id: string | null): string {
  return /^[0-9]{18}$/.test(id ?? '') ? 'A10' : 'A02';
}

/** True when the document has room for the series' times and metering point; tells what it has none for. */
export function fits(series: TimeSeries, report: Report, pointer: string): boolean {
  if (!series.points.every(wholeMinutes)) {
    report.error('cim/not-whole-minutes', pointer, 'the document has room for whole minutes only');
    return false;
  }
  if ((series.meteringPoint?.length ?? 0) > ID_LENGTH) {
    const message = `the metering point has more than ${ID_LENGTH} characters`;
    report.error('cim/id-form', pointer, message);
    return false;
  }
  return true;
}

/** Tells of an id that is no ID_String. */
export function checkId(id: string, report: Report, pointer: string): void {
  if (id === '' || id.length > ID_LENGTH)
    report.error('cim/id-form', pointer, `must have 1 to ${ID_LENGTH} characters`);
}

/** Tells of a participant whose id is no PartyID_String of a listed coding scheme. */
export function checkParty(who: MarketParticipant, report: Report, pointer: string): void {
  const listed = who.scheme === null || /^(?:A01|A02|A10|N[A-Z]{2})$/.test(who.scheme);
  if (listed && (who.id?.length ?? 0) <= PARTY_LENGTH) return;
  const message = `not a listed scheme and at most ${PARTY_LENGTH} characters`;
  report.error('cim/id-form', pointer, message);
}
