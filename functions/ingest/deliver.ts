import type { Attempt } from './claim.ts';
import { MalformedNotificationError, PermanentError } from './errors.ts';
import { type IngestResult, ingest, type Settings } from './ingest.ts';
import { type ObjectNotification, readMessage } from './notification.ts';
import type { Ports } from './ports.ts';

/** Hears what became of each object version of a message. */
export interface Observer {
  settled(notification: ObjectNotification, result: IngestResult): void;
  failed(notification: ObjectNotification, error: unknown): void;
}

/**
 * Ingests everything one message tells of. A version that fails does not keep the others from being tried; those that
 * have their status by then are passed over when the message comes again.
 *
 * @throws the error to retry by, one that may pass before one that will not; then the message must not be deleted
 */
export async function deliver(
  body: string,
  attempt: Attempt,
  settings: Settings,
  ports: Ports,
  observer: Observer,
): Promise<void> {
  const { notifications, problems } = readMessage(body);
  const errors: unknown[] = [];
  for (const notification of notifications) {
    try {
      observer.settled(notification, await ingest(notification, attempt, settings, ports));
    } catch (error) {
      observer.failed(notification, error);
      errors.push(error);
    }
  }
  if (problems.length > 0) errors.push(new MalformedNotificationError(problems));
  if (errors.length > 0) throw errors.find((error) => !(error instanceof PermanentError)) ?? errors[0];
}
