import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const packages = fileURLToPath(new URL('./packages/', import.meta.url));

/** `@metergram/x` is `packages/x/src/index.ts`, `@metergram/x/y` is `packages/x/src/y.ts`: tests run on sources. */
const alias = [
  { find: /^@metergram\/([a-z]+)$/, replacement: `${packages}$1/src/index.ts` },
  { find: /^@metergram\/([a-z]+)\/([a-z/-]+)$/, replacement: `${packages}$1/src/$2.ts` },
];

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: 2,
    setupFiles: [fileURLToPath(new URL('./scripts/test-setup.ts', import.meta.url))],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/generated/**'],
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: ['**/*.node.test.ts'],
          testTimeout: 240_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--no-first-run',
                  '--js-flags=--expose-gc',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
