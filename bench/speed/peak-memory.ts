/**
 * Prints the peak of this process's memory in bytes: peak-memory.ts FILE [idle]. With `idle` it reads the file and does
 * nothing else, which is what an extraction is compared with; both run with the settings that Lambda runs with, so that
 * what the collector leaves lying counts.
 */
import { readFileSync } from 'node:fs';
import { predict } from '../quality/predict.ts';

const [file = '', mode] = process.argv.slice(2);
const page = readFileSync(file);
if (mode !== 'idle') predict({ id: 'synthetic', url: 'https://size.example/page', kind: 'page' }, page, 'html');
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
