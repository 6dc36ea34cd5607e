import { type Copy, plainCopy } from './copy.ts';

/** Records read; a WET file holds some ten thousand pages, of which one can be the article. */
const MAX_RECORDS = 200;

/** Reads the longest text record of a Common Crawl WET file (WARC 1.0, `WARC-Type: conversion`). */
export function openWet(source: string): Copy | null {
  if (!/^\s{0,10}WARC\/1\.\d\r?\n/.test(source)) return null;
  let best: Copy | null = null;
  const starts: number[] = [];
  const opening = /^WARC\/1\.\d\r?$/gm;
  for (let found = opening.exec(source); found && starts.length < MAX_RECORDS; found = opening.exec(source))
    starts.push(found.index);
  for (const [k, start] of starts.entries()) {
    const record = source.slice(start, starts[k + 1] ?? source.length);
    const blank = /\r?\n\r?\n/.exec(record);
    if (!blank) continue;
    const head = record.slice(0, blank.index);
    if (!/^WARC-Type:\s?conversion/im.test(head)) continue;
    const text = record.slice(blank.index + blank[0].length);
    if (best && best.text.length >= text.length) continue;
    const before = source.slice(0, start + blank.index + blank[0].length);
    best = {
      ...plainCopy(text),
      form: 'wet',
      skipped: before.split('\n').length - 1,
      url: /^WARC-Target-URI:\s?(\S{1,2000})/im.exec(head)?.[1] ?? null,
    };
  }
  return best;
}
