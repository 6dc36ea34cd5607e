/**
 * What a deployment can choose: context options (`-c name=value`), read and validated here and nowhere else.
 * docs/deploy.md lists the same options; a test holds the two together.
 */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { STACK_NAME, USUAL_DELAY_SECONDS } from '../functions/names.ts';
import { isContactUrl, userAgentOf, userAgentProblem } from '../functions/scrape/hosts/user-agent.ts';
import packageJson from '../package.json' with { type: 'json' };

export interface Options {
  /** Name of the CloudFormation stack; several can live in one account and region. */
  stackName: string;
  /** What deleting the stack does to buckets and tables. */
  removalPolicy: 'retain' | 'destroy';
  /** Whether tables refuse to be deleted. Unless given, on exactly when data is retained. */
  deletionProtection: boolean;
  /** Days after which overwritten and deleted raw copies go for good; null keeps them. */
  oldVersionDays: number | null;
  logRetentionDays: RetentionDays;
  /** Receives urgent alarms; null sends none, the topic can be subscribed to later. */
  alarmEmail: string | null;
  /** Urgent alarm when nothing is uploaded for so many hours; null where uploads come at no fixed pace. */
  silenceHours: number | null;
  /** Larger objects are rejected as TOO_LARGE before they are read. Bytes. */
  maxObjectBytes: number;
  /** Ingest functions running at the same time. */
  maxConcurrency: number;
  /** Where a site's owner finds out who fetches, and how to reach them; null tells nobody. */
  contactUrl: string | null;
  /** How requests to watched sites name themselves; made from contactUrl unless given. */
  userAgent: string;
  /** Least time between two requests to one host; its robots.txt may ask for more. Seconds. */
  fetchDelaySeconds: number;
  /** Functions that fetch at the same time, each from another host. */
  maxFetches: number;
  /** File of declared sources, which `npm run deploy` has watched afterwards; null for the usual one, if it is there. */
  sources: string | null;
}

/** Larger than the engine itself accepts makes no sense; a test compares it with the engine's own cap. */
export const LARGEST_OBJECT_BYTES = 32 * 1024 * 1024;

interface Option<T> {
  accepts: string;
  /** As shown in the documentation. */
  default: string;
  /** @returns the value, or undefined when the text is not acceptable */
  read(text: string): T | undefined;
}

const RETENTION_DAYS = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

export const OPTIONS = {
  stackName: {
    accepts: 'letters, digits and hyphens, a letter first, at most 64 characters',
    default: STACK_NAME,
    read: (text) => (/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(text) ? text : undefined),
  },
  removalPolicy: {
    accepts: 'retain or destroy',
    default: 'retain',
    read: (text) => (text === 'retain' || text === 'destroy' ? text : undefined),
  },
  deletionProtection: {
    accepts: 'true or false',
    default: 'true with removalPolicy=retain, else false',
    read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  },
  oldVersionDays: {
    accepts: 'a whole number of days from 60 to 3650',
    default: 'kept',
    // Before the 60th day they have hardly moved to the cheaper storage class.
    read: (text) => readInteger(text, 60, 3650),
  },
  logRetentionDays: {
    accepts: `a number of days CloudWatch Logs offers: ${RETENTION_DAYS.join(', ')}`,
    default: '30',
    read: (text) => RETENTION_DAYS.find((days) => String(days) === text),
  },
  alarmEmail: {
    accepts: 'an e-mail address',
    default: 'none',
    read: (text) => (/^[^@\s]+@[^@\s]+$/.test(text) ? text : undefined),
  },
  silenceHours: {
    accepts: 'a whole number of hours from 1 to 168',
    default: 'none',
    // CloudWatch looks back at most seven days.
    read: (text) => readInteger(text, 1, 168),
  },
  maxObjectBytes: {
    accepts: `a whole number of bytes from 1 to ${LARGEST_OBJECT_BYTES}`,
    default: String(10 * 1024 * 1024),
    read: (text) => readInteger(text, 1, LARGEST_OBJECT_BYTES),
  },
  maxConcurrency: {
    accepts: 'a whole number from 2 to 1000',
    default: '10',
    // The range is that of ScalingConfig.MaximumConcurrency of an SQS event source.
    read: (text) => readInteger(text, 2, 1000),
  },
  contactUrl: {
    accepts: 'an http or https address, or a mailto: address',
    default: 'none',
    read: (text) => (isContactUrl(text) ? text : undefined),
  },
  userAgent: {
    accepts:
      'printable ASCII that begins with a name of letters, hyphens and underscores (or has one behind "Mozilla/5.0 (compatible; "), at most 300 characters',
    default: 'Copydesk/VERSION (+contactUrl)',
    read: (text) => (userAgentProblem(text) === null ? text : undefined),
  },
  fetchDelaySeconds: {
    accepts: 'a whole number of seconds from 1 to 60',
    default: String(USUAL_DELAY_SECONDS),
    read: (text) => readInteger(text, 1, 60),
  },
  maxFetches: {
    accepts: 'a whole number from 2 to 1000',
    default: '10',
    read: (text) => readInteger(text, 2, 1000),
  },
  sources: {
    accepts: 'the name of a YAML or JSON file',
    default: 'sources.yaml, if it is there',
    read: (text) => (/\.(ya?ml|json)$/.test(text) ? text : undefined),
  },
} as const satisfies { [Name in keyof Options]: Option<NonNullable<Options[Name]>> };

