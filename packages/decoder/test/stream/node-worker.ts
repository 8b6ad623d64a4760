import { parentPort, workerData } from 'node:worker_threads';
import { servePool } from '../../src/pool.ts';
import { faulty } from './fault.ts';

const port = parentPort!;
servePool(
  faulty(port, (listener) => port.on('message', listener), workerData as string | undefined),
);
