import type { Language } from '../lang/language.ts';
import { inLanguage } from '../lang/language.ts';
import { type Activity, PROPOSABLE, type Register } from './activity.ts';
import type { Cell } from './cells.ts';
import { cell } from './cells.ts';
import type { ColumnKey } from './labels.ts';
import { columnLabel, word } from './labels.ts';
import { requireExport } from './usable.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made harmless in HTML content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const STYLE = `
:root { color-scheme: light; --ink: #1b1f23; --soft: #5b6470; --line: #d5dae0; --mark: #8a5a00; --markbg: #fff4dc; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 60rem; color: var(--ink); background: #fff;
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { overflow-wrap: anywhere; margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); font-size: 1.25rem; }
h3 { margin: 0; overflow-wrap: anywhere; min-width: 0; font-size: 1.05rem; }
p { margin: .35rem 0; }
.soft { color: var(--soft); }
.notice { margin: 1.25rem 0; padding: .75rem 1rem; border-left: 4px solid var(--mark); background: var(--markbg); }
.who, article dl { display: grid; grid-template-columns: minmax(9rem, 14rem) minmax(0, 1fr); margin: .75rem 0 0; }
article dl { grid-template-columns: minmax(9rem, 14rem) minmax(0, 1fr) max-content; }
dt, dd { margin: 0; overflow-wrap: anywhere; min-width: 0; padding: .3rem 0; border-top: 1px solid var(--line); }
dt { padding-right: 1rem; color: var(--soft); }
dd ul { margin: 0; padding: 0; list-style: none; }
dd li { display: inline; }
dd li:not(:last-child)::after { content: " · "; color: var(--soft); }
article { margin: 0 0 1rem; padding: .9rem 1rem; border: 1px solid var(--line); border-radius: 6px; break-inside: avoid; }
article header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; align-items: baseline; }
code { color: var(--soft); font: .85em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.mark { display: inline-block; margin-left: .4rem; padding: 0 .4rem; border: 1px solid var(--mark); border-radius: 3px;
  color: var(--mark); background: var(--markbg); font-size: .78rem; line-height: 1.35; }
h2 { overflow-wrap: anywhere; }
nav ol { margin: .5rem 0 0; padding-left: 1.4rem; columns: 2 16rem; }
a { color: inherit; }
@media (max-width: 36rem) { article dl { grid-template-columns: minmax(0, 1fr) max-content; } .who dd { border: 0; padding-top: 0; }
  .who { grid-template-columns: minmax(0, 1fr); } article dt { grid-column: 1 / -1; } article dd { border: 0; padding-top: 0; } }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  h2 { break-after: avoid; margin-top: 1.2rem; }
  article { padding: .5rem .6rem; }
  dt, dd { padding: .12rem 0; }
  .mark, .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { text-decoration: none; }
}`;

const WHO: readonly ColumnKey[] = ['controller', 'jointControllers', 'representative', 'dpo'];
const FIELDS: readonly ColumnKey[] = [...PROPOSABLE, 'rules', 'note'];

function definition(key: ColumnKey, { values, proposed }: Cell, language: Language): string {
  const mark = proposed
    ? `<span class="mark">${escapeHtml(word('proposed', language))}</span>`
    : '';
  const text =
    values.length > 1
      ? `<ul>${values.map((value) => `<li>${escapeHtml(value)}</li>`).join('')}</ul>`
      : escapeHtml(values[0] ?? '');
  return `<dt>${escapeHtml(columnLabel(key, language))}</dt><dd>${text}</dd><dd>${mark}</dd>`;
}

function row(register: Register, activity: Activity, language: Language): string {
  const fields = FIELDS.map((key) => ({ key, entry: cell(register, activity, key, language) }))
    .filter(({ entry }) => entry.values.length > 0)
    .map(({ key, entry }) => definition(key, entry, language));
  const { summary, source } = activity;
  const lines = [
    `<article id="${escapeHtml(encodeURIComponent(activity.id))}">`,
    `<header><h3>${escapeHtml(inLanguage(activity.name, language))}</h3><code>${escapeHtml(activity.id)}</code></header>`,
    summary === undefined ? '' : `<p>${escapeHtml(inLanguage(summary, language))}</p>`,
    `<dl>${fields.join('')}</dl>`,
    source === undefined
      ? ''
      : `<p class="soft">${escapeHtml(`${word('source', language)}: ${source.document}, ${word('line', language)} ${source.line}`)}</p>`,
    '</article>',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function who(register: Register, language: Language): string {
  const first = register.activities[0];
  const rows = WHO.map((key) => {
    const values = first === undefined ? [] : cell(register, first, key, language).values;
    const text = values.length === 0 ? word('not-filled', language) : values.join('; ');
    const soft = values.length === 0 ? ' class="soft"' : '';
    return `<dt>${escapeHtml(columnLabel(key, language))}</dt><dd${soft}>${escapeHtml(text)}</dd>`;
  });
  return `<dl class="who">${rows.join('')}</dl>`;
}

/**
 * The record as one HTML page, without scripts or anything fetched, made to be read and to be printed on A4. Every text is
 * escaped; what is only proposed wears a mark.
 *
 * Throws `RegisterError` as `toCsv` does.
 */
export function toHtml(register: Register, options: { readonly language?: Language } = {}): string {
  requireExport(register, options);
  const language = options.language ?? 'nb';
  const title = escapeHtml(inLanguage(register.title, language));
  const sections = register.categories.map(({ id, name }) => ({
    id: escapeHtml(encodeURIComponent(`category-${id}`)),
    name: escapeHtml(inLanguage(name, language)),
    activities: register.activities.filter(({ category }) => category === id),
  }));
  const open = register.activities.some(({ proposed }) => proposed.length > 0);
  const updated =
    register.updated === undefined
      ? ''
      : ` · ${columnLabel('updated', language)} ${register.updated}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${title}</h1>
<p class="soft">${escapeHtml(`${word('article-30', language)} · ${register.activities.length} ${word('activities', language)}${updated}`)}</p>
${open ? `<p class="notice">${escapeHtml(word('notice', language))}</p>` : ''}
${who(register, language)}
<nav><h2>${escapeHtml(word('contents', language))}</h2><ol>
${sections.map(({ id, name, activities }) => `<li><a href="#${id}">${name}</a> <span class="soft">${activities.length}</span></li>`).join('\n')}
</ol></nav>
${sections
  .map(
    ({ id, name, activities }) =>
      `<section id="${id}"><h2>${name}</h2>\n${activities.map((activity) => row(register, activity, language)).join('\n')}\n</section>`,
  )
  .join('\n')}
</body>
</html>
`;
}
