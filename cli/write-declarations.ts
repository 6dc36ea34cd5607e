/**
 * The type declarations that the package ships: those of client/, and the types that these name, written out from the
 * schemas, so that whoever reads them needs none of our dependencies.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ArticleCardSchema } from '../functions/article/card.ts';
import { ArticleRecordSchema } from '../functions/article/record.ts';
import { RevisionSchema } from '../functions/article/revision.ts';
import { UPLOAD_STATUSES, UploadSchema } from '../functions/article/upload.ts';
import { DiffedRevisionSchema } from '../functions/query/schemas.ts';
import { LISTING_KINDS } from '../functions/scrape/listing.ts';
import { HEALTHS, ShownSourceSchema } from '../functions/scrape/sources/health.ts';
import { SourceSettingsSchema } from '../functions/scrape/sources/source.ts';

const run = promisify(execFile);

type JsonSchema = z.core.JSONSchema.BaseSchema;

const TYPES: Record<string, JsonSchema> = {
  ArticleCard: z.toJSONSchema(ArticleCardSchema),
  ArticleRecord: z.toJSONSchema(ArticleRecordSchema),
  DiffedRevision: z.toJSONSchema(DiffedRevisionSchema),
  Revision: z.toJSONSchema(RevisionSchema),
  Upload: z.toJSONSchema(UploadSchema),
  UploadStatus: z.toJSONSchema(z.enum(UPLOAD_STATUSES)),
  ShownSource: z.toJSONSchema(ShownSourceSchema),
  SourceSettings: z.toJSONSchema(SourceSettingsSchema),
  Health: z.toJSONSchema(z.enum(HEALTHS)),
  ListingKind: z.toJSONSchema(z.enum(LISTING_KINDS)),
};

/** @param folder where the declarations go: one of each module of client/, and `types.d.ts` */
export async function writeDeclarations(folder: string): Promise<void> {
  const emitted = await mkdtemp(path.join(tmpdir(), 'copydesk-declarations-'));
  try {
    await run(process.execPath, [
      'node_modules/typescript/bin/tsc',
      ...['-p', 'client/tsconfig.json', '--outDir', emitted],
    ]);
    for (const file of await readdir(path.join(emitted, 'client'))) {
      const declarations = await readFile(path.join(emitted, 'client', file), 'utf8');
      const own = declarations
        .replaceAll(/'\.\.\/functions\/(?:article|query|scrape)\/[\w/-]+\.ts'/g, "'./types.js'")
        .replaceAll(/'\.\/(\w+)\.ts'/g, "'./$1.js'");
      const [others] = /'\.\.[^']*'/.exec(own) ?? [];
      if (others) throw new Error(`client/${file} shows a type of ${others}, which the package does not ship.`);
      await writeFile(path.join(folder, file), own);
    }
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
  const types = Object.entries(TYPES).map(([name, schema]) => `export type ${name} = ${typeOf(schema, '')};\n`);
  await writeFile(path.join(folder, 'types.d.ts'), types.join('\n'));
}

/** JSON Schema as zod writes it, as a TypeScript type. */
function typeOf(schema: JsonSchema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((kind) => typeOf(kind, indent)).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
  switch (schema.type) {
    case 'object': {
      if (!schema.properties) {
        const values = schema.additionalProperties;
        return `Record<string, ${typeof values === 'object' ? typeOf(values, indent) : 'string'}>`;
      }
      const deeper = `${indent}  `;
      const required = new Set(schema.required);
      const lines = Object.entries(schema.properties).map(([name, property]) => {
        if (typeof property === 'boolean') throw new Error(`The property ${name} has no type.`);
        const about = property.description === undefined ? '' : `${deeper}/** ${property.description} */\n`;
        return `${about}${deeper}${name}${required.has(name) ? '' : '?'}: ${typeOf(property, deeper)};\n`;
      });
      return `{\n${lines.join('')}${indent}}`;
    }
    case 'array':
      return `(${typeOf(schema.items as JsonSchema, indent)})[]`;
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      throw new Error(`There is no type for ${JSON.stringify(schema).slice(0, 100)}.`);
  }
}
