/** An instant that is asked about, and the first later one at which something that was looked at changes. */
export interface Moment {
  at: number;
  next: number;
}

/** Note that something that was looked at changes at `when`. */
export function touch(moment: Moment, when: number): void {
  if (when > moment.at && when < moment.next) moment.next = when;
}
