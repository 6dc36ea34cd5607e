/** `npm run week`: a week of scheduled scraping in minutes, and the table of what became of its sources. */
import { siteResult, sourceResults, table, vainAtSameWait } from './report.ts';
import { simulate } from './simulate.ts';
import { cast } from './tempers.ts';

const days = Number(process.argv[2] ?? 7);
const many = Number(process.argv[3] ?? 10_000);
const startedAt = performance.now();
const casts = cast(days, many);
const week = await simulate({ casts, days, faults: 0.01, seed: 1 });
const sites = casts.map(({ site }) => siteResult(site, week));
const fresh = cast(days, many);
const sources = casts.flatMap((one, i) => sourceResults(one, (fresh[i] as (typeof casts)[number]).site, week));

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const steady = sources.filter(({ ideal }) => ideal !== null);
const vain = sum(steady.map(({ readings }) => readings.vain));
const ideal = sum(steady.map((one) => one.ideal?.vain ?? 0));
const fixed = sum(steady.map(({ fixedVain }) => fixedVain));
const alike = steady.flatMap(({ site, readings }) => {
  const vain = vainAtSameWait(site, week, sites.find((one) => one.site === site) as (typeof sites)[number]);
  return vain === null ? [] : [{ ours: readings.vain, vain }];
});
const rows = [
  ['sources', sources.length],
  ['days', days],
  ['requests', week.visits.length],
  ['articles that were to come', sum(sites.map(({ due }) => due))],
  ['of these missing', sum(sites.map(({ missing }) => missing.length))],
  ['stored twice', sum(sites.map(({ twice }) => twice.length))],
  ['hosts asked by two at once', week.pressed.size],
  ['hosts asked faster than their delay', sites.filter(({ site, leastGap }) => leastGap < site.delay).length],
  ['messages redelivered after a crash', week.redelivered],
  ['dead letters', week.deadLetters],
  ['readings in vain of steady sources', vain],
  ['the same, ideally', ideal],
  ['over the ideal', `${((vain / ideal - 1) * 100).toFixed(1)} %`],
  ['the same, at every 15 minutes', fixed],
  ['in vain, of those with new articles', sum(alike.map(({ ours }) => ours))],
  ['the same, at fixed paces with the same mean waits', sum(alike.map(({ vain }) => vain))],
  ['seconds it took', Math.round((performance.now() - startedAt) / 1000)],
];
console.log(table(sites, sources));
console.log(`\n${rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}`);
