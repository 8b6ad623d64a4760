import { servePool } from '../../src/pool.ts';
import { faulty } from './fault.ts';

servePool(
  faulty(
    self as never,
    (listener) => self.addEventListener('message', ({ data }) => listener(data)),
    self.name || undefined,
  ),
);
