export const HELP = `Decode M-Bus, wireless M-Bus and OMS telegrams into readings.

usage: metergram decode [HEX ... | FILE ... | -] [OPTION ...]

  HEX     a telegram in hexadecimal; spaces, colons, _, | and 0x do not matter
  FILE    a file with one telegram a line; # begins a comment
  -       the same from standard input

Wired or wireless, with or without CRCs, format A or B: that is found out.

options
  --key HEX          key for every meter: 32 hexadecimal digits (16 for DES)
  --keys FILE        keys by meter: CSV with the header manufacturer,id,key, or
                     JSON lines with these names; 6449*, ????1234 and * are
                     patterns, the most exact line wins; columns version,
                     medium and derivation: docs/command-line.md
  --default-keys     also try the keys that makers set at the factory and that
                     are public (Diehl's and Apator's)
  --experimental     try security modes 8, 9 and 10, whose layout is not public
  --input FORMAT     hex (default) or jsonl: one object a line, with "hex" and,
                     if wanted, "key", "layer": "records", "time" and "date"
                     (default for files that end in .jsonl)
  --format FORMAT    table (default), json, jsonl, csv; explain: every byte,
                     field by field, with its clause (explain-jsonl: the same
                     for programs); readings: the counter of each telegram as
                     CSV, for metergram aggregate; wmbusmeters: a line of JSON
                     each, shaped and named as that tool does; or homeassistant:
                     the same as MQTT messages with discovery, one a line
  --names FILE       for these two: your names for fields and meters, CSV with
                     the header manufacturer,id,field,name
  --standard-names   for these two: names from DIF and VIF alone, also for
                     meters whose names there are known
  --synonyms         for these two: each value under every name that drivers of
                     that tool give to such values, where it is free
  --latest           a table of the newest telegram of each meter and of each
                     kind of damage, instead of every telegram
  --profiles         say what status bits mean for the devices that are known
  --profile FILE     the same, with profiles of yours (JSON) before these
  --join             put records together that a meter sends in several
                     telegrams (DIF 1F, "more records follow")
  --replay           tell telegrams that were sent before from new ones, by the
                     counters of each meter and the time behind # or in "time"
  --replay-state FILE  the same, going on from FILE and kept in it
  -h, --help         this text

examples
  metergram decode 0F44AE0C7856341201074447780B134365871E6D
  metergram decode capture.hex --keys keys.csv
  metergram decode capture.hex --keys keys.csv --format csv > readings.csv
  cat telegrams.hex | metergram decode - --format jsonl | jq .records

A telegram that is damaged is printed with the reason and the byte; what was
good before the fault is printed too. A key is never printed. Other users of a
machine can see a key given with --key in the list of processes; a file of keys
keeps it from them.

exit code  0: no telegram has an error    1: at least one has, all are printed
           2: the command cannot be followed, a file cannot be read, or a key
              is no key
`;
