import fc from 'fast-check';

// The same examples everywhere and every time (docs/decisions/0042): a failure can be repeated, and a build does not fail
// once in a while for a telegram that nobody can tell apart. METERGRAM_SEED and `npm run fuzz` look further.
const seed = typeof process === 'object' ? process.env['METERGRAM_SEED'] : undefined;
fc.configureGlobal({ seed: Number(seed ?? 13757) });

// A page has room for about a hundred WebAssembly memories, whatever their size, and a worker's need of one does not make
// the page let go of those that earlier tests have left.
(globalThis as { gc?: () => void }).gc?.();
