/** Text of `metergram policy --help`. */
export const HELP = `usage: metergram policy check    POLICY ...
       metergram policy lint     POLICY ...
       metergram policy decide   POLICY ... --question FILE|- [--facts FILE]
       metergram policy explain  POLICY ... --question FILE|- [--facts FILE]
       metergram policy plan     POLICY ... --items FILE|- --at INSTANT [--facts FILE]
       metergram policy register [POLICY ...]

POLICY is a JSON file, or the name of a preset: ktc, karleby, albertslund, elhub, norwegian. Several hold together.

  check     whether policies can be used: codes and places of what is wrong
  lint      what is wrong or odd in them: contradictions, data that nothing ends, ways of identity numbers
  decide    may this party do this with these data, now or at any given instant
  explain   the same with the grounds, the duties, and what would change it, in words
  plan      what to do with stored items: keep, roll up, restrict, hold, delete, and when next
  register  the record of processing activities

  --question FILE   a question as JSON, or one a line; - is standard input
  --facts FILE      recorded facts: a JSON array, or one a line
  --items FILE      stored items: a JSON array, or one a line; read as a stream when one a line
  --at INSTANT      the instant that is asked about, 2026-06-01T00:00:00Z; for questions that name none
  --seen INSTANT    only facts that were recorded by then
  --set NAME=VALUE  a parameter that the service chooses, service.hourlyFor=P3M; may be repeated
  --lang LANG       nb (or no), sv, da, fi or en (default)
  --format FORMAT   table (default) or json (one object a line); register also csv, html,
                    jsonld, and xlsx with --output
  --layout LAYOUT   column order of csv: article-30 (default), or that of a supervisory authority
  --output FILE     where the register goes, instead of standard output

Instants are ISO 8601 with an offset, or milliseconds since 1970.

Exit code 0: fine (check, lint: no error; decide, explain: everything permitted, perhaps with limits; plan: done).
1: check or lint found an error, or a question was denied. 2: usage, or a file that cannot be read.

  metergram policy lint albertslund
  metergram policy explain ktc --question question.json --lang sv
  metergram policy plan ktc --items hours.jsonl --at 2026-06-01T00:00:00Z --set service.hourlyFor=P3M
`;
