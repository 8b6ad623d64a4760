export const VERBS = ['points', 'series', 'charges', 'consents', 'prices', 'serve'] as const;

type Verb = (typeof VERBS)[number];

const OVERVIEW = `Read from the Nordic datahubs and price sources. Results go to standard output.

usage: metergram hub VERB --hub HUB [OPTION ...] [METERING-POINT ...]

verbs; metergram hub VERB --help says more of each, with an example
  points      metering points that the credential reaches
  series      metered values
  charges     tariffs, subscriptions and fees
  consents    consents, as the hub lists them
  prices      day-ahead prices
  serve       a hub to test against, on this machine

hubs, and what each has
  eloverblik             Denmark, as a customer: points, series, charges
  eloverblik-thirdparty  Denmark, by authorizations: these, and consents
  elhub                  Norway: points, consents; series with --dataset
  fingrid                Finland: points, series
  entsoe                 day-ahead prices of Europe
  energidataservice      day-ahead prices of Denmark, without a credential
  file                   CIM, Green Button or CSV files in the place of a hub:
                         points, series
  What a hub has not is refused with hub/not-supported and exit code 1.

options of every verb but serve
  --hub HUB           which
  --format F          csv (unless told), jsonl, json
  --resume FILE       keeps the place in FILE and goes on from there when the
                      same is run again: append the output (csv, jsonl)
  --credentials FILE  JSON, readable by you alone; METERGRAM_CREDENTIALS names
                      one too
  --origin URL        another address of the hub: its test environment
  --ca FILE           certificates to trust instead of the machine's
  --clock WHOSE       machine (unless told) or hub: go by the time that the hub
                      tells, where this machine's clock is off
  --state FILE        keeps the hub's limits, and the access token (encrypted
                      with the credential), for the next command; none: keep
                      nothing. Unless told, hub-state.json in the folder
                      metergram of XDG_STATE_HOME or ~/.local/state; for a hub
                      on this machine, nothing
  -h, --help          this text

credentials
  Never arguments: other users of the machine can read those. Environment:
    METERGRAM_ELOVERBLIK_TOKEN, METERGRAM_ELOVERBLIK_THIRDPARTY_TOKEN,
    METERGRAM_ENTSOE_TOKEN
  or the file, under the hub's name; what ends in File is a file beside it:
    { "eloverblik": { "refreshToken": "…" }, "entsoe": { "token": "…" },
      "elhub": { "clientId": "…", "scopes": ["…"], "keyId": "…",
                 "keyFile": "elhub.pem", "gln": "…", "test": true },
      "fingrid": { "origin": "https://…", "organisationUser": "….THP",
                   "certFile": "…", "keyFile": "…", "customers": ["…"] } }
  Each may have "origin", "caFile", "clock" and "state" in place of options.

exit code  0: all came    1: something could not be had, a metering point or an
           area without data included; standard error tells which
           2: the command cannot be followed

examples, with a credential
  metergram hub points --hub eloverblik > points.csv
  metergram hub series --hub eloverblik --points points.csv --from 2026-01-01
  metergram hub prices --hub energidataservice --area DK1 --from 2026-11-01
`;

const COMMON = 'Options of every verb, credentials and exit codes: metergram hub --help\n';

/** What to type, in two terminals: the first ends with a hub that stays. */
function example(first: readonly string[], second: readonly string[]): string {
  return `example
  in one terminal, a hub to try it on:
${lines(first)}  in another:
${lines(['export METERGRAM_CREDENTIALS=hub/credentials.json', ...second])}`;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `    ${line}\n`).join('');
}

const served = (hub: string, country = ''): string[] => [
  `metergram simulate --format testhub${country} > hub.json`,
  `metergram hub serve ${hub} --data hub.json --out hub`,
];

