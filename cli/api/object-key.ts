import { UsageError } from '../errors.ts';

/**
 * The key a person means: as it is, or out of an s3:// address.
 *
 * @throws UsageError where the address is of another bucket than the uploads are in
 */
export function keyOf(name: string, uploadsBucket: string): string {
  const address = /^s3:\/\/([^/]+)\/(.+)$/s.exec(name);
  if (!address) return name;
  const [, bucket, key = ''] = address;
  if (bucket !== uploadsBucket) {
    throw new UsageError(`${name} is not in the uploads bucket of this stack, which is ${uploadsBucket}.`);
  }
  return key;
}

/** The key of an object that the uploads table names by bucket/key; a bucket's name holds no slash. */
export const keyIn = (object: string) => object.slice(object.indexOf('/') + 1);
