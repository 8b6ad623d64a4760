import type { EpochMs, ZoneId } from '@metergram/model';
import { dateAt, hourAt, intervalEnd, type LocalDate, startOfDay } from './zone.ts';

/** When a civil day begins, and how long it is. */
interface Day {
  readonly start: EpochMs;
  readonly length: number;
}

/** Instants of a zone's wall clock, for tables whose times name no zone. Days are worked out once. */
export class CivilTimes {
  readonly zone: ZoneId;
  readonly #days: Map<LocalDate, Day> = new Map();

  constructor(zone: ZoneId) {
    this.zone = zone;
  }

  /**
   * The instants at which the clock shows a time, in order: one, two in autumn, none in spring. `24:00` is the end of the
   * day. Throws RangeError for a text that is no date.
   */
  instants(date: LocalDate, hour: number, minute: number): readonly EpochMs[] {
    const day = this.#day(date);
    if (hour === 24) return [day.start + day.length];
    const plain = day.start + (hour * 60 + minute) * 60_000;
    if (day.length === 86_400_000) return [plain];
    const instants: EpochMs[] = [];
    for (let shift = -1; shift <= 1; shift += 1) {
      const at = plain + shift * 3_600_000;
      if (dateAt(at, this.zone) === date && hourAt(at, this.zone) === hour) instants.push(at);
    }
    return instants;
  }

  #day(date: LocalDate): Day {
    let day = this.#days.get(date);
    if (day === undefined) {
      const start = startOfDay(date, this.zone);
      day = { start, length: intervalEnd(start, 'P1D', this.zone) - start };
      this.#days.set(date, day);
    }
    return day;
  }
}
