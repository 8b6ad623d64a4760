// The playground in a headless Chromium: what it says, the keyboard, offline, accessibility, its
// Content-Security-Policy, and that nothing put into it leaves it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { servePlayground } from './serve.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  process.stdout.write('no Chromium here: not checked\n');
  process.exit(0);
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await servePlayground();
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
/** The OMS specification's annex N: the key of its gas meter. */
const KEY = '0102030405060708090A0B0C0D0E0F11';
const GAS =
  '2E4493157856341233037A2A002025' +
  '5923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69EBF3';
const WATER = '0F44AE0C7856341201074447780B134365871E6D';

/** A page that has come up; whatever its console or its policy complains of is collected. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('request', (request) => requests.push(request));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(url);
  await page.locator('.byte').first().waitFor();
  return { context, page, complaints, requests };
}

/** Puts text into the field and waits for what the status line says of it. */
async function give(page, telegrams, says) {
  const field = page.getByLabel('Telegrams', { exact: true }).and(page.locator('textarea'));
  const status = page.getByRole('status');
  await field.fill('');
  await status.filter({ hasText: 'No telegrams' }).waitFor();
  await field.fill(telegrams);
  await status.filter({ hasText: says }).waitFor();
}

const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

const pointed = (page, selector) =>
  page.locator(`${selector}.pointed`).evaluateAll((found) => found.map((each) => each.dataset));

