import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lintTemplate } from '../../local/lint-template.ts';
import { synthesized } from '../infra/synthesized.ts';

// It needs Python, as everything in this folder does, and no deployment.
it('cfn-lint finds nothing in the template, with every option in use', { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-lint-'));
  try {
    const file = join(folder, 'template.json');
    const { template } = synthesized({ alarmEmail: 'desk@example.org', silenceHours: 24, removalPolicy: 'destroy' });
    writeFileSync(file, JSON.stringify(template.toJSON(), null, 1));
    expect(await lintTemplate(file)).toBe('');
    writeFileSync(file, JSON.stringify(template.toJSON(), null, 1).replaceAll('PAY_PER_REQUEST', 'FREE'));
    expect(await lintTemplate(file)).toMatch(/^E3030 'FREE' is not one of/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
