/**
 * Whether `length` bytes at two addresses are the same. Every byte is compared, whatever the first ones are: time tells
 * nothing of how many fit.
 */
export function sameTag(first: usize, second: usize, length: usize): bool {
  let difference: u32 = 0;
  for (let i: usize = 0; i < length; i++)
    difference |= <u32>load<u8>(first + i) ^ <u32>load<u8>(second + i);
  return difference == 0;
}
