import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('keeps no page in memory for the sake of its record', () => {
  const script = join(import.meta.dirname, '../support/warm-function.ts');
  const printed = execFileSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' });
  const { kept, pageMegabytes, megabytes } = JSON.parse(printed);
  expect(kept * pageMegabytes).toBeGreaterThanOrEqual(200);
  expect(megabytes).toBeLessThan(50);
}, 120_000);
