/**
 * Makes the rows of a table one stop for the Tab key: up, down, Home and End move between them.
 *
 * @returns puts the stop on a row.
 */
export function rowKeys(body: HTMLElement, rows: readonly HTMLElement[]): (row: number) => void {
  let held = 0;
  const hold = (row: number): void => {
    rows[held]?.setAttribute('tabindex', '-1');
    held = Math.min(Math.max(row, 0), rows.length - 1);
    rows[held]?.setAttribute('tabindex', '0');
  };
  hold(0);
  body.addEventListener('keydown', (event) => {
    const next = { ArrowDown: held + 1, ArrowUp: held - 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    if (next === undefined) return;
    event.preventDefault();
    hold(next);
    rows[held]?.focus();
  });
  body.addEventListener('focusin', ({ target }) => {
    const row = rows.findIndex((each) => each.contains(target as Node));
    if (row >= 0) hold(row);
  });
  return hold;
}
