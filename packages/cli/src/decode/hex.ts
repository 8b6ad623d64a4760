/** Bytes of a text, or why it holds none. `offset` counts the whole bytes before the fault. */
export type HexResult =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly comment: string }
  | {
      readonly code: 'input/not-hex' | 'input/odd-digits';
      readonly offset: number;
      readonly message: string;
    };

const OTHER = 255;
const SEPARATOR = 16;
const X = 17;
const COMMENT = 18;

/** What each character means: a digit's value, or one of the above. */
const MEANING: Uint8Array = meanings();

function meanings(): Uint8Array {
  const table = new Uint8Array(128).fill(OTHER);
  const put = (characters: string, from: number, step: number): void => {
    [...characters].forEach((character, index) => {
      table[character.charCodeAt(0)] = from + step * index;
    });
  };
  put('0123456789', 0, 1);
  put('abcdef', 10, 1);
  put('ABCDEF', 10, 1);
  put(' \t\r\n\f\v:_|,', SEPARATOR, 0);
  put('xX', X, 0);
  put('#', COMMENT, 0);
  return table;
}

/**
 * Reads hexadecimal text. Between bytes there may be spaces, tabs, `:`, `_`, `|`, commas and `0x`; `#` begins a
 * comment that goes to the end. A byte's two digits stand together.
 */
export function parseHex(text: string): HexResult {
  const bytes = new Uint8Array(text.length >> 1);
  let count = 0;
  let high = -1;
  let at = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const meaning =
      code < 128 ? MEANING[code]! : code === 0xfeff || code === 0xa0 ? SEPARATOR : OTHER;
    if (meaning < 16) {
      if (high < 0) high = meaning;
      else {
        bytes[count++] = (high << 4) | meaning;
        high = -1;
      }
    } else if (meaning === X && high === 0) high = -1;
    else if (meaning === COMMENT) break;
    else if (meaning !== SEPARATOR) {
      const shown = JSON.stringify(String.fromCodePoint(text.codePointAt(at)!));
      return {
        code: 'input/not-hex',
        offset: count,
        message: `${shown} at character ${at + 1} is no hexadecimal digit`,
      };
    } else if (high >= 0) return odd(count, at);
  }
  if (high >= 0) return odd(count, at);
  return { bytes: bytes.slice(0, count), comment: text.slice(at + 1) };
}

function odd(offset: number, at: number): HexResult {
  return {
    code: 'input/odd-digits',
    offset,
    message: `half a byte before character ${at + 1}: a byte is two digits`,
  };
}
