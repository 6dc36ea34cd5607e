/**
 * Bad input is an answer, not an exception: every code says what was found and what to do.
 * The messages stand in upload statuses and on terminals, so they address the person who uploaded.
 */
export const REJECT_CODES = {
  EMPTY: 'The object holds no bytes or only white space; upload the article itself.',
  TOO_LARGE: 'The object is larger than the pipeline accepts; split it or raise the largest object size.',
  BINARY: 'The object is binary data of no known kind; upload text or HTML.',
  UNSUPPORTED_TYPE:
    'The object is a kind of file that holds no readable copy for this engine; convert it to text or HTML.',
  UNDECODABLE: 'The bytes fit no character encoding; save the file as UTF-8 or state its charset in the content type.',
  NOT_ARTICLE: 'The page is a listing, product, search or error page; upload the article it links to.',
  NO_CONTENT: 'No article text was found; upload the page as rendered, or its text.',
  CONSENT_WALL: 'The page is a cookie or consent notice in place of the article; save it after consenting.',
  BLOCKED: 'The page is a bot challenge or an access error in place of the article; fetch it another way.',
  TOO_COMPLEX: 'The document has more nodes or deeper nesting than is read within bounds; simplify it.',
  OBJECT_GONE: 'The object was deleted before it could be read; upload it again if that was not meant.',
  WITHDRAWN: 'The article was withdrawn; lift that with copydesk withdraw ID --restore, then upload it again.',
} as const satisfies Record<string, string>;

export type RejectCode = keyof typeof REJECT_CODES;

/** What the bytes turned out to be, known even where no article was found. */
export interface DocumentForm {
  /** `text/html`, `text/plain`, or what the signature said, such as `application/pdf`. */
  mediaType: string;
  /** WHATWG name of the encoding the text was decoded with; null where nothing was decoded. */
  charset: string | null;
}
