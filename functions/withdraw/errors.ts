/** There is no such article, and never was one that is known of. */
export class UnknownArticleError extends Error {
  readonly code = 'NOT_FOUND';
  override readonly name = 'UnknownArticleError';

  constructor(id: string) {
    super(`There is no article ${id}; \`copydesk list\` shows those there are.`);
  }
}

/** It was not withdrawn, so there is nothing to lift. */
export class NotWithdrawnError extends Error {
  readonly code = 'NOT_WITHDRAWN';
  override readonly name = 'NotWithdrawnError';

  constructor(id: string) {
    super(`Article ${id} is not withdrawn; nothing was changed.`);
  }
}

/** Others kept writing to the same records. */
export class ContendedError extends Error {
  readonly code = 'CONTENDED';
  override readonly name = 'ContendedError';

  constructor(id: string, tries: number) {
    super(`Article ${id} changed ${tries} times while it was being withdrawn; try again.`);
  }
}
