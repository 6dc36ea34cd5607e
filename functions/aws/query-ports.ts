import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Ports } from '../query/ports.ts';
import { type ArticleStoreNames, articleStore } from './articles/article-store.ts';
import { isPassing } from './errors.ts';
import { sourceStore } from './sources/source-store.ts';
import { uploadLedger } from './uploads/upload-ledger.ts';
import { uploadSigner } from './uploads/upload-signer.ts';

export interface QueryNames extends ArticleStoreNames {
  uploadsBucket: string;
  sourcesTable: string;
}

/** What the queries read and sign, from the stores of one stack. */
export function queryPorts(
  documents: DynamoDBDocumentClient,
  s3: S3Client,
  names: QueryNames,
  maxObjectBytes: number,
): Pick<Ports, 'articles' | 'uploads' | 'signUpload' | 'sources' | 'isPassing'> {
  const ledger = uploadLedger(documents, names.uploadsTable);
  const objectOf = (key: string) => `${names.uploadsBucket}/${key}`;
  return {
    articles: articleStore(documents, s3, names),
    uploads: {
      get: (key, version) => ledger.get(objectOf(key), version),
      listVersions: (key, options) => ledger.listVersions(objectOf(key), options),
      listByStatus: ledger.listByStatus,
    },
    sources: sourceStore(documents, names.sourcesTable),
    isPassing,
    signUpload: uploadSigner(s3, names.uploadsBucket, maxObjectBytes),
  };
}
