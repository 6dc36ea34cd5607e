import { describe, expect, it } from 'vitest';
import { readStartOptions } from '../../local/options.ts';

function read(argv: string[], env: Record<string, string> = {}) {
  const printed = { out: '', err: '' };
  const result = readStartOptions(argv, {
    env,
    cwd: '/home/user',
    project: '/checkout',
    stdout: {
      write: (text) => {
        printed.out += text;
      },
    },
    stderr: {
      write: (text) => {
        printed.err += text;
      },
    },
  });
  return { result, ...printed };
}

describe('the options of npm start', () => {
  it('are the samples, the usual port and the folder of the checkout unless given', () => {
    expect(read([]).result).toEqual({
      files: [],
      once: false,
      json: false,
      port: 4566,
      dataFolder: '/checkout/.copydesk',
      timeoutMs: 120_000,
      sources: null,
      contactUrl: null,
      allowLoopback: false,
    });
  });

  it.each([
    [['--port', '4600'], {}, { port: 4600 }],
    [[], { COPYDESK_PORT: '4700' }, { port: 4700 }],
    [['--port', '4600'], { COPYDESK_PORT: '4700' }, { port: 4600 }],
    [['--data', 'here'], {}, { dataFolder: '/home/user/here' }],
    [['--sources', 'desk.yaml', '--allow-loopback'], {}, { sources: 'desk.yaml', allowLoopback: true }],
    [['--contact-url', 'mailto:desk@example.org'], {}, { contactUrl: 'mailto:desk@example.org' }],
    [['--timeout', '1.5'], {}, { timeoutMs: 1500 }],
    [['--once', '--json', 'a.html', 'b/'], {}, { once: true, json: true, files: ['a.html', 'b/'] }],
  ])('%j with the environment %j are read', (argv, env, expected) => {
    expect(read(argv, env).result).toMatchObject(expected);
  });

  it.each([
    [['--nonsense'], {}, '--nonsense'],
    [['--json'], {}, '--json goes with --once'],
    [['--once', '--sources', 'desk.yaml'], {}, '--once watches nothing'],
    [['--once', '--allow-loopback'], {}, '--once watches nothing'],
    [['--port', 'http'], {}, '--port must be a number'],
    [['--port', '70000'], {}, '--port must be a number'],
    [[], { COPYDESK_PORT: 'x' }, 'COPYDESK_PORT must be a number'],
    [['--contact-url', 'the desk'], {}, 'http, https or mailto'],
    [['--timeout', '-1'], {}, '--timeout'],
    [['--timeout', 'soon'], {}, '--timeout'],
  ])('%j with the environment %j are refused with exit code 2 and the reason', (argv, env, reason) => {
    const { result, out, err } = read(argv, env);
    expect(result).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(reason);
  });

  it('are explained with examples', () => {
    const { result, out } = read(['--help']);
    expect(result).toBe(0);
    expect(out).toContain('npm start -- --once page.html');
  });
});