const checks = {
  async 'every byte is there, as it was sent and decrypted'() {
    const { context, page, complaints } = await open();
    const shown = async () => (await page.locator('.byte').allInnerTexts()).join('');
    await page.getByRole('button', { name: 'As sent' }).click();
    assert.equal(await shown(), GAS);
    await page.getByRole('button', { name: 'Decrypted' }).click();
    assert.equal((await shown()).slice(30, 46), '2F2F0C1427048502');
    assert.match(
      await page.getByRole('grid', { name: 'Records' }).innerText(),
      /volume_total\s+28504\.27 m³\s+cumulative\s+7-0:3\.1\.0\*255/,
    );
    await page.getByRole('button', { name: /^A building/ }).click();
    assert.ok((await page.getByRole('option').count()) > 50);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a byte lights up its rows, and a row its bytes'() {
    const { context, page } = await open();
    const byte = page.getByRole('gridcell', {
      name: 'byte 19, AA, decrypted 27, Data records, data: 28504.27 m3',
    });
    await byte.hover();
    assert.match(await page.locator('#meaning').innerText(), /bytes 19 to 22[^]+28504\.27 m³/);
    assert.deepEqual(
      (await pointed(page, '.byte')).map(({ byte: at }) => Number(at)),
      [19, 20, 21, 22],
    );
    assert.equal((await pointed(page, '.fields tr')).length, 1);
    assert.deepEqual(
      (await pointed(page, '.records tr')).map(({ record }) => record),
      ['0'],
    );
    await page.getByRole('row', { name: /meter_time/ }).hover();
    assert.deepEqual(
      (await pointed(page, '.byte')).map(({ byte: at }) => Number(at)),
      [23, 24, 25, 26, 27, 28],
    );
    await context.close();
  },

  async 'a damaged telegram tells its reason and its byte'() {
    const { context, page, complaints } = await open();
    await give(page, `${WATER.slice(0, -1)}C`, '1 damaged');
    const issues = page.getByRole('region', { name: 'What is wrong' });
    assert.match(await issues.innerText(), /Fault\s+a CRC is wrong \(byte 18\)\s+link\/crc/);
    await issues.getByRole('button', { name: 'byte 18' }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.byte), '18');
    assert.match(await page.locator(':focus').getAttribute('aria-label'), /a fault stands here/);
    await give(page, '<img src=x onerror=alert(1)>', '1 damaged');
    assert.match(await issues.innerText(), /"<" at character 1 is no hexadecimal digit/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a compact frame may come before the frame that teaches its format'() {
    // EN 13757-3 annex G.5.2
    const cases = '../../../packages/decoder/test/vectors/cases/';
    const hexOf = (name) =>
      JSON.parse(readFileSync(new URL(`${cases}${name}.json`, import.meta.url), 'utf8')).hex;
    const { context, page } = await open();
    const both = `${hexOf('en13757-3-g52-compact')}\n${hexOf('en13757-3-g52-full')}`;
    await give(page, both, /2 telegrams, 2 read/);
    await context.close();
  },

  async 'keys stay in the page'() {
    const { context, page, complaints, requests } = await open();
    await page.locator('#offline').waitFor();
    await page.getByLabel('Keys', { exact: true }).fill('');
    await page.getByRole('status').filter({ hasText: '1 encrypted' }).waitFor();
    assert.match(await page.locator('#telegram').innerText(), /put the key of ELS 12345678/);
    await page.getByLabel('Keys', { exact: true }).fill(KEY);
    await page.getByRole('status').filter({ hasText: '1 read' }).waitFor();
    await page.getByLabel('Keys', { exact: true }).fill(`manufacturer,id,key\nELS,1,${KEY}`);
    const alert = page.getByRole('alert');
    await alert.filter({ hasText: 'id is eight digits' }).waitFor();
    assert.match(await alert.innerText(), /line 2/);
    assert.ok(!(await page.content()).includes(KEY), 'no key in the markup');
    assert.equal(page.url(), url);
    const kept = await page.evaluate(async () => ({
      cookie: document.cookie,
      stores: localStorage.length + sessionStorage.length + (await indexedDB.databases()).length,
      cached: (
        await Promise.all(
          (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
        )
      )
        .flat()
        .map((request) => request.url),
    }));
    assert.equal(kept.cookie, '');
    assert.equal(kept.stores, 0);
    const files = new Set([
      url,
      ...['page.js', 'page.css', 'icon.svg', 'app.webmanifest'].map((name) => url + name),
    ]);
    assert.deepEqual(new Set(kept.cached), files);
    for (const request of requests) {
      assert.ok(files.has(request.url()) || request.url() === `${url}offline.js`, request.url());
      assert.equal(request.method(), 'GET');
      assert.equal(request.postData(), null);
    }
    assert.deepEqual(complaints, []);
    // The policy holds: the page could not send a key if it tried.
    const sent = await page.evaluate(() =>
      fetch('page.css').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    assert.equal(sent, 'refused');
    await context.close();
  },

  async 'files are loaded and dropped, telegrams and keys told apart'() {
    const { context, page } = await open();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('status').filter({ hasText: 'No telegrams' }).waitFor();
    await page
      .getByLabel('Load files…')
      .setInputFiles([
        file('capture.hex', `# two\n${GAS}\n{"hex":"${WATER}"}\n`),
        file('keys.csv', `manufacturer,id,key\nELS,12345678,${KEY}\n`),
      ]);
    await page.getByRole('status').filter({ hasText: '2 telegrams, 2 read' }).waitFor();
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'one.txt'));
      const drop = { dataTransfer: data, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent('drop', drop));
    }, `${WATER}\n`.repeat(1200));
    await page.getByRole('status').filter({ hasText: '200 more not shown' }).waitFor();
    await context.close();
  },

  async 'the keyboard is enough'() {
    const { context, page } = await open();
    await page.getByRole('button', { name: 'Damaged on the air' }).click();
    await page.reload();
    await page.locator('.byte').first().waitFor();
    const focused = () =>
      page.evaluate(() => {
        const on = document.activeElement;
        const { byte, record } = on?.dataset ?? {};
        if (byte !== undefined) return `byte ${byte}`;
        if (record !== undefined) return `record ${record}`;
        return on?.id || on?.textContent?.slice(0, 20);
      });
    const stops = [];
    for (let i = 0; i < 16; i++) {
      await page.keyboard.press('Tab');
      stops.push(await focused());
    }
    assert.deepEqual(stops, [
      'Skip to the telegram',
      'input',
      'file',
      'clear',
      'keys',
      'default-keys',
      'Gas, encrypted',
      'Water, with CRCs',
      'Damaged on the air',
      'A building’s day',
      'Decrypted',
      'As sent',
      'byte 0',
      'meaning',
      'record 0',
      // The table follows: it stands at the first bytes of the record that has just had the keyboard.
      '170C sent as C9DIBin',
    ]);
    // From the first byte to byte 19, to its record, and back.
    await page.locator('.byte[data-byte="0"]').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight'])
      await page.keyboard.press(key);
    assert.equal(await focused(), 'byte 19');
    assert.match(await page.locator('#meaning').innerText(), /28504\.27 m³/);
    await page.keyboard.press('Enter');
    assert.match(await page.locator(':focus').innerText(), /volume_total/);
    await page.keyboard.press('ArrowDown');
    assert.match(await page.locator(':focus').innerText(), /meter_time/);
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'byte 23');
    await page.keyboard.press('Control+End');
    assert.equal(await focused(), 'byte 46');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    assert.equal(await focused(), 'byte 15');
    // The list of telegrams: arrows choose, and what is chosen is said.
    await page.getByRole('button', { name: 'Damaged on the air' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().focus();
    await page.keyboard.press('ArrowDown');
    assert.match(
      await page.getByRole('status').innerText(),
      /^Telegram 2 of 2: gas · ELS 12345678.*fewer bytes than the length field counts/,
    );
    await context.close();
  },

  async 'it works without a network after it was loaded once'() {
    const { context, page, complaints } = await open();
    await page.locator('#offline').waitFor();
    await context.setOffline(true);
    await page.reload();
    await page.locator('.byte').first().waitFor();
    await give(page, WATER, '1 telegram, 1 read');
    assert.match(await page.getByRole('grid', { name: 'Records' }).innerText(), /876\.543 m³/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'it is accessible, in both colour schemes, wide and narrow'() {
    for (const colorScheme of ['light', 'dark'])
      for (const viewport of [DESKTOP, PHONE, { width: 320, height: 640 }]) {
        const { context, page } = await open({ colorScheme, viewport });
        for (const example of ['Gas, encrypted', 'Damaged on the air', 'A building’s day']) {
          await page.getByRole('button', { name: example }).click();
          await page.locator('.byte').nth(1).focus();
          if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
          const { violations } = await page.evaluate(
            (runOnly) => globalThis.axe.run(document, { runOnly }),
            RULES,
          );
          const where = `${example}, ${colorScheme}, ${viewport.width}`;
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0].html}`),
            [],
          );
          const beyond = await page.evaluate(() => document.body.scrollWidth - innerWidth);
          assert.ok(beyond <= 0, `${where}: ${beyond} pixels too wide`);
        }
        await context.close();
      }
  },
};

try {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
  }
  process.stdout.write(`${Object.keys(checks).length} checks of the playground hold\n`);
} finally {
  await browser.close();
  server.close();
}
