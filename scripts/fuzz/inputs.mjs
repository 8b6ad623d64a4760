// Where the fuzzer's inputs come from: bytes of no meaning, good telegrams that were damaged, and good frames around
// records, headers and layers that were put together at random, with right checksums, CRCs, keys and MACs.
import { encodeAll, threeOfSix } from '@metergram/decoder/encode';
import { simulate } from '@metergram/decoder/simulate';
import { readdirSync, readFileSync } from 'node:fs';

const CASES = new URL('../../packages/decoder/test/vectors/cases/', import.meta.url);
export const KEY = '000102030405060708090a0b0c0d0e0f';

/** Good telegrams to damage: the standards' examples, and a simulated day. */
export function seeds() {
  const printed = readdirSync(CASES).map((name) => {
    const { hex, layer } = JSON.parse(readFileSync(new URL(name, CASES), 'utf8'));
    return { bytes: Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')), layer };
  });
  const media = ['heat', 'water', 'electricity', 'gas', 'heat_cost_allocator'];
  const { simulation } = simulate({
    start: '2026-01-01T00:00:00Z',
    end: '2026-01-01T06:00:00Z',
    meters: media.flatMap((medium) => [
      { count: 1, medium, format: 'A', protection: 'none' },
      { count: 1, medium, format: 'B', protection: 'none' },
      { count: 1, medium, link: 'wired' },
      { count: 1, medium, protection: 'ell' },
      { count: 1, medium, protection: 'mode7' },
    ]),
  });
  return [...printed, ...Array.from(simulation.telegrams(), ({ bytes }) => ({ bytes }))];
}

/** Some bytes changed, put in, taken out, said twice, or cut off. */
export function mutate(draw, bytes) {
  let out = [...bytes];
  for (let n = 1 + draw.below(4); n > 0; n--) {
    const at = draw.below(out.length + 1);
    switch (draw.below(7)) {
      case 0:
        if (at < out.length) out[at] ^= 1 << draw.below(8);
        break;
      case 1:
        if (at < out.length) out[at] = draw.of([0, 1, 0x0f, 0x1f, 0x2f, 0x7f, 0x80, 0xfd, 0xff]);
        break;
      case 2:
        if (at < out.length) out[at] = draw.byte();
        break;
      case 3:
        out.splice(at, 0, ...draw.bytes(1 + draw.below(4)));
        break;
      case 4:
        out.splice(at, 1 + draw.below(4));
        break;
      case 5:
        out.splice(at, 0, ...out.slice(at, at + 1 + draw.below(16)));
        break;
      default:
        out = out.slice(0, at);
    }
  }
  return Uint8Array.from(out.slice(0, 1024));
}

const LENGTHS = [0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 6, 6];

/** Bytes that look like data records: likely DIFs, extensions, VIFs of every table, LVARs, and sometimes too little data. */
function records(draw) {
  const out = [];
  for (let n = draw.below(8); n >= 0; n--) {
    const field = draw.below(16);
    out.push((draw.below(16) << 4) | field);
    while (out.at(-1) & 0x80 && draw.below(12) > 0) out.push(draw.byte());
    if (field === 15) continue;
    out.push(draw.of([draw.byte(), draw.byte() & 0x7f, 0xfb, 0xfd, 0x7c, 0xfc, 0xff, 0xef]));
    while (out.at(-1) & 0x80 && draw.below(14) > 0)
      out.push(draw.of([draw.byte(), 0xfc, 0x1e, 0x1f, 0x13]));
    if (field === 13)
      out.push(draw.of([draw.below(12), 0xc0 + draw.below(48), 0xf0 + draw.below(16)]));
    // Mostly as many bytes as the data field says, sometimes not.
    out.push(...draw.bytes(draw.sometimes(6) ? draw.below(9) : LENGTHS[field]));
  }
  return Uint8Array.from(out.slice(0, 150));
}

function address(draw) {
  const letter = () => String.fromCharCode(65 + draw.below(26));
  return {
    manufacturer: draw.of([
      'XMG',
      'KAM',
      'TCH',
      'DME',
      'APA',
      'QDS',
      letter() + letter() + letter(),
    ]),
    id: draw.next().toString(16).padStart(8, '0'),
    version: draw.byte(),
    mediumCode: draw.of([draw.byte(), 2, 3, 4, 6, 7, 8, 0x37]),
  };
}

/** A good frame around anything; null where it is too long for one. */
export function framed(draw) {
  const wired = draw.sometimes(3);
  const header = draw.of(['none', 'short', 'long']);
  const secured = wired ? header === 'long' : header !== 'none';
  const mode = secured ? draw.of([0, 0, 5, 5, 7, 7, 2, 3, 8, 9, 10]) : 0;
  const afl = !wired && draw.sometimes(3);
  const counter = draw.next();
  const content = draw.of(['full', 'full', 'full', 'format', 'compact']);
  const ci = draw.sometimes(4) ? draw.byte() : undefined;
  const security =
    mode === 0
      ? { mode }
      : {
          mode,
          key: mode < 5 ? KEY.slice(0, 16) : KEY,
          ...(mode === 3 ? { date: '2026-01-15' } : {}),
          ...(mode >= 7 ? { counter } : {}),
          records: draw.below(3),
        };
  const ell = !wired && draw.sometimes(3) ? draw.of([0x8c, 0x8d, 0x8e, 0x8f]) : null;
  const session = ell === 0x8d || ell === 0x8f;
  const description = {
    link: wired
      ? { kind: 'wired-long', address: draw.byte() }
      : {
          kind: 'wireless',
          format: draw.of(['A', 'B', null]),
          control: draw.of([0x44, 0x08, draw.byte()]),
        },
    meter: address(draw),
    ...(draw.sometimes(4) && header === 'long' ? { sender: address(draw) } : {}),
    ...(ell === null
      ? {}
      : {
          ell: {
            ci: ell,
            control: draw.byte(),
            accessNumber: draw.byte(),
            ...(session && draw.sometimes(2) ? { key: KEY } : {}),
          },
        }),
    ...(afl
      ? {
          afl: {
            key: KEY,
            counter,
            ...(draw.sometimes(2) ? { fragmentSize: 10 + draw.below(60) } : {}),
          },
        }
      : {}),
    transport: {
      ...(ci === undefined ? { header } : { ci }),
      content,
      accessNumber: draw.byte(),
      status: draw.byte(),
      ...(ci === undefined ? { security } : {}),
    },
    records: [{ raw: records(draw) }, { raw: records(draw) }],
    ...(wired && draw.sometimes(4) ? { split: 160 } : {}),
  };
  const result = encodeAll(description);
  return result.ok ? result.telegrams : null;
}

/** The next input: how it came about, its bytes, and the layer to read it as. */
export function* inputs(draw, good) {
  for (;;) {
    const kind = draw.below(10);
    if (kind === 0) yield { kind: 'random', bytes: draw.bytes(draw.below(300)) };
    else if (kind === 1) yield { kind: 'records', bytes: records(draw), layer: 'records' };
    else if (kind === 2)
      yield { kind: 'records', bytes: draw.bytes(draw.below(60)), layer: 'records' };
    else if (kind < 6) {
      const { bytes, layer } = draw.of(good);
      yield { kind: 'mutated', bytes: mutate(draw, bytes), layer };
    } else {
      const telegrams = framed(draw);
      if (telegrams === null) continue;
      const fragment = telegrams.length > 1;
      for (const bytes of telegrams) {
        if (draw.sometimes(20)) yield { kind: 'symbols', bytes: threeOfSix(bytes) };
        yield draw.sometimes(5)
          ? { kind: 'framed, mutated', bytes: mutate(draw, bytes), fragment }
          : { kind: 'framed', bytes, fragment };
      }
    }
  }
}
