import type { AddCommand } from '../command.ts';
import { addSource } from './add.ts';
import { exportSources } from './export.ts';
import { importSources } from './import.ts';
import { listSources } from './list.ts';
import { showSource } from './show.ts';
import { changeSources } from './states.ts';
import { syncSources } from './sync.ts';
import { testSource } from './test.ts';

export const sourcesCommand: AddCommand = (program, io, finish) => {
  const sources = program
    .command('sources')
    .summary('watch feeds, site maps and pages for new articles')
    .description('Watch feeds, site maps and pages: their new articles are fetched and become records.');
  for (const command of [
    addSource,
    testSource,
    listSources,
    showSource,
    ...changeSources,
    importSources,
    exportSources,
    syncSources,
  ]) {
    command(sources, io, finish);
  }
};
