import type { TelegramIssue } from '@metergram/decoder';
import { byteGrid } from './byte-grid.ts';
import { element } from './element.ts';
import { point } from './pointing.ts';
import { fieldTable, recordTable } from './tables.ts';
import type { ExplainedTelegram } from './telegrams.ts';
import { counted, LAYERS, linkOf, meterName, securityOf, spaced, titleOf } from './words.ts';

export interface ViewOptions {
  /** Bytes in a row. */
  readonly width: number;
  /** Whether encrypted bytes are shown as they read after decryption. */
  readonly decrypted: boolean;
  /** Called when the reader wants them the other way. */
  readonly onDecrypted: (decrypted: boolean) => void;
}

/** Everything about one telegram: what it is, what is wrong with it, its bytes, its records, each byte's meaning. */
export function telegramView(telegram: ExplainedTelegram, options: ViewOptions): HTMLElement[] {
  const { bytes } = telegram;
  const grid = byteGrid(telegram, options.width, options.decrypted);
  const records = recordTable(telegram);
  const fields = fieldTable(telegram);
  const panel = element('div', {
    class: 'panel',
    id: 'meaning',
    role: 'region',
    'aria-label': 'What the bytes pointed at say',
    tabindex: 0,
  });
  const root = element(
    'div',
    { class: 'explained' },
    section(
      'bytes-card',
      'Bytes',
      [counted(byteCount(telegram), 'byte')],
      ...(bytes.some(({ plain }) => plain !== undefined) ? [decryptionSwitch(options)] : []),
      legend(telegram),
      element('div', { class: 'bytes-and-meaning' }, grid.root, panel),
      element(
        'p',
        { id: 'bytes-keys', class: 'hint' },
        'Arrow keys move from byte to byte, Enter goes to the byte’s row and back.',
      ),
    ),
    section(
      'records-card',
      'Records',
      [counted(records.rows.length, 'record')],
      records.rows.length > 0 ? records.root : element('p', { class: 'hint' }, noRecords(telegram)),
    ),
    section('fields-card', 'Byte by byte', [], fields.root),
  );
  const parts = { grid, records, fields, panel };
  const faulty = telegram.telegram.issues.find(({ severity }) => severity === 'error');
  if (bytes.length > 0) point(root, telegram, parts, runAt(telegram, faulty?.offset ?? 0));
  const issues = issueList(telegram, (offset) => {
    grid.focus(offset);
  });
  return [heading(telegram), ...issues, ...(bytes.length > 0 ? [root] : [])];
}

const byteCount = ({ bytes }: ExplainedTelegram): number =>
  bytes.reduce((sum, { hex }) => sum + hex.length / 2, 0);

/** The run of bytes that holds an offset; an offset behind the end is the last run's. */
function runAt({ bytes }: ExplainedTelegram, offset: number): number {
  const found = bytes.findIndex((run) => offset < run.offset + run.hex.length / 2);
  return found < 0 ? bytes.length - 1 : found;
}

function section(
  id: string,
  title: string,
  notes: readonly string[],
  ...children: readonly Node[]
): HTMLElement {
  return element(
    'section',
    { class: 'card', id, 'aria-labelledby': `${id}-title` },
    element(
      'div',
      { class: 'card-head' },
      element('h3', { id: `${id}-title` }, title),
      ...notes.map((note) => element('span', { class: 'note' }, note)),
    ),
    ...children,
  );
}

function heading({ telegram, line, received }: ExplainedTelegram): HTMLElement {
  const { meter, sender, accessNumber, status } = telegram;
  const facts: readonly (readonly [string, string])[] = [
    ['Link', linkOf(telegram)],
    ['Security', securityOf(telegram)],
    ...(sender === undefined
      ? []
      : [['Sent by', `${spaced(sender.medium)} ${meterName(sender)}`] as const]),
    ...(meter?.version == null ? [] : [['Version', String(meter.version)] as const]),
    ...(accessNumber === null ? [] : [['Access number', String(accessNumber)] as const]),
    ...(status === null
      ? []
      : [
          [
            'Status',
            status.flags.length === 0 ? 'no flags' : status.flags.map(spaced).join(', '),
          ] as const,
        ]),
    ...(received === undefined ? [] : [['Received', received] as const]),
  ];
  return element(
    'header',
    { class: 'telegram-head' },
    element('p', { class: 'eyebrow' }, `Line ${line}`),
    element('h2', { id: 'telegram-title', tabindex: -1 }, titleOf(telegram)),
    element(
      'dl',
      { class: 'facts' },
      ...facts.map(([name, text]) =>
        element('div', {}, element('dt', {}, name), element('dd', {}, text)),
      ),
    ),
  );
}

const SEVERITIES = { error: 'Fault', warning: 'Odd', info: 'Note' };

function issueList(
  { telegram, bytes }: ExplainedTelegram,
  goTo: (offset: number) => void,
): HTMLElement[] {
  if (telegram.issues.length === 0) return [];
  const item = (issue: TelegramIssue): HTMLElement => {
    const place = element('button', { type: 'button', class: 'link' }, `byte ${issue.offset}`);
    place.addEventListener('click', () => {
      goTo(issue.offset);
    });
    return element(
      'li',
      { class: `issue ${issue.severity}` },
      element('span', { class: 'severity' }, SEVERITIES[issue.severity]),
      element(
        'span',
        { class: 'reason' },
        `${issue.message} `,
        ...(bytes.length > 0 ? ['(', place, ')'] : []),
      ),
      element('code', {}, issue.code),
    );
  };
  return [
    element(
      'section',
      { class: 'issues', 'aria-label': 'What is wrong with this telegram' },
      element('ul', {}, ...telegram.issues.map(item)),
    ),
  ];
}

function noRecords({ telegram }: ExplainedTelegram): string {
  const { state } = telegram.security;
  if (state === 'key-missing' || state === 'key-wrong')
    return 'None can be read: the key is not there, or does not fit.';
  return telegram.issues.some(({ severity }) => severity === 'error')
    ? 'None could be read; above it says why.'
    : 'This telegram carries none.';
}

function legend({ bytes }: ExplainedTelegram): HTMLElement {
  const layers = [...new Set(bytes.map(({ layer }) => layer))];
  return element(
    'ul',
    { class: 'legend', 'aria-label': 'Colours of the layers' },
    ...layers.map((layer) => element('li', { class: `chip layer-${layer}` }, LAYERS[layer])),
  );
}

function decryptionSwitch({ decrypted, onDecrypted }: ViewOptions): HTMLElement {
  const choice = (text: string, value: boolean): HTMLElement => {
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': String(value === decrypted) },
      text,
    );
    button.addEventListener('click', () => {
      onDecrypted(value);
    });
    return button;
  };
  return element(
    'div',
    { class: 'switch', role: 'group', 'aria-label': 'Bytes are shown' },
    choice('Decrypted', true),
    choice('As sent', false),
  );
}
