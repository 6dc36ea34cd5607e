import { describe } from 'vitest';
import { MemoryHints, MemoryHosts, MemoryPages, MemorySources } from './memory.ts';
import { describePorts } from './ports-contract.ts';

const stores = {
  sources: new MemorySources(),
  pages: new MemoryPages(),
  hosts: new MemoryHosts(),
  hints: new MemoryHints(),
};

describe('the stores in memory', () => {
  describePorts(() => stores);
});
