import type { Decoded, Writer } from './writer.ts';

/** One telegram's JSON form on a line; `received` is added where the input gave a time. */
function telegramJson({ telegram, received }: Decoded, indent?: number): string {
  return JSON.stringify(
    received === undefined ? telegram : { ...telegram, received },
    null,
    indent,
  );
}

export function jsonlWriter(): Writer {
  return {
    begin: () => '',
    telegram: (decoded) => `${telegramJson(decoded)}\n`,
    end: () => '',
  };
}

/** One array of all telegrams, for people and for tools that read whole files. */
export function jsonWriter(): Writer {
  let count = 0;
  return {
    begin: () => '[',
    telegram: (decoded) =>
      `${count++ === 0 ? '' : ','}\n${telegramJson(decoded, 2).replaceAll(/^/gm, '  ')}`,
    end: () => (count === 0 ? ']\n' : '\n]\n'),
  };
}
