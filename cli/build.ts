/**
 * Bundles the command line into dist/, which is what the package ships: it starts on any Node from 20.19 on and
 * installs nothing else. `npm pack` runs this first.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';

const OUT = 'dist';

await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { copydesk: 'cli/bundled-main.ts' },
  outdir: OUT,
  bundle: true,
  // Commands load what they need: `extract` must not wait for the AWS SDK.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // CommonJS packages call require() for Node's own modules, which a module has to be given.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
await mkdir(OUT, { recursive: true });
await writeFile(path.join(OUT, 'third-party-licenses.txt'), await licenses(metafile));

/** The licences of what is bundled ask to be passed on with it. */
async function licenses({ inputs }: Metafile): Promise<string> {
  const folders = new Set<string>();
  for (const input of Object.keys(inputs)) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
    if (folder) folders.add(folder);
  }
  const texts = await Promise.all([...folders].sort().map(licenseOf));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenseOf(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  const text = file ? await readFile(path.join(folder, file), 'utf8') : '';
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`;
}
