import { describe } from 'vitest';
import { BUCKET, World } from './memory.ts';
import { describePorts, type TestBucket } from './ports-contract.ts';

const world = new World();

const bucket: TestBucket = {
  name: BUCKET,
  put: async (key, text, metadata = {}, contentType) => world.putBytes(key, Buffer.from(text), metadata, contentType),
  remove: async (key, versionId) => world.remove({ bucket: BUCKET, key, versionId }),
};

describe('the world in memory', () => {
  describePorts(
    () => world.ports(),
    () => bucket,
  );
});
