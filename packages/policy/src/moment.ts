/** An instant that is asked about, and the first later one at which something that was looked at changes. */
export interface Moment {
  at: number;
  next: number;
}

/** Note that something that was looked at changes at `when`. */
export function touch(moment: Moment, when: number): void {
  if (when > moment.at && when < moment.next) moment.next = when;
}

/** Whether the moment lies in a half-open time; its edges are noted. */
export function live(moment: Moment, from: number, to: number): boolean {
  touch(moment, from);
  if (from > moment.at) return false;
  touch(moment, to);
  return to > moment.at;
}
