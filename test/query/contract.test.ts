import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { recordJsonSchema } from '../../functions/article/render/schema.ts';
import { memoryApp } from './memory.ts';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}

const { app } = memoryApp();
const contract = (await (await app.request('/openapi.json')).json()) as {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.values(contract.paths).flatMap((path) => Object.values(path));

describe('the contract', () => {
  it('is OpenAPI 3.1 by its own schema', async () => {
    expect(contract.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(structuredClone(contract));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('gives every operation an id of its own, a summary, a known tag, and its problems', () => {
    expect(operations.length).toBeGreaterThan(9);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const tags = contract.tags.map(({ name }) => name);
    for (const {
      operationId,
      summary,
      tags: [tag],
      responses,
    } of operations) {
      expect(summary.length, operationId).toBeGreaterThan(15);
      expect(tags, operationId).toContain(tag);
      expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(['403', '429']));
      for (const [status, { content }] of Object.entries(responses)) {
        if (!/^4/.test(status) || status === '403' || status === '429') continue;
        expect(Object.keys(content ?? {}), `${operationId} ${status}`).toEqual(['application/problem+json']);
      }
    }
  });

  it('comes with the schema of the record', async () => {
    expect(await (await app.request('/schema.json')).json()).toEqual(JSON.parse(JSON.stringify(recordJsonSchema())));
  });
});
