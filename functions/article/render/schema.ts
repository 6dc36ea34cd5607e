/** The record's schema, for programs as JSON Schema and for people as a table. */
import { z } from 'zod';
import { EVENT_SCHEMA_VERSION, EVENT_SCHEMAS, EventSchema } from '../events.ts';
import { ArticleRecordSchema, SCHEMA_VERSION } from '../record.ts';
import { REJECT_CODES } from '../reject.ts';
import { escapeCell } from './escape-markdown.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON Schema (draft 2020-12) of the article record. */
export function recordJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(ArticleRecordSchema);
  return {
    title: 'Copydesk article record',
    description: `An article as Copydesk stores it, schema version ${SCHEMA_VERSION}.`,
    ...schema,
  };
}

/** JSON Schema (draft 2020-12) of the events: one of several by `type`. */
export function eventsJsonSchema(): JsonSchema {
  return {
    title: 'Copydesk event',
    description: `What an event of Copydesk carries as its detail, schema version ${EVENT_SCHEMA_VERSION}.`,
    ...z.toJSONSchema(EventSchema),
  };
}

/** Markdown table with a row for every field, those inside lists and objects too. */
export function renderFieldTable(): string {
  return renderFields([...fieldsOf(recordJsonSchema(), '')]);
}

/** Markdown: a section with such a table for what every event has, and for each type what it has besides. */
export function renderEventTables(): string {
  const types = Object.entries(EVENT_SCHEMAS).map(([type, schema]) => {
    const json = z.toJSONSchema(schema);
    // Of cards there is a table elsewhere.
    const fields = [...fieldsOf(json, '')].filter(({ name }) => !/^(previousCard|card)\./.test(name));
    return { type, description: json.description, fields };
  });
  const [first] = types;
  const common = (first?.fields ?? []).filter(({ name, type }) =>
    types.every(({ fields }) => fields.some((field) => field.name === name && field.type === type)),
  );
  const names = new Set(common.map(({ name }) => name));
  return [
    `### Every event\n\n${renderFields(common)}`,
    ...types.map(
      ({ type, description, fields }) =>
        `### ${type}\n\n${description}\n\n${renderFields(fields.filter(({ name }) => !names.has(name)))}`,
    ),
  ].join('\n\n');
}

function renderFields(fields: readonly Field[]): string {
  const rows = fields.map(({ name, type, rule }) => `| \`${name}\` | ${escapeCell(type)} | ${escapeCell(rule)} |`);
  return ['| field | type | rule |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Markdown table with a row for every reason to turn an upload down. */
export function renderRejectTable(): string {
  const rows = Object.entries(REJECT_CODES).map(([code, sentence]) => `| \`${code}\` | ${escapeCell(sentence)} |`);
  return ['| code | what it says |', '| --- | --- |', ...rows].join('\n');
}

interface Field {
  name: string;
  type: string;
  rule: string;
}

function* fieldsOf(schema: JsonSchema, prefix: string): Generator<Field> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'boolean') continue;
    const { inner, nullable } = withoutNull(property);
    const path = prefix + name;
    const rule = property.description ?? inner.description ?? '';
    yield { name: path, type: typeOf(inner) + (nullable ? ' or null' : ''), rule };
    const items = listItem(inner);
    if (items) yield* fieldsOf(withoutNull(items).inner, `${path}[].`);
    else yield* fieldsOf(inner, `${path}.`);
  }
}

function withoutNull(schema: JsonSchema): { inner: JsonSchema; nullable: boolean } {
  if (Array.isArray(schema.type)) {
    const [type, ...more] = schema.type.filter((name) => name !== 'null');
    if (type !== undefined && more.length === 0) return { inner: { ...schema, type }, nullable: true };
  }
  const kinds = (schema.anyOf ?? []).filter((kind) => kind.type !== 'null');
  const [only] = kinds;
  if (!schema.anyOf || kinds.length !== 1 || !only) return { inner: schema, nullable: false };
  return { inner: only, nullable: schema.anyOf.length > 1 };
}

function listItem(schema: JsonSchema): JsonSchema | null {
  const { items } = schema;
  return schema.type === 'array' && items && typeof items === 'object' && !Array.isArray(items) ? items : null;
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  const items = listItem(schema);
  if (items) return `list of ${items.properties ? 'objects' : items.enum ? typeOf(items) : `${typeOf(items)}s`}`;
  if (schema.type === 'object') return schema.properties ? 'object' : 'map of strings';
  if (schema.format === 'date-time') return 'instant';
  return String(schema.type ?? 'any');
}
