// From import to the first decoded telegram in Chromium, on a new page in a new profile each time, of one minified file served
// from this machine. Not measured where there is no Chromium.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { bundled, hex } from './start.bench.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
];

/** In the page: milliseconds from import to the first decoded telegram, and from the imported file to it. */
async function startUp([file, digits, synchronous]) {
  const bytes = Uint8Array.from(digits.match(/../g), (two) => Number.parseInt(two, 16));
  const before = performance.now();
  const { createDecoder, createDecoderSync } = await import(file);
  const imported = performance.now();
  const decoder = synchronous ? createDecoderSync() : await createDecoder();
  const { records } = decoder.decode(bytes);
  const done = performance.now();
  if (records[0]?.value !== '123.456') throw new Error('not decoded');
  return [done - before, done - imported];
}

export default async function startBench() {
  if (!existsSync(executablePath)) return [];
  const { outputFiles } = await bundled({ write: false });
  const server = createServer((request, response) => {
    const script = request.url === '/decoder.js';
    response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' });
    response.end(script ? outputFiles[0].contents : '<!doctype html><title>Start</title>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Neither keeps the process: the browser goes when it does.
  server.unref();
  let browser;
  const once = async (synchronous, which) => {
    browser ??= await chromium.launch({ executablePath, args: ARGUMENTS });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const times = await page.evaluate(startUp, ['/decoder.js', hex, synchronous]);
    await context.close();
    return 1000 / times[which];
  };
  return [
    {
      title: 'start-up in Chromium: a new page each time',
      unit: 'starts',
      contenders: [
        { name: 'createDecoder, import included', once: () => once(false, 0) },
        { name: 'createDecoder, after import', once: () => once(false, 1) },
        { name: 'createDecoderSync, after import', once: () => once(true, 1) },
      ],
      end: async () => {
        await browser?.close();
        server.close();
      },
    },
  ];
}
