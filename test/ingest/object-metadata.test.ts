import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hintsKey } from '../../functions/article/fetched-keys.ts';
import { readObjectMetadata } from '../../functions/ingest/object-metadata.ts';

const uploadedAt = new Date('2026-03-01T08:00:00Z');
const read = (metadata: Record<string, string>) => readObjectMetadata({ metadata, uploadedAt });
const codes = (metadata: Record<string, string>) => read(metadata).warnings.map(({ code }) => code);

describe("the uploader's word on a copy", () => {
  it('is taken where it makes sense', () => {
    expect(
      read({ url: 'https://a.example/x?y=1', source: 'wire-feed', 'fetched-at': '2026-02-28T23:30:00+01:00' }),
    ).toEqual({
      url: 'https://a.example/x?y=1',
      sourceId: 'wire-feed',
      fetchedAt: new Date('2026-02-28T22:30:00Z'),
      hintsKey: null,
      warnings: [],
    });
  });

  it('leaves nothing behind where nothing was said', () => {
    const nothing = { url: null, sourceId: null, fetchedAt: uploadedAt, hintsKey: null, warnings: [] };
    expect(read({})).toEqual(nothing);
    expect(read({ url: ' ', source: '', hints: ' ' })).toEqual(nothing);
  });

  it('may have its address encoded as a whole, and keeps the escapes of one that is not', () => {
    expect(read({ url: 'https%3A%2F%2Fa.example%2F%E6%96%B0%3Fq%3D1' }).url).toBe('https://a.example/新?q=1');
    expect(read({ url: 'https://a.example/a%2Fb%20c' }).url).toBe('https://a.example/a%2Fb%20c');
  });

  it('may be written as encoded words, in base64 or quoted, cut inside of a character', () => {
    const url = 'https://a.example/straße';
    const base64 = Buffer.from(url).toString('base64');
    expect(read({ url: `=?UTF-8?B?${base64}?=` }).url).toBe(url);
    expect(read({ url: '=?utf-8?Q?https://a.example/stra=C3=9Fe?=' }).url).toBe(url);
    expect(read({ source: '=?UTF-8?Q?Agentur_=C3?= =?UTF-8?Q?=BCber?=' }).sourceId).toBe('Agentur über');
    expect(read({ source: 'wire =?ISO-8859-1?Q?=FCber?= all' }).sourceId).toBe('wire über all');
    expect(read({ source: '=?no-such-charset?Q?x?=' }).sourceId).toBe('=?no-such-charset?Q?x?=');
  });

  it.each([
    'ftp://a.example/x',
    'a.example/x',
    'javascript:alert(1)',
    'https://',
    'https://u:p@a.example/',
    'http%3A%ZZ',
  ])('is left out with a warning where the address is %s', (url) => {
    expect(read({ url }).url).toBeNull();
    expect(codes({ url })).toEqual(['METADATA_URL_IGNORED']);
  });

  it.each([
    ['too long', 'x'.repeat(201)],
    ['a control character', 'a%00b'],
    ['broken percent-encoding is kept', null],
  ])('on the source: %s', (_, source) => {
    if (source === null) return expect(read({ source: '100% wire' }).sourceId).toBe('100% wire');
    expect(read({ source }).sourceId).toBeNull();
    expect(codes({ source })).toEqual(['METADATA_SOURCE_IGNORED']);
  });

  it.each(['yesterday', '2026-02-28', '2026-02-28T10:00:00', '2026-02-30T99:00:00Z', '1772236800'])(
    'gives no instant when it says %s',
    (fetchedAt) => {
      expect(read({ 'fetched-at': fetchedAt }).fetchedAt).toEqual(uploadedAt);
      expect(codes({ 'fetched-at': fetchedAt })).toEqual(['METADATA_TIME_IGNORED']);
    },
  );

  it('may name hints, and nothing else of their bucket', () => {
    const key = hintsKey('0123456789abcdef'.repeat(2), '{}');
    expect(read({ hints: key })).toMatchObject({ hintsKey: key, warnings: [] });
    for (const hints of ['bodies/x.json', `../${key}`, `${key}x`, key.toUpperCase(), 'hints/x.json']) {
      expect(read({ hints }).hintsKey).toBeNull();
      expect(codes({ hints })).toEqual(['HINTS_IGNORED']);
    }
  });

  it('cannot have taken the copy after it was uploaded, but for clocks that differ', () => {
    expect(codes({ 'fetched-at': '2026-03-01T08:06:00Z' })).toEqual(['METADATA_TIME_IGNORED']);
    expect(read({ 'fetched-at': '2026-03-01T08:04:00Z' })).toMatchObject({ fetchedAt: uploadedAt, warnings: [] });
  });

  it('never makes the reader throw, and never gives an address that is none', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (url, source, fetchedAt) => {
        const origin = read({ url, source, 'fetched-at': fetchedAt });
        expect(origin.url === null || URL.canParse(origin.url)).toBe(true);
        expect(origin.fetchedAt <= uploadedAt).toBe(true);
      }),
    );
  });
});
