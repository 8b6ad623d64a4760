// From import to the first decoded telegram in Chromium, on a new page in a new profile each time, of one minified file served
// from this machine: fetched when it is imported, or with the page by `<link rel="modulepreload">`. The import of a file with
// one constant is the floor of each. Compiled ahead: the file asks for it, as those of dist/bundle do. Not measured where there is no Chromium.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { NEARLY_EMPTY, bundled, hex } from './start.bench.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
];

/** What a file begins with whose functions are all to be compiled while it is loaded. */
const COMPILED_AHEAD = '//# allFunctionsCalledOnLoad\n';

/** In the page: milliseconds from import to the first decoded telegram, and from the imported file to it. */
async function startUp([file, create, digits]) {
  const bytes = Uint8Array.from(digits.match(/../g), (two) => Number.parseInt(two, 16));
  const before = performance.now();
  const imports = await import(file);
  const imported = performance.now();
  if (!create) return [imported - before, 0];
  const decoder = await imports[create]();
  const { records } = decoder.decode(bytes);
  const done = performance.now();
  if (records[0]?.value !== '123.456') throw new Error('not decoded');
  return [done - before, done - imported];
}

const page = (preload) =>
  `<!doctype html><title>Start</title>${preload ? `<link rel="modulepreload" href="${preload}">` : ''}`;

export default async function startBench() {
  if (!existsSync(executablePath)) return [];
  const { outputFiles } = await bundled({ write: false });
  const files = {
    '/decoder.js': outputFiles[0].contents,
    '/ahead.js': `${COMPILED_AHEAD}${outputFiles[0].text}`,
    '/empty.js': NEARLY_EMPTY,
    '/': page(),
    '/with/decoder.js': page('/decoder.js'),
    '/with/ahead.js': page('/ahead.js'),
    '/with/empty.js': page('/empty.js'),
  };
  const server = createServer(({ url }, response) => {
    const script = url.endsWith('.js') && !url.startsWith('/with/');
    response.writeHead(url in files ? 200 : 404, {
      'content-type': script ? 'text/javascript' : 'text/html',
    });
    response.end(files[url]);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Neither keeps the process: the browser goes when it does.
  server.unref();
  let browser;
  const once = async (at, file, create, which) => {
    browser ??= await chromium.launch({ executablePath, args: ARGUMENTS });
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${server.address().port}${at}`);
    const times = await tab.evaluate(startUp, [file, create, hex]);
    await context.close();
    return 1000 / times[which];
  };
  const contenders = [
    ['fetched: the import of an empty file (the floor)', '/', '/empty.js', undefined, 0],
    ['fetched: createDecoder, import included', '/', '/decoder.js', 'createDecoder', 0],
    ['with the page: an empty file (the floor)', '/with/empty.js', '/empty.js', undefined, 0],
    [
      'with the page: createDecoder, import included',
      '/with/decoder.js',
      '/decoder.js',
      'createDecoder',
      0,
    ],
    [
      'with the page, compiled ahead: createDecoder, import included',
      '/with/ahead.js',
      '/ahead.js',
      'createDecoder',
      0,
    ],
    ['compiled ahead: createDecoder, after import', '/', '/ahead.js', 'createDecoder', 1],
    ['createDecoder, after import', '/', '/decoder.js', 'createDecoder', 1],
    ['createDecoderSync, after import', '/', '/decoder.js', 'createDecoderSync', 1],
  ];
  return [
    {
      title: 'start-up in Chromium: a new page each time',
      unit: 'starts',
      contenders: contenders.map(([name, ...start]) => ({ name, once: () => once(...start) })),
      end: async () => {
        await browser?.close();
        server.close();
      },
    },
  ];
}
