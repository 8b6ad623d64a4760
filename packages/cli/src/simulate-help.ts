export const HELP = `Make telegrams of meters that are none, to build with before there is hardware.

usage: metergram simulate [FLEET.json | -] [OPTION ...]

  FLEET.json   what the fleet is; without one, a small building over one day
  -            the same from standard input

options
  --seed N           another fleet of the same description (default: the
                     description's own, or 1)
  --start INSTANT    first instant, ISO 8601 with a zone, in place of the
  --end INSTANT      description's; the end is not included
  --count N          stop after so many telegrams
  --format FORMAT    hex (default): one telegram a line, and behind # when and
                     from where it came; or jsonl: "hex", "time", "receiver",
                     "manufacturer", "id" and, where it is damaged, "damage";
                     or testhub: what the electricity meters counted, as a hub
                     to test against, for metergram hub serve
  --country C        testhub: DK (default), NO or FI: whose metering points,
                     days, prices and, in Denmark, charges
  --resolution R     testhub: PT15M or PT1H; as often as a meter sends unless
                     told
  --keys FILE        write the meters' keys to FILE, as metergram decode reads
                     them; only there, they are never printed
  --example          print the description that is used without FLEET, to begin
                     one's own from
  -h, --help         this text

examples
  metergram simulate --keys keys.csv > building.hex
  metergram decode building.hex --keys keys.csv --latest
  metergram simulate --example > fleet.json
  metergram simulate --format testhub > hub.json
  metergram simulate fleet.json --seed 2 --format jsonl --count 1000

A description names groups of meters: how many, which medium (heat, water,
warm_water, electricity, gas, heat_cost_allocator), wired or wireless, in which
frame format, protected how (none, mode5, mode7, ell), how often they send, how
much is used in a year, solar panels, digits of the register, an exchange; and
the receivers with what they lose, and the damage on the way. docs/simulate.md
explains each. The same description gives the same bytes on every machine.

exit code  0: done    2: the command cannot be followed, or the description has
           faults: each is told with its place
`;
