import { byId, element } from './element.ts';
import type { Example } from './examples.ts';
import { holdsKeys } from './telegrams.ts';

interface Reader {
  /** Reads what stands in the fields. */
  read(telegrams: string, keys: string, defaultKeys: boolean): void;
  /** What comes next is something else: begin with its first telegram. */
  restart(): void;
  say(text: string): void;
}

const LARGEST_FILE = 4 << 20;
const PAUSE = 200;

/** Shows that what is dragged may be dropped here. */
function over(on: boolean): void {
  document.body.classList.toggle('dropping', on);
}

/** The fields, the examples, files that are loaded or dropped. */
export function startInput(examples: readonly Example[], reader: Reader): void {
  const telegrams = byId<HTMLTextAreaElement>('input');
  const keys = byId<HTMLTextAreaElement>('keys');
  const defaults = byId<HTMLInputElement>('default-keys');
  const file = byId<HTMLInputElement>('file');
  let timer = 0;
  const read = (): void => {
    window.clearTimeout(timer);
    reader.read(telegrams.value, keys.value, defaults.checked);
  };
  const soon = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(read, PAUSE);
  };
  const put = (text: string, keyText: string): void => {
    telegrams.value = text;
    keys.value = keyText;
    reader.restart();
    read();
  };

  telegrams.addEventListener('input', soon);
  keys.addEventListener('input', soon);
  defaults.addEventListener('change', read);
  byId('examples').append(
    ...examples.map((example) => {
      const button = element('button', { type: 'button' }, example.name);
      button.addEventListener('click', () => {
        put(example.telegrams, example.keys);
      });
      return button;
    }),
  );
  byId('clear').addEventListener('click', () => {
    put('', '');
    telegrams.focus();
  });

  const load = async (files: readonly File[]): Promise<void> => {
    let text = '';
    let keyText = '';
    for (const each of files) {
      if (each.size > LARGEST_FILE) {
        reader.say(`${each.name} is too large: this page takes files of up to 4 MB`);
        return;
      }
      const content = (await each.text()).replace(/^\uFEFF/, '');
      if (holdsKeys(content)) keyText += `${content}\n`;
      else text += `${content}\n`;
    }
    put(text === '' ? telegrams.value : text, keyText === '' ? keys.value : keyText);
  };
  const failed = (): void => {
    reader.say('the file could not be read');
  };
  file.addEventListener('change', () => {
    load([...(file.files ?? [])]).catch(failed);
    file.value = '';
  });

  window.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) over(false);
  });
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    const dropped = [...(event.dataTransfer?.files ?? [])];
    const text = event.dataTransfer?.getData('text/plain') ?? '';
    if (dropped.length > 0) load(dropped).catch(failed);
    else if (text !== '') put(text, keys.value);
  });

  const [first] = examples;
  if (telegrams.value === '' && first !== undefined) put(first.telegrams, first.keys);
  else read();
}
