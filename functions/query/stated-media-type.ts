/** The media type of a Content-Type header without its parameters (RFC 9110, 8.3.1), in small letters; null where there is none. */
export function statedMediaType(contentType: string | undefined): string | null {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? null;
}
