import { isLoopback } from './target.ts';

/**
 * Where the query API of a stack answers.
 *
 * @param url the stack's output; its host resolves in AWS only
 * @param endpoint of the cloud the stack is in; undefined for AWS
 */
export function apiAddress(url: string, endpoint: string | undefined): string {
  if (endpoint === undefined || !isLoopback(endpoint)) return url.replace(/\/$/, '');
  const [id = ''] = new URL(url).hostname.split('.');
  return `${endpoint}/_aws/execute-api/${id}/$default`;
}
