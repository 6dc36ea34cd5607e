/** The tables and buckets of scrape in memory: what the tests of the rules, and the simulated week, run on. */
import type { CopyHints } from '../../functions/article/feed-hints.ts';
import { hintsKey } from '../../functions/article/fetched-keys.ts';
import {
  type Due,
  type Hints,
  type Host,
  type Hosts,
  type Page,
  type Pages,
  type RawPage,
  type RawPages,
  readyAt,
  type Source,
  type Sources,
} from '../../functions/scrape/ports.ts';

/** Rows by key, each save standing on the one before. */
class Rows<Row extends { revision: number }> {
  readonly rows = new Map<string, Row>();
  readonly #keyOf: (row: Row) => string;
  /** A copy that shares nothing: what callers do to theirs is no write. */
  protected readonly copy: (row: Row) => Row;

  constructor(keyOf: (row: Row) => string, copy: (row: Row) => Row = (row) => structuredClone(row)) {
    this.#keyOf = keyOf;
    this.copy = copy;
  }

  async read(key: string): Promise<Row | null> {
    const row = this.rows.get(key);
    return row ? this.copy(row) : null;
  }

  async save(row: Row, was: number | null): Promise<boolean> {
    const key = this.#keyOf(row);
    if ((this.rows.get(key)?.revision ?? null) !== was) return false;
    this.rows.set(key, this.copy(row));
    return true;
  }
}

function ready<Row extends Due>(rows: Iterable<Row>, at: Date, limit: number): Row[] {
  const waiting: { row: Row; since: string }[] = [];
  const now = at.toISOString();
  for (const row of rows) {
    const since = readyAt(row);
    if (since !== null && since <= now) waiting.push({ row, since });
  }
  waiting.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  return waiting.slice(0, limit).map(({ row }) => row);
}

/** As DynamoDB and its client do: numbers beyond those that a double holds exactly, and closer to zero than 1e-130. */
function refuseOddNumbers(row: object): void {
  JSON.stringify(row, (_, value: unknown) => {
    const size = typeof value === 'number' ? Math.abs(value) : 0;
    if (size > Number.MAX_SAFE_INTEGER || (size > 0 && size < 1e-130))
      throw new Error(`No number of DynamoDB: ${value}`);
    return value;
  });
}

export class MemorySources extends Rows<Source> implements Sources {
  override async save(source: Source, was: number | null): Promise<boolean> {
    refuseOddNumbers(source);
    return super.save(source, was);
  }

  constructor() {
    super(({ id }) => id);
  }

  async list(): Promise<Source[]> {
    return structuredClone([...this.rows.values()]);
  }

  async due(at: Date, limit: number): Promise<Source[]> {
    const active = [...this.rows.values()].filter(({ state }) => state === 'active');
    return ready(active, at, limit).map((row) => this.copy(row));
  }

  async remove(id: string): Promise<void> {
    this.rows.delete(id);
  }
}

export class MemoryPages extends Rows<Page> implements Pages {
  /** Those that are fetched again: few among the many that stay for years. */
  readonly #waiting = new Map<string, Page>();

  constructor() {
    // Flat, and read ten thousand at a time.
    super(
      ({ page }) => page,
      (page) => ({ ...page }),
    );
  }

  override async save(page: Page, was: number | null): Promise<boolean> {
    const saved = await super.save(page, was);
    if (saved && page.dueAt !== null) this.#waiting.set(page.page, this.rows.get(page.page) as Page);
    else if (saved) this.#waiting.delete(page.page);
    return saved;
  }

  async known(pages: readonly string[]): Promise<Page[]> {
    return [...new Set(pages)].flatMap((page) => this.rows.get(page) ?? []).map((row) => this.copy(row));
  }

  async due(at: Date, limit: number): Promise<Page[]> {
    return ready(this.#waiting.values(), at, limit).map((row) => this.copy(row));
  }
}

export class MemoryHosts extends Rows<Host> implements Hosts {
  constructor() {
    super(({ host }) => host);
  }
}

export class MemoryHints implements Hints {
  readonly objects = new Map<string, CopyHints>();

  async put(page: string, hints: CopyHints): Promise<string> {
    const key = hintsKey(page, JSON.stringify(hints));
    this.objects.set(key, structuredClone(hints));
    return key;
  }

  async read(key: string): Promise<CopyHints | null> {
    return structuredClone(this.objects.get(key) ?? null);
  }
}

/** The uploads bucket: all versions of each object, the oldest first. */
export class MemoryRawPages implements RawPages {
  readonly versions = new Map<string, RawPage[]>();

  async put(page: RawPage): Promise<void> {
    this.versions.set(page.key, [...(this.versions.get(page.key) ?? []), page]);
  }
}
