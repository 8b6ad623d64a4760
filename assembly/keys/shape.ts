// Shapes of patterns: which digits of the identification number, which letters of the manufacturer, and whether version
// and type are told. All keys of one shape are found by one probe of the table of slots, so a look-up costs at most one
// probe a shape, however many keys there are.

/** Manufacturer mask(4) id mask(4) version and type mask(4) exactness(4). */
const SHAPE: usize = 16;
/** Five bits of a slot number its shape from 1 on. */
const MOST_SHAPES: u32 = 31;
const SHAPES: usize = memory.data(496, 4);
/** Numbers of the shapes, the most exact first. */
const ORDER: usize = memory.data(32);

let count: u32 = 0;

export function shapeCount(): u32 {
  return count;
}

export function clearShapes(): void {
  count = 0;
}

/** Address of the shape at a place in the order. */
export function shapeAt(place: u32): usize {
  return SHAPES + <usize>load<u8>(ORDER + <usize>place) * SHAPE;
}

/** Number of a shape, 1 to 31, as slots have it. */
export function shapeNumber(shape: usize): u32 {
  return <u32>((shape - SHAPES) / SHAPE) + 1;
}

export function manufacturerMask(shape: usize): u32 {
  return load<u32>(shape);
}

export function idMask(shape: usize): u32 {
  return load<u32>(shape, 4);
}

/** Version in the low byte, type in the next. */
export function restMask(shape: usize): u32 {
  return load<u32>(shape, 8);
}

/** More digits of the id, then more letters, then the version, then the type: the greater is the more exact. */
export function exactness(shape: usize): u32 {
  return load<u32>(shape, 12);
}

/** Address of the shape with these masks, made where it is new; 0 when there are too many. */
export function takeShape(ofManufacturer: u32, ofId: u32, ofRest: u32): usize {
  for (let i: u32 = 0; i < count; i++) {
    const shape = SHAPES + <usize>i * SHAPE;
    if (
      load<u32>(shape) == ofManufacturer &&
      load<u32>(shape, 4) == ofId &&
      load<u32>(shape, 8) == ofRest
    )
      return shape;
  }
  if (count == MOST_SHAPES) return 0;
  const shape = SHAPES + <usize>count * SHAPE;
  const exact =
    (popcnt<u32>(ofId) << 8) |
    (popcnt<u32>(ofManufacturer & 0x7fff) << 2) |
    ((ofRest & 0xff) != 0 ? 2 : 0) |
    (ofRest >> 8 != 0 ? 1 : 0);
  store<u32>(shape, ofManufacturer);
  store<u32>(shape, ofId, 4);
  store<u32>(shape, ofRest, 8);
  store<u32>(shape, exact, 12);
  let place: usize = count;
  for (; place > 0 && exactness(shapeAt(<u32>place - 1)) < exact; place--)
    store<u8>(ORDER + place, load<u8>(ORDER + place - 1));
  store<u8>(ORDER + place, <u8>count);
  count++;
  return shape;
}
