import type { Issue } from './issue.ts';

/**
 * What a conversion gives: the value, and what went wrong or was lost on the way, as data.
 *
 * A loss is an issue whose code begins with `loss/`: the target has no place for something that the source said. It is
 * told once for each kind of loss, at the first place. Without such an issue, converting back gives the same again.
 */
export interface Converted<T> {
  readonly value: T;
  readonly issues: readonly Issue[];
}

/** Collects issues; a loss is kept once. */
export class Report {
  readonly issues: Issue[] = [];
  private readonly told = new Set<string>();

  error(code: string, pointer: string, message: string): void {
    this.issues.push({ code, severity: 'error', message, pointer });
  }

  warning(code: string, pointer: string, message: string): void {
    this.issues.push({ code, severity: 'warning', message, pointer });
  }

  info(code: string, pointer: string, message: string): void {
    this.issues.push({ code, severity: 'info', message, pointer });
  }

  loss(code: string, pointer: string, message: string): void {
    if (this.told.has(code)) return;
    this.told.add(code);
    this.issues.push({ code, severity: 'warning', message, pointer });
  }
}
