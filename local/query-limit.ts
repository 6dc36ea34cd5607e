/**
 * How many queries the local cloud works on at once. It starts a process for each, a hundred and more of which take a
 * machine down for minutes; beyond the limit it answers 429, as an AWS account does at the end of its concurrency.
 */
import type { DeployedStack } from '../functions/aws/stack/stack-outputs.ts';
import type { Target } from '../functions/aws/stack/target.ts';
import { CloudFailed } from './cloud.ts';

/** Queries wait for the tables rather than for a core, so a few more than there are cores pay. */
const AT_ONCE = 8;

/**
 * Lambda's PutFunctionConcurrency. The local cloud leaves out what a template says of it, and in an account a
 * reservation would take from what all functions share.
 *
 * @throws CloudFailed
 */
export async function limitQueries({ outputs }: DeployedStack, target: Target & { endpoint: string }): Promise<void> {
  const { endpoint, region } = target;
  const address = `${endpoint}/2017-10-31/functions/${encodeURIComponent(outputs.queryFunction)}/concurrency`;
  const response = await fetch(address, {
    method: 'PUT',
    headers: {
      // It tells services apart by the scope of the signature, which it does not check.
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/lambda/aws4_request`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ ReservedConcurrentExecutions: AT_ONCE }),
  });
  const answer = await response.text();
  if (!response.ok) throw new CloudFailed(`The local cloud set no limit to queries: ${response.status} ${answer}`);
}
