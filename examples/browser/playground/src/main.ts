import { byId, element } from './element.ts';
import { EXAMPLES } from './examples.ts';
import { startInput } from './input.ts';
import { keepForOffline } from './offline.ts';
import { fillList, outcomeOf } from './telegram-list.ts';
import { telegramView } from './telegram-view.ts';
import { type ExplainedTelegram, keysOf, telegramsOf } from './telegrams.ts';
import { counted, titleOf } from './words.ts';

const view = byId('telegram');
const status = byId('status');
const keysFault = byId('keys-fault');
const narrow = window.matchMedia('(max-width: 40rem)');

let telegrams: readonly ExplainedTelegram[] = [];
let chosen = 0;
let decrypted = true;
let mark = (_index: number): void => {};

function show(index: number): void {
  chosen = index;
  mark(index);
  const telegram = telegrams[index];
  if (telegram === undefined) {
    view.replaceChildren(
      element('p', { class: 'empty' }, 'Nothing to read yet: paste a telegram, or try an example.'),
    );
    return;
  }
  view.replaceChildren(
    ...telegramView(telegram, {
      width: narrow.matches ? 8 : 16,
      decrypted,
      onDecrypted: (wanted) => {
        decrypted = wanted;
        show(chosen);
        view.querySelector<HTMLElement>('.switch [aria-pressed=true]')?.focus();
      },
    }),
  );
}

function choose(index: number): void {
  if (index === chosen) return;
  show(index);
  const telegram = telegrams[index];
  if (telegram === undefined) return;
  const { records, issues } = telegram.telegram;
  status.textContent =
    `Telegram ${index + 1} of ${telegrams.length}: ${titleOf(telegram.telegram)}, ` +
    [
      counted(records.length, 'record'),
      ...issues.map(({ message, offset }) => `${message}, byte ${offset}`),
    ].join('; ');
}

function read(text: string, keyText: string, defaults: boolean): void {
  let keys: ReturnType<typeof keysOf> = [];
  keysFault.textContent = '';
  byId('keys').removeAttribute('aria-invalid');
  try {
    keys = keysOf(keyText);
  } catch (error) {
    keysFault.textContent = error instanceof Error ? error.message : 'the keys cannot be read';
    byId('keys').setAttribute('aria-invalid', 'true');
  }
  const result = telegramsOf(text, keys, defaults);
  telegrams = result.telegrams;
  mark = fillList(telegrams, choose);
  byId('telegram-list').hidden = telegrams.length < 2;
  show(Math.max(0, Math.min(chosen, telegrams.length - 1)));
  status.textContent = summary(result.left);
}

function summary(left: number): string {
  if (telegrams.length === 0) return 'No telegrams.';
  const by = { read: 0, locked: 0, damaged: 0 };
  for (const telegram of telegrams) by[outcomeOf(telegram)]++;
  return [
    counted(telegrams.length, 'telegram'),
    `${by.read} read`,
    ...(by.locked > 0 ? [`${by.locked} encrypted without a key that fits`] : []),
    ...(by.damaged > 0 ? [`${by.damaged} damaged`] : []),
    ...(left > 0 ? [`${left} more not shown: this page takes ${telegrams.length}`] : []),
  ].join(', ');
}

narrow.addEventListener('change', () => {
  show(chosen);
});
startInput(EXAMPLES, {
  read,
  restart: () => {
    chosen = 0;
  },
  say: (text) => {
    status.textContent = text;
  },
});
await keepForOffline(byId('offline'));
