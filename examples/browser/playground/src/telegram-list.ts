import { byId, element } from './element.ts';
import { rowKeys } from './row-keys.ts';
import type { ExplainedTelegram } from './telegrams.ts';
import { counted, titleOf } from './words.ts';

/** How a telegram came out, in a word. */
export function outcomeOf({ telegram, bytes }: ExplainedTelegram): 'read' | 'locked' | 'damaged' {
  const { state } = telegram.security;
  if (state === 'key-missing' || state === 'key-wrong' || state === 'unsupported') return 'locked';
  const faulty = telegram.issues.some(({ severity }) => severity === 'error');
  return faulty || bytes.length === 0 ? 'damaged' : 'read';
}

const WORDS = { read: '', locked: 'encrypted', damaged: 'damaged' };

/**
 * Fills the list of telegrams. Moving to one chooses it, as in any list box.
 *
 * @returns marks a telegram as the chosen one.
 */
export function fillList(
  telegrams: readonly ExplainedTelegram[],
  choose: (index: number) => void,
): (index: number) => void {
  const options = telegrams.map((telegram, index) => {
    const outcome = outcomeOf(telegram);
    const count = telegram.telegram.records.length;
    const option = element(
      'div',
      { role: 'option', id: `telegram-${index}`, tabindex: -1, 'aria-selected': 'false' },
      element('span', { class: 'option-title' }, titleOf(telegram.telegram)),
      element(
        'span',
        { class: `option-note ${outcome}` },
        WORDS[outcome] === '' ? counted(count, 'record') : WORDS[outcome],
      ),
    );
    const chosen = (): void => {
      choose(index);
    };
    option.addEventListener('focus', chosen);
    option.addEventListener('click', chosen);
    return option;
  });
  // A fresh box, so that the listeners of the former list go with it.
  const old = byId('telegrams');
  const box = old.cloneNode(false) as HTMLElement;
  box.append(...options);
  old.replaceWith(box);
  const hold = rowKeys(box, options);
  return (chosen) => {
    options.forEach((option, index) => {
      option.setAttribute('aria-selected', String(index === chosen));
    });
    hold(chosen);
  };
}
