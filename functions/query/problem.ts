/** Errors as RFC 9457 problem details. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export const PROBLEM_TYPE = 'application/problem+json';

/** What programs tell problems apart by; the sentence beside it is for people. */
export const PROBLEM_CODES = {
  BAD_REQUEST: [400, 'Bad Request'],
  BAD_CURSOR: [400, 'Bad Request'],
  NOT_FOUND: [404, 'Not Found'],
  METHOD_NOT_ALLOWED: [405, 'Method Not Allowed'],
  NOT_ACCEPTABLE: [406, 'Not Acceptable'],
  /** The answer does not fit into one; ask for it in parts, with Range. */
  ANSWER_TOO_LARGE: [406, 'Not Acceptable'],
  /** Another source has that name, or that address. */
  NAME_TAKEN: [409, 'Conflict'],
  WATCHED_ALREADY: [409, 'Conflict'],
  /** It is paused or retired. */
  NOT_ACTIVE: [409, 'Conflict'],
  WITHDRAWN: [410, 'Gone'],
  TOO_LARGE: [413, 'Content Too Large'],
  UNSUPPORTED_TYPE: [415, 'Unsupported Media Type'],
  BAD_RANGE: [416, 'Range Not Satisfiable'],
  /** So many requests wait already that this one is not taken. */
  BUSY: [429, 'Too Many Requests'],
  FAULT: [500, 'Internal Server Error'],
  /** What the API stands on is in the way for a moment, such as a table that is asked too often. */
  UNAVAILABLE: [503, 'Service Unavailable'],
  /** A site that was to be looked at answers too slowly. */
  SITE_TOO_SLOW: [504, 'Gateway Timeout'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ProblemCode = keyof typeof PROBLEM_CODES;

export const ProblemSchema = z
  .object({
    type: z.literal('about:blank').describe('the status says what kind of problem it is, and `code` which'),
    title: z.string().describe('the phrase of the status'),
    status: z.int().min(400).max(599),
    code: z.enum(Object.keys(PROBLEM_CODES) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string().describe('what happened and what to do, for a person'),
    errors: z
      .array(z.object({ name: z.string().describe('of the parameter or field'), detail: z.string() }))
      .optional()
      .describe('each thing that is wrong with the request'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof ProblemSchema>;

/** An error that is the caller's to mend. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: Problem['errors'];

  constructor(code: ProblemCode, detail: string, errors?: Problem['errors']) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }
}

/** @param headers what the status asks for besides, such as `Allow` */
export function problemResponse(
  c: Context,
  code: ProblemCode,
  detail: string,
  { errors, headers = {} }: { errors?: Problem['errors']; headers?: Record<string, string> } = {},
) {
  const [status, title] = PROBLEM_CODES[code];
  const problem: Problem = { type: 'about:blank', title, status, code, detail, ...(errors && { errors }) };
  return c.body(JSON.stringify(problem), status, {
    'Content-Type': PROBLEM_TYPE,
    'Cache-Control': 'no-store',
    ...headers,
  });
}

/** What a schema finds wrong: its own fields tell more than the message, which is for programmers unless it is ours. */
interface Issue {
  path: PropertyKey[];
  message: string;
  code?: string | undefined;
  keys?: unknown;
  expected?: unknown;
  values?: unknown;
  maximum?: unknown;
}

function wordsOf({ code, message, expected, values, maximum }: Issue): string {
  if (message.startsWith('It ')) return message;
  if (message.endsWith('received undefined')) return 'It is missing.';
  if (code === 'invalid_type') return `It must be of the type ${expected}.`;
  if (code === 'invalid_value' && Array.isArray(values)) return `It must be one of ${values.join(', ')}.`;
  if (code === 'too_small') return 'It is empty, or less than it takes.';
  if (code === 'too_big') return `It is more than the most it takes, ${maximum}.`;
  return 'It is not as described in /openapi.json.';
}

/** The first few things that are wrong with a request, as its schema tells them. */
export function errorsOf(issues: readonly Issue[]) {
  const shown = issues.slice(0, 10);
  return shown.flatMap((issue) => {
    const { path, keys } = issue;
    if (Array.isArray(keys)) {
      return keys
        .slice(0, 10)
        .map((key) => ({ name: String(key).slice(0, 60), detail: 'There is no such parameter.' }));
    }
    return [{ name: path.join('.') || 'request', detail: wordsOf(issue) }];
  });
}

/** What API Gateway says before a request reaches the app. */
const RefusalSchema = z.object({ message: z.string() }).meta({ id: 'Refusal' });

/** The problems an operation may answer with, for its description. */
export function problems(...codes: ProblemCode[]) {
  const statuses = new Map<number, string[]>();
  for (const code of codes) {
    const [status] = PROBLEM_CODES[code];
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  const content = { [PROBLEM_TYPE]: { schema: ProblemSchema } };
  const refused = { 'application/json': { schema: RefusalSchema } };
  return {
    ...Object.fromEntries(
      [...statuses].map(([status, names]) => [status, { description: `A problem: ${names.join(', ')}.`, content }]),
    ),
    403: { description: 'API Gateway: not signed, or the caller may not', content: refused },
    429: { description: 'too many requests, ask again later', content: { ...refused, ...content } },
    503: { description: 'A problem: UNAVAILABLE, ask again later.', content },
  };
}
