import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stopOrphan } from '../../local/cloud.ts';

it.runIf(process.platform === 'linux')(
  'a cloud that a killed npm start left behind is not mistaken for a process that got its id, though another cloud answers',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'copydesk-cloud-'));
    const another = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(another, 'listening');
    // A group of its own, as the cloud has: what is stopped is the group.
    const innocent = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    try {
      const endpoint = `http://127.0.0.1:${(another.address() as AddressInfo).port}`;
      await writeFile(path.join(folder, 'process.json'), JSON.stringify({ pid: innocent.pid, started: '1', endpoint }));
      await stopOrphan(folder);
      expect(innocent.signalCode).toBeNull();
      expect(process.kill(innocent.pid as number, 0)).toBe(true);
    } finally {
      innocent.kill();
      another.close();
      await rm(folder, { recursive: true });
    }
  },
);
