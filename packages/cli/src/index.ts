export { commands } from './commands.ts';
export { type Command, type Input, type Io, type Output, OutputClosed } from './io.ts';
export { main } from './main.ts';
