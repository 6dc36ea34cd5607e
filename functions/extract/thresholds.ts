/**
 * Every number the engine decides by that is not learned, in one place, each with its evidence.
 */

/** Bytes. The longest real article page seen in four corpora is under 10 MB; beyond 32 MB a page is an archive. */
export const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;
