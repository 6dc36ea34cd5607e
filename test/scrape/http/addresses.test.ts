import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from '../../../functions/scrape/http/public-address.ts';
import { get, responseOf, site } from './sites.ts';

const CLOSED_V4 = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.0.1'],
  ...['169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.0.192', '192.0.2.1'],
  ...['192.88.99.1', '192.168.0.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1'],
  ...['239.255.255.255', '240.0.0.1', '255.255.255.255', '168.63.129.16', '100.100.100.200'],
];
const CLOSED_V6 = [
  ...['::', '::1', '::7f00:1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::ffff:0:7f00:1'],
  ...[
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:2::1',
    '2001:10::1',
    '2001:db8::1',
  ],
  ...['2002:7f00:1::', '3fff::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '4000::1'],
];
const OPEN = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
  ],
  ...[
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
  ],
  ...['2606:4700:4700::1111', '2a00:1450:4001::1', '2001:200::1', '2003::1', '3ffe:ffff::1'],
];

describe('an address', () => {
  it.each([...CLOSED_V4, ...CLOSED_V6, 'fe80::1%eth0', '', 'localhost', '1.2.3', '0x7f.1'])(
    'is not public: %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(false);
    },
  );

  it.each(OPEN)('is public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('of IPv6 is never public outside of what is given out', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (isPublicAddress(address)) expect(/^[23][0-9a-f]{3}:/i.test(address)).toBe(true);
      }),
    );
  });

  it('is open as loopback only in its own two forms', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].map(isLoopbackAddress)).toEqual([true, true, true]);
    expect([...CLOSED_V4, ...CLOSED_V6].filter(isLoopbackAddress)).toEqual(['127.0.0.1', '127.255.0.1', '::1']);
  });
});

describe('a connection', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://0:PORT/',
    'http://１２７.0.0.1:PORT/',
    'http://169.254.169.254/latest/meta-data/',
  ])('is not made to %s', async (url) => {
    let asked = 0;
    const local = await site((_, response) => {
      asked++;
      response.end();
    });
    const answer = await get(url.replace('PORT', String(local.port)), {}, { allowLoopback: false });
    expect(answer).toMatchObject({ kind: 'failed', code: 'FORBIDDEN_ADDRESS' });
    expect(asked).toBe(0);
  });

  it('is not made to a name that resolves to this machine or its network, and says to what it resolves', async () => {
    const local = await site((_, response) => response.end());
    for (const address of ['127.0.0.1', '10.0.0.5', '169.254.169.254', '::1', '::ffff:127.0.0.1']) {
      const answer = await get(local.url(), {}, { allowLoopback: false, resolver: async () => [address] });
      expect(answer).toMatchObject({ kind: 'failed', code: 'FORBIDDEN_ADDRESS' });
      expect(answer.kind === 'failed' && answer.detail).toContain(`site.test is ${address}`);
    }
  });

  it('with loopback open reaches this machine and still not its network', async () => {
    const local = await site((_, response) => response.end('here'));
    expect(responseOf(await get(local.url())).text).toBe('here');
    expect(responseOf(await get(local.url('/', '127.0.0.1'))).text).toBe('here');
    for (const address of ['10.0.0.5', '0.0.0.0', '::ffff:127.0.0.1']) {
      const answer = await get(local.url(), {}, { resolver: async () => [address] });
      expect(answer).toMatchObject({ kind: 'failed', code: 'FORBIDDEN_ADDRESS' });
    }
  });

  it('is made to the address that was checked: a name that answers otherwise the second time gains nothing', async () => {
    const local = await site(({ socket }, response) => response.end(socket.localAddress));
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    const resolver = async () => answers[asked++] ?? [];
    expect(responseOf(await get(local.url(), {}, { resolver })).text).toBe('127.0.0.1');
    expect(asked).toBe(1);
    expect(await get(local.url(), {}, { resolver })).toMatchObject({ kind: 'failed', code: 'FORBIDDEN_ADDRESS' });
    expect(asked).toBe(2);
  });

  it('resolves a name once for each request and checks every hop anew', async () => {
    const local = await site((request, response) => {
      if (request.url === '/away') response.end('secret');
      else response.writeHead(302, { location: '/away' }).end();
    });
    let asked = 0;
    // Allowed at first; by the time of the redirect the name has moved into the network behind.
    const resolver = async () => (asked++ === 0 ? ['127.0.0.1'] : ['10.0.0.1']);
    const answer = await get(local.url(), {}, { resolver });
    expect(answer).toMatchObject({ kind: 'failed', code: 'FORBIDDEN_ADDRESS', redirects: [{ status: 302 }] });
    expect(asked).toBe(2);
  });

  it('passes over the addresses of a name that are not allowed', async () => {
    const local = await site((_, response) => response.end('here'));
    const answer = await get(local.url(), {}, { resolver: async () => ['10.0.0.1', '::ffff:10.0.0.1', '127.0.0.1'] });
    expect(responseOf(answer).text).toBe('here');
  });

  it('tries the next address where one does not answer', async () => {
    const local = await site((_, response) => response.end('here'));
    const answer = await get(local.url(), {}, { resolver: async () => ['127.0.0.2', '127.0.0.1'] });
    expect(responseOf(answer).text).toBe('here');
  });

  it('fails in words where the name does not resolve', async () => {
    const nowhere = async () => {
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    };
    for (const resolver of [nowhere, async () => []]) {
      const answer = await get('http://gone.test/', {}, { resolver });
      expect(answer).toMatchObject({ kind: 'failed', code: 'DNS' });
      expect(answer.kind === 'failed' && answer.detail).toContain('gone.test');
    }
  });

  it.each([
    'ftp://site.test/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'http://user:word@site.test/',
    'http://user@site.test/',
    'http://',
    'site.test',
    '',
    'http://site.test:99999/',
    `http://site.test/${'x'.repeat(9000)}`,
  ])('is not made for what is no address of the web: %s', async (url) => {
    const answer = await get(url);
    expect(answer).toMatchObject({ kind: 'failed', code: 'BAD_URL' });
    expect(JSON.stringify(answer)).not.toContain('word');
  });

  it('resolves only what is an address for a socket, whatever the resolver gives', async () => {
    const answer = await get('http://site.test/', {}, { resolver: async () => ['not an address'] });
    expect(answer).toMatchObject({ kind: 'failed', code: 'FORBIDDEN_ADDRESS' });
  });
});
