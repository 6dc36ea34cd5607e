import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

/** Every item of a table as it is stored. Reads all of it: for checks and benches, not for the pipeline. */
export async function* tableItems(
  documents: DynamoDBDocumentClient,
  table: string,
): AsyncGenerator<Record<string, unknown>> {
  for await (const page of paginateScan({ client: documents }, { TableName: table, ConsistentRead: true })) {
    yield* page.Items ?? [];
  }
}
