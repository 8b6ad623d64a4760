import { writeFile } from 'node:fs/promises';
import { check, type Language, type Policy } from '@metergram/policy';
import { inLanguage } from '@metergram/policy/lang';
import {
  basisName,
  erasureText,
  type LayoutId,
  LAYOUTS,
  norwegianRegister,
  termName,
  toCsv,
  toHtml,
  toJsonLd,
} from '@metergram/policy/register';
import type { Io } from './io.ts';
import { readPolicies } from './policy-input.ts';
import { type Column, table } from './policy-table.ts';
import { oneOf, UsageError } from './usage.ts';

/** How the register is to be printed. */
export interface RegisterOptions {
  readonly format: string;
  readonly language: Language;
  readonly layout?: string | undefined;
  readonly output?: string | undefined;
}

const column = (name: string, least: number): Column => ({ name, least });

/** `metergram policy register`: the library of processing activities, or the activities of policies. */
export async function printRegister(
  io: Io,
  names: readonly string[],
  options: RegisterOptions,
): Promise<number> {
  // The Norwegian preset is the library itself, and has more than a policy tells.
  if (names.some((name) => name !== 'norwegian')) return printActivities(io, names, options.format);
  const { format, language, output } = options;
  if (format === 'xlsx') {
    if (output === undefined) throw new UsageError('--format xlsx needs --output FILE.xlsx');
    const { toExcel } = await import('@metergram/policy/register/excel');
    await write(output, await toExcel(norwegianRegister, { language }));
    return 0;
  }
  const text = await rendered(io, options);
  if (output === undefined) await io.stdout.write(text);
  else await write(output, text);
  return 0;
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    throw new UsageError(
      `cannot write ${file} (${(error as NodeJS.ErrnoException).code ?? 'unwritable'})`,
    );
  }
}

async function rendered(io: Io, { format, language, layout }: RegisterOptions): Promise<string> {
  const register = norwegianRegister;
  switch (format) {
    case 'csv':
      return toCsv(register, {
        language,
        layout: oneOf('--layout', layout ?? 'article-30', Object.keys(LAYOUTS) as LayoutId[]),
      });
    case 'html':
      return toHtml(register, { language });
    case 'jsonld':
      return `${JSON.stringify(toJsonLd(register), null, 2)}\n`;
    case 'json':
      return register.activities.map((activity) => `${JSON.stringify(activity)}\n`).join('');
    default: {
      const rows = register.activities.map((activity) => [
        activity.id,
        inLanguage(activity.name, language),
        activity.purposes.map((term) => termName('purpose', term, language)).join(', '),
        activity.bases.map((basis) => basisName(basis, language)).join(', '),
        erasureText(activity.erasure, language),
        activity.proposed.length > 0 ? 'proposed' : '',
      ]);
      const columns = [
        column('activity', 12),
        column('name', 16),
        column('purposes', 12),
        column('basis', 10),
        column('until', 12),
        column('status', 8),
      ];
      return table(columns, rows, io);
    }
  }
}

async function printActivities(io: Io, names: readonly string[], format: string): Promise<number> {
  if (format !== 'table' && format !== 'json')
    throw new UsageError('activities of a policy are printed as table or json');
  const given = await readPolicies(names);
  const issues = check(given);
  for (const { code, pointer, message } of issues)
    await io.stderr.write(`metergram policy: ${code} at ${pointer || '/'}: ${message}\n`);
  if (issues.length > 0) return 2;
  const policies = given as Policy[];
  const activities = policies.flatMap((policy) => policy.activities ?? []);
  if (format === 'json')
    for (const activity of activities) await io.stdout.write(`${JSON.stringify(activity)}\n`);
  else {
    const rows = activities.map(({ id, purposes, basis, status }) => [
      id,
      purposes.join(' '),
      basis.join(' '),
      status ?? '',
    ]);
    const columns = [
      column('activity', 10),
      column('purposes', 12),
      column('basis', 10),
      column('status', 8),
    ];
    await io.stdout.write(table(columns, rows, io));
  }
  return 0;
}
