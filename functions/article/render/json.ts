/**
 * DEL and the C1 controls drive terminals; bidi embeddings, overrides and isolates make text read as what it
 * is not; U+2028 and U+2029 end a line for some readers of NDJSON. JSON.stringify leaves all of them as they are.
 */
const UNSAFE = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * JSON with the same value as `JSON.stringify` gives, safe to show on a terminal and to embed in YAML.
 *
 * @param indent spaces a level; 0 for one line
 */
export function renderJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
