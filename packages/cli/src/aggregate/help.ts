export const HELP = `Turn register readings into intervals: quarters, hours, days, months.

usage: metergram aggregate [FILE | -] [OPTION ...]

  FILE    CSV with the header meter,time,value and, if wanted, unit; other
          columns are left alone. time is ISO 8601 with a zone or an offset,
          value an exact decimal of a register that counts up
  -       the same from standard input (default)

options
  --resolution R   PT15M, PT1H (default), P1D, P1M or P1Y
  --zone ZONE      IANA zone of days, months and years: Europe/Oslo
  --max-gap D      no value is interpolated between readings further apart
                   (PT45M for quarters, PT3H for hours, PT36H for longer)
  --lateness D     how far behind its meter's newest reading one may come
                   (PT48H), or unbounded
  --format FORMAT  csv (default) or jsonl
  -h, --help       this text

examples
  metergram aggregate readings.csv --resolution PT15M
  metergram aggregate readings.csv --resolution P1M --zone Europe/Oslo
  metergram decode capture.hex --keys keys.csv --format readings |
    metergram aggregate - > hours.csv

Intervals are differences of register values at their two ends, so they add up
exactly to what the register counted. Readings may come in any order. What is
missing is empty, never zero. Roll-overs, conflicts and gaps are told on
standard error, one line each. Rows are printed when all is read, sorted by
meter and start, in UTC.

exit code  0: every value could be given, gaps aside
           1: a value could not be given because of a fault in the input, or a
              line could not be read
           2: the command cannot be followed, or the file cannot be read
`;
