export const HELP = `metergram hub VERB --hub HUB [OPTION ...] [METERING-POINT ...]

Reads from the Nordic datahubs and price sources. Results go to standard output.

verbs
  points      metering points that the credential reaches
  series      metered values
  charges     tariffs, subscriptions and fees
  consents    consents as the hub lists them
  prices      day-ahead prices: --hub entsoe or energidataservice, --area DK1
  serve       a hub to test against, on this machine

hubs
  eloverblik, eloverblik-thirdparty, elhub, fingrid, entsoe, energidataservice
  file: CIM, Green Button or CSV files in the place of a hub (points, series)

options
  --hub HUB           which
  --from DATE         first day of the hub's zone, or an instant        (series, prices)
  --to DATE           day after the last, or an instant; today unless told
  --resolution R      PT15M PT1H P1D P1M P1Y; as fine as there is unless told
  --points FILE       metering points, one a line, beside those given as words; - is standard input
  --area AREA         DK1 NO2 SE3 FI …; may be given more than once     (prices)
  --format F          csv (unless told), jsonl, json
  --resume FILE       keeps the place in FILE and goes on from there: append the output (csv, jsonl)
  --credentials FILE  JSON, readable by you alone; METERGRAM_CREDENTIALS names one too
  --origin URL        another address of the hub: its test environment, or metergram hub serve
  --file FILE         a file of values; may be given more than once        (--hub file)
  --zone ZONE         zone of its market, Europe/Stockholm unless told     (--hub file)
  --ca FILE           certificates to trust instead of the machine's
  --help

credentials
  Never arguments: other users of the machine can read those. In the environment:
    METERGRAM_ELOVERBLIK_TOKEN, METERGRAM_ELOVERBLIK_THIRDPARTY_TOKEN, METERGRAM_ENTSOE_TOKEN
  or in the file, under the hub's name:
    { "eloverblik": { "refreshToken": "…" }, "entsoe": { "token": "…" },
      "elhub": { "clientId": "…", "scopes": ["…"], "keyId": "…", "keyFile": "elhub.pem", "gln": "…", "test": true },
      "fingrid": { "origin": "https://…", "organisationUser": "….THP", "certFile": "…", "keyFile": "…",
                   "customers": ["…"] } }

serve
  metergram hub serve HUB --data FILE [--port N] [--out FOLDER] [--clock running|moved] [--record]
  FILE is JSON (metergram.testhub/1), or what metergram aggregate prints.
  prints one line of JSON: origin, credentials, certificates, control address. With --out it also writes ca.pem,
  client certificates and credentials.json for the options above. Runs until it is interrupted, or, with
  --until-stdin-ends, until its input ends.

exit codes
  0 all came; 1 something could not be had, which standard error tells; 2 the command cannot be followed

examples
  metergram hub points --hub eloverblik
  metergram hub series --hub eloverblik --from 2026-01-01 --resolution PT1H 571313100000000003 > values.csv
  metergram hub series --hub eloverblik-thirdparty --from 2025-01-01 --points all.txt --resume place --format jsonl >> values.jsonl
  metergram hub prices --hub energidataservice --area DK1 --area DK2 --from 2026-11-01
`;
