/**
 * Draws what a command printed as a picture of a terminal, for the README:
 *
 *   npm start -- --once 2>&1 | node docs/draw-terminal.ts 'npm start' > docs/start.svg
 */
import { readFileSync } from 'node:fs';
import { displayWidth } from '../cli/render/table.ts';

const CELL = 8.4;
const LINE = 21;
const MARGIN = 24;
const BAR = 40;
const HIGHLIGHTS: [pattern: RegExp, colour: string][] = [
  [/^(ingested|unchanged)$/, '#3fb950'],
  [/^(rejected|failed)\b|^[A-Z_]+$/, '#f0883e'],
  [/^(copydesk: .*|file|status|title|section|site|published|words)$/, '#8b949e'],
];

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Each run of text is placed by its own column: fonts do not keep wide characters to two cells. */
function drawLine(line: string, y: number): string {
  return [...line.matchAll(/\S+(?: \S+)*/g)]
    .map((run) => {
      const x = MARGIN + displayWidth(line.slice(0, run.index)) * CELL;
      const colour = HIGHLIGHTS.find(([pattern]) => pattern.test(run[0]))?.[1] ?? '#e6edf3';
      return `<text x="${x.toFixed(1)}" y="${y}" fill="${colour}">${escapeXml(run[0])}</text>`;
    })
    .join('');
}

const command = process.argv[2] ?? '';
const lines = [`$ ${command}`, ...readFileSync(0, 'utf8').trimEnd().split('\n')];
const width = MARGIN * 2 + Math.max(...lines.map(displayWidth)) * CELL;
const height = BAR + MARGIN + lines.length * LINE;
const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
  (fill, i) => `<circle cx="${MARGIN + i * 20}" cy="22" r="6" fill="${fill}"/>`,
);
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
<title>${escapeXml(command)}: what it prints</title>
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
${dots.join('')}
${lines.map((line, i) => drawLine(line, BAR + MARGIN + i * LINE)).join('\n')}
</svg>
`);
