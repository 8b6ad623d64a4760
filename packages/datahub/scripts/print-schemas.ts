// Prints packages/datahub/schemas/ from the shapes. A test fails where it is not up to date.
import { mkdirSync, writeFileSync } from 'node:fs';
import { jsonSchema } from '@metergram/model/schema';
import { testHubData } from '../src/testing/data-shape.ts';

const folder = new URL('../schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
const schema = JSON.stringify(jsonSchema(testHubData), null, 2);
writeFileSync(new URL('testhub.schema.json', folder), `${schema}\n`);
