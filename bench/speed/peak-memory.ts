/** Prints the bytes of memory one extraction adds at its peak: peak-memory.ts KILOBYTES. */
import { predict } from '../quality/predict.ts';
import { syntheticPage } from './synthetic-page.ts';

const gold = { id: 'synthetic', url: 'https://size.example/page', kind: 'page' };
const page = new TextEncoder().encode(syntheticPage(Number(process.argv[2]) * 1024));
// Code, models and compiler are paid once, by the first page.
for (let i = 0; i < 20; i++) predict(gold, new TextEncoder().encode(syntheticPage(20_000)), 'html');
const before = process.resourceUsage().maxRSS;
predict(gold, page, 'html');
process.stdout.write(String((process.resourceUsage().maxRSS - before) * 1024));
