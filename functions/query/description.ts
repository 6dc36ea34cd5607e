import type { ApiDescription } from './routes/contract.ts';

/** Rises with what callers can see. */
export const API_DESCRIPTION: ApiDescription = {
  version: '1.0.0',
  description:
    'Article records of one Copydesk stack: find them, read them, follow them, send raw copies. Every request is signed with AWS Signature Version 4 (service `execute-api`); errors are RFC 9457 problem details.',
};
