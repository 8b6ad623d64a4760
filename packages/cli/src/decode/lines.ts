/** A line of text without its end. `cut` is true where it was longer than the limit: the rest was thrown away. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly cut: boolean;
}

/** Longest line that is kept. A telegram has some hundred bytes; this leaves room for four hundred of them. */
const LONGEST = 1 << 18;

/**
 * The lines of a stream of UTF-8, those of each chunk together: whoever reads may print what it has before it waits
 * for more. Memory is bounded by the chunk and the longest line, whatever comes. CR LF ends a line as LF does.
 */
export async function* lineBatches(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let cut = false;
  let number = 0;
  const line = (text: string): Line => ({
    number: ++number,
    text: text.endsWith('\r') ? text.slice(0, -1) : text,
    cut,
  });
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    const text = rest + decoder.decode(chunk, { stream: true });
    const batch: Line[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      cut ||= end - from > LONGEST;
      batch.push(line(text.slice(from, Math.min(end, from + LONGEST))));
      cut = false;
      from = end + 1;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST) {
      rest = rest.slice(0, LONGEST);
      cut = true;
    }
    yield batch;
  }
  rest += decoder.decode();
  if (rest !== '' || cut) yield [line(rest)];
}
