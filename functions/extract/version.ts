/** Raised whenever the same bytes may give another record; stored with each record so that archives can be rolled forward. */
export const ENGINE_VERSION = '0.6.0';