const PAGES: Readonly<Record<Verb, string>> = {
  points: `Metering points that the credential reaches.

usage: metergram hub points --hub HUB [OPTION ...]

hubs    eloverblik, eloverblik-thirdparty, elhub, fingrid, file
columns meteringPoint,kind,medium,parent,resolution,gridArea,zone
        jsonl and json have all that the hub said besides, in "source"

Elhub names the metering points of active grants; Fingrid Datahub those of the
customers of the credential.

${COMMON}
${example(served('eloverblik'), ['metergram hub points --hub eloverblik', 'metergram hub points --hub eloverblik-thirdparty --format jsonl'])}`,

  series: `Metered values.

usage: metergram hub series --hub HUB --from DATE [OPTION ...]
                            METERING-POINT ... | --points FILE

hubs    eloverblik, eloverblik-thirdparty, elhub, fingrid, file
columns meteringPoint,start,end,value,unit,quality,code,direction,basis,
        resolution
        times are UTC; value is empty where it is missing, which is never zero;
        code is the hub's own word for the quality

options
  --from DATE         first day of the hub's zone (2026-01-31), or an instant
  --to DATE           day after the last, or an instant; now unless told
  --resolution R      PT15M PT1H P1D P1M P1Y; as fine as there is unless told
  --points FILE       metering points, one a line, beside those given as words;
                      what metergram hub points prints will do; - is standard
                      input
  --dataset NAME      elhub: the data set to ask for; experimental, its form is
                      not published
  --file FILE         file: CIM, Green Button or CSV; may be given again
  --zone ZONE         file: zone of its market, Europe/Stockholm unless told

${COMMON}
${example(served('eloverblik'), ['metergram hub points --hub eloverblik > points.csv', 'metergram hub series --hub eloverblik --points points.csv \\', '  --from 2026-03-02 --to 2026-03-03 --resolution PT1H'])}`,

  charges: `Tariffs, subscriptions and fees of metering points, now and to come.

usage: metergram hub charges --hub HUB METERING-POINT ... | --points FILE

hubs    eloverblik, eloverblik-thirdparty; the others have none
columns meteringPoint,kind,name,owner,start,end,position,value,currency,per,vat,
        resolution
        an hourly tariff has 24 rows: position 1 is 00:00 to 01:00 on the clock

options
  --points FILE       metering points, one a line, beside those given as words;
                      what metergram hub points prints will do; - is standard
                      input

${COMMON}
${example(served('eloverblik'), ['metergram hub charges --hub eloverblik 571999900000000003'])}`,

  consents: `Consents, as the hub lists them now.

usage: metergram hub consents --hub HUB [OPTION ...]

hubs    eloverblik-thirdparty, elhub
        The others are refused with hub/not-supported: at Eloverblik a customer
        needs none, and Fingrid Datahub has no list to read, only the redirect.
columns id,state,from,to,finest,spanStart,spanEnd,validStart,validEnd,
        meteringPoints (separated by blanks)

Eloverblik lists what holds; what ended is not there any more. Elhub lists
requests and documents that wait or were refused, and grants.

${COMMON}
${example(served('elhub', ' --country NO'), ['metergram hub consents --hub elhub'])}`,

  prices: `Day-ahead prices.

usage: metergram hub prices --hub HUB --area AREA --from DATE [OPTION ...]

hubs    entsoe: EUR, with a token; energidataservice: DK1 and DK2, EUR and DKK,
        without
columns area,start,end,value,currency,per,vat,name

options
  --area AREA         DK1 NO2 SE3 FI …; may be given more than once
  --from DATE         first day in Central European time, or an instant
  --to DATE           day after the last, or an instant; now unless told

An area without a price in the time asked for makes exit code 1.

${COMMON}
${example(served('entsoe'), ['metergram hub prices --hub entsoe --area DK1 --area DK2 \\', '  --from 2026-03-02 --to 2026-03-03'])}`,

  serve: `A hub to test against, on this machine: real HTTPS, real limits, nothing secret.

usage: metergram hub serve HUB --data FILE [OPTION ...]

  HUB     eloverblik, elhub, fingrid, entsoe, energidataservice
  FILE    JSON (metergram.testhub/1) as metergram simulate --format testhub
          writes it, or what metergram aggregate prints; - is standard input.
          A file with faults is refused: each is told with code and place

options
  --out FOLDER        writes credentials.json, which tells the other verbs the
                      address, whom to trust and whose clock to go by, and
                      client certificates
  --port N            any free one unless told
  --clock HOW         running (unless told): on from the data's "now"; moved:
                      stands until it is moved over the control address
  --record            keeps requests and answers whole, for the report
  --until-stdin-ends  runs until its input ends, instead of until it is
                      interrupted
  -h, --help          this text

Prints one line of JSON: origin, credentials, certificates, control address;
not to a terminal where --out has written them to files.

${example(served('eloverblik'), ['metergram hub points --hub eloverblik'])}`,
};

/** The page of one verb; without one, of all. */
export function helpOf(verb: Verb | undefined): string {
  return verb === undefined ? OVERVIEW : PAGES[verb];
}
