import { s3Client } from './clients.ts';

/**
 * Looks whether there are credentials at all; whether AWS accepts them only AWS can say.
 *
 * @param profile of the AWS configuration files; left out, the SDK's default chain
 * @returns null where there are, else the SDK's own words for why there are none
 */
export async function missingCredentials(profile?: string): Promise<string | null> {
  const client = s3Client(profile === undefined ? {} : { profile });
  try {
    await client.config.credentials();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    client.destroy();
  }
}
