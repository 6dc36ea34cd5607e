#!/usr/bin/env node
// Plain JavaScript, because it must start on any Node from 20.19 on. In a checkout the TypeScript sources run, on
// the Node that the project pins; a package brings them bundled in dist/ and no sources, so neither is ever stale.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const sources = here('cli/main.ts');
const bundle = here('dist/copydesk.js');
const pinned = here(`node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);

if (existsSync(sources) && existsSync(pinned)) {
  if (realpathSync(process.execPath) === realpathSync(pinned)) await import(pathToFileURL(sources).href);
  else runOn(pinned, [sources, ...process.argv.slice(2)]);
} else if (existsSync(bundle)) {
  await import(pathToFileURL(bundle).href);
} else {
  process.stderr.write('copydesk: its dependencies are not installed; run `npm ci` in the checkout.\n');
  process.exitCode = 1;
}

function runOn(node, args) {
  // The channel says nothing: its end tells the child that this process was killed.
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // The child decides when to end: on Ctrl-C both get the signal, and the child may have something to put in order.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`copydesk: ${node} does not run (${error.message}); run \`npm ci\` again.\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
