// The page in a headless Chromium: it decodes the telegram that it shows, names what is wrong with a damaged one, and
// nothing breaks its Content-Security-Policy.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { servePage } from './serve.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  process.stdout.write('no Chromium here: not checked\n');
  process.exit(0);
}
const server = await servePage();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => document.querySelector('tbody tr'));
  const first = await page.locator('tbody tr').first().innerText();
  assert.match(first, /CEN 12345678\s+water\s+volume\s+876\.543 m3/);

  // One bit of the last CRC flipped.
  await page.getByLabel('Telegrams').fill('0F44AE0C7856341201074447780B134365871E6C');
  await page.getByRole('button', { name: 'Decode' }).click();
  await page.waitForSelector('tr.issue');
  assert.match(await page.locator('tr.issue').innerText(), /link\/.+byte \d+/);
  // A browser asks for an icon that is not there; nothing else may fail.
  assert.deepEqual(
    errors.filter((text) => !/favicon|404/.test(text)),
    [],
  );
} finally {
  await browser.close();
  server.close();
}
