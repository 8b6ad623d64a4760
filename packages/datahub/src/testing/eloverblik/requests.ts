import type { HubCall, HubReply } from '../app.ts';
import { midnight } from '../european-time.ts';
import { bracketed, problem } from './errors.ts';

/** The metering points that a request asks for, or the refusal. */
export function requested(call: HubCall): string[] | HubReply {
  let ids: unknown;
  try {
    ids = (JSON.parse(call.body) as { meteringPoints?: { meteringPoint?: unknown } }).meteringPoints
      ?.meteringPoint;
  } catch {
    return problem(400, 'One or more validation errors occurred.');
  }
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string'))
    return problem(400, 'One or more validation errors occurred.');
  if (ids.length === 0) return bracketed(400, 20013, 'No valid metering points in list');
  return ids.length > 10 ? bracketed(400, 10004, 'Too many metering points') : (ids as string[]);
}

/** One item of a list that went well. */
export function okItem(id: string, content: string): string {
  return `{${content},"success":true,"errorCode":10000,"errorText":"NoError","id":"${id}","stackTrace":null}`;
}

/** A date that exists. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The instant at which a Danish day begins. */
export function midnightOf(date: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return midnight(year, month, day, 1);
}
