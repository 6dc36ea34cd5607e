import { describe, expect, it } from 'vitest';
import { s3Client } from '../../../functions/aws/stack/clients.ts';
import { uploadSigner } from '../../../functions/aws/uploads/upload-signer.ts';
import { FILE_NAME_PLACEHOLDER } from '../../../functions/names.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const s3 = s3Client({ region: 'us-east-1', credentials } as Parameters<typeof s3Client>[0]);
const sign = uploadSigner(s3, 'raw', 1_000);
const contentType = 'text/html';

describe('a signed form', () => {
  it('is for one key, one type and no larger file', async () => {
    const { fields } = await sign({ key: 'in/story.html', contentType });
    const { conditions } = JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString());
    expect(conditions).toEqual(
      expect.arrayContaining([
        ['eq', '$key', 'in/story.html'],
        ['eq', '$Content-Type', contentType],
        ['content-length-range', 1, 1_000],
      ]),
    );
    expect(JSON.stringify(conditions)).not.toContain('starts-with');
  });

  it.each([
    { key: FILE_NAME_PLACEHOLDER },
    { key: `in/${FILE_NAME_PLACEHOLDER}` },
    { key: `in/${FILE_NAME_PLACEHOLDER}/story.html` },
    { key: 'a', sourceId: FILE_NAME_PLACEHOLDER },
    { key: 'a', url: `https://example.org/?${FILE_NAME_PLACEHOLDER}` },
  ])('is not made where S3 would put the name of the file: %j', async (request) => {
    await expect(sign({ contentType, ...request })).rejects.toThrow(RangeError);
  });
});
