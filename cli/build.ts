/**
 * Bundles the command line into dist/, which is what the package ships: it starts on any Node from 20.19 on and
 * installs nothing else. `npm pack` runs this first.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { CLIENT_BUNDLE } from './client-bundle.ts';
import { writeDeclarations } from './write-declarations.ts';

const OUT = 'dist';

await rm(OUT, { recursive: true, force: true });
const shared = {
  outdir: OUT,
  bundle: true,
  format: 'esm',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const;
const [command, client] = await Promise.all([
  build({
    ...shared,
    entryPoints: { copydesk: 'cli/bundled-main.ts', reader: 'client/reader.ts' },
    // Commands load what they need: `extract` must not wait for the AWS SDK.
    splitting: true,
    platform: 'node',
    target: 'node20',
    // CommonJS packages call require() for Node's own modules, which a module has to be given.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  }),
  // Of one piece, for wherever fetch is.
  build({ ...shared, ...CLIENT_BUNDLE, entryPoints: { client: 'client/client.ts' } }),
]);
const inputs = { ...command.metafile.inputs, ...client.metafile.inputs };
await mkdir(OUT, { recursive: true });
await writeFile(path.join(OUT, 'third-party-licenses.txt'), await licenses(inputs));
await writeDeclarations(OUT);

/** The licences of what is bundled ask to be passed on with it. */
async function licenses(inputs: Metafile['inputs']): Promise<string> {
  const folders = new Set<string>();
  for (const input of Object.keys(inputs)) {
    const folder = packageOf(input);
    if (folder !== null) folders.add(folder);
  }
  const texts = await Promise.all([...folders].sort().map(licenseOf));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package a file is of. Where a package carries another among its files, without a manifest, the outer one. */
function packageOf(file: string): string | null {
  const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
  if (folder === undefined) return null;
  return existsSync(`${folder}/package.json`)
    ? folder
    : packageOf(folder.slice(0, folder.lastIndexOf('/node_modules/')));
}

async function licenseOf(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  const text = file ? await readFile(path.join(folder, file), 'utf8') : '';
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`;
}
