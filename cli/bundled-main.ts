/**
 * Where the bundled command line begins; it runs on Nodes older than the one the project pins.
 *
 * Before version 24, Node's TextDecoder reads windows-1252 as ISO-8859-1, and eight more encodings otherwise than
 * browsers do, without an error: quotation marks became control characters.
 */
if (Number(process.versions.node.split('.')[0]) < 24) {
  const { TextDecoder } = await import('@exodus/bytes/encoding.js');
  globalThis.TextDecoder = TextDecoder as typeof globalThis.TextDecoder;
}
// The AWS SDK warns in seven lines that its coming versions want a newer Node; the one bundled here stays as it is.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
await import('./main.ts');

export {};