/** An option the deployment cannot work with; the message names it and what is accepted. */
export class OptionError extends Error {
  readonly code = 'BAD_OPTION';
  override readonly name = 'OptionError';
}

/**
 * Reads the options from the construct tree's context.
 *
 * @throws OptionError on an unknown option, an unacceptable value, or two that contradict each other
 */
export function readOptions(node: Node): Options {
  // Keys of the toolkit itself carry a separator (`@aws-cdk/…`, `aws:cdk:…`, `cli-telemetry`); a plain word is meant for us,
  // and a misspelt removalPolicy must not pass silently.
  for (const key of Object.keys(node.getAllContext())) {
    if (/^\w+$/.test(key) && !Object.hasOwn(OPTIONS, key)) {
      throw new OptionError(`Unknown option ${key}; the options are ${Object.keys(OPTIONS).join(', ')}.`);
    }
  }

  const removalPolicy = readOption(node, 'removalPolicy', OPTIONS.removalPolicy) ?? 'retain';
  const deletionProtection =
    readOption(node, 'deletionProtection', OPTIONS.deletionProtection) ?? removalPolicy === 'retain';
  if (deletionProtection && removalPolicy === 'destroy') {
    throw new OptionError(
      'Options removalPolicy=destroy and deletionProtection=true contradict each other: deleting the stack would fail half-way; drop one.',
    );
  }
  const contactUrl = readOption(node, 'contactUrl', OPTIONS.contactUrl) ?? null;
  return {
    stackName: readOption(node, 'stackName', OPTIONS.stackName) ?? STACK_NAME,
    removalPolicy,
    deletionProtection,
    oldVersionDays: readOption(node, 'oldVersionDays', OPTIONS.oldVersionDays) ?? null,
    logRetentionDays: readOption(node, 'logRetentionDays', OPTIONS.logRetentionDays) ?? RetentionDays.ONE_MONTH,
    alarmEmail: readOption(node, 'alarmEmail', OPTIONS.alarmEmail) ?? null,
    silenceHours: readOption(node, 'silenceHours', OPTIONS.silenceHours) ?? null,
    maxObjectBytes: readOption(node, 'maxObjectBytes', OPTIONS.maxObjectBytes) ?? 10 * 1024 * 1024,
    maxConcurrency: readOption(node, 'maxConcurrency', OPTIONS.maxConcurrency) ?? 10,
    contactUrl,
    userAgent: readOption(node, 'userAgent', OPTIONS.userAgent) ?? userAgentOf(packageJson.version, contactUrl),
    fetchDelaySeconds: readOption(node, 'fetchDelaySeconds', OPTIONS.fetchDelaySeconds) ?? USUAL_DELAY_SECONDS,
    maxFetches: readOption(node, 'maxFetches', OPTIONS.maxFetches) ?? 10,
    sources: readOption(node, 'sources', OPTIONS.sources) ?? null,
  };
}

function readOption<T>(node: Node, name: string, option: Option<T>): T | undefined {
  // The command line gives text, cdk.json may give numbers and booleans.
  const given: unknown = node.tryGetContext(name);
  if (given === undefined) return undefined;
  const value = option.read(String(given));
  if (value === undefined) {
    throw new OptionError(`Option ${name}=${String(given)} is not accepted: give ${option.accepts}.`);
  }
  return value;
}

function readInteger(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}
