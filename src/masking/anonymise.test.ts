import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { anonymise } from './anonymise.ts';

const KEY = Uint8Array.from({ length: 16 }, (_, i) => i * 7);

const PASTE = `$ kubectl exec -n payments vault-0 -- iptables -t nat -S
-P PREROUTING ACCEPT
-N ISTIO_INBOUND
-N ACME_GUARD
-A PREROUTING -p tcp -j ISTIO_INBOUND
-A ISTIO_INBOUND -s 10.1.2.0/24 -m comment --comment "ask bob@acme.example" -j ACME_GUARD
-A ACME_GUARD -s 10.1.2.77/32 -p tcp --dport 8443 -j REDIRECT --to-ports 15006

Then Bob said the password is hunter2.

[{"name":"outbound|443||vault.payments.svc.cluster.local","type":"EDS","connectTimeout":"10s","lbPolicy":"LEAST_REQUEST","acme_internal":"x-9931",
 "metadata":{"filterMetadata":{"istio":{"services":[{"host":"vault.payments.svc.cluster.local"}]}}},
 "transportSocket":{"typedConfig":{"inlineBytes":"LS0tLS1CRUdJTg==","password":"hunter2"}}}]

[2024-05-01T08:00:00.123Z] "GET /reset/alice?token=s3cr3t HTTP/1.1" 200 - via_upstream - "-" 0 60 3 2 "10.1.2.9" "AcmeBot/7 (bob@acme.example)" "0b6e1f00-1111-4222-8333-444455556666" "vault.acme.example:8443" "10.1.2.77:8443" inbound|8443|| 127.0.0.6:40001 10.1.2.77:8443 10.1.2.9:51000 outbound_.8443_._.vault.payments.svc.cluster.local default
`;

function copyOf(paste: string, key = KEY): string {
  return anonymise(scenarioOfPaste(paste), key).scenario.pods[0]?.paste ?? '';
}

describe('a paste full of secrets', () => {
  const copy = copyOf(PASTE);
  it.each(
    'payments vault ACME bob acme hunter2 x-9931 acme_internal LS0t s3cr3t alice AcmeBot 0b6e1f00 10.1.2.'.split(
      ' ',
    ),
  )('loses %s', (word) => expect(copy.toLowerCase()).not.toContain(word.toLowerCase()));

  it('keeps what is everybody’s', () => {
    for (const kept of ['127.0.0.6:40001', 'REDIRECT --to-ports 15006', 'ISTIO_INBOUND', 'inbound|8443||'])
      expect(copy).toContain(kept);
    expect(copy).toContain('svc.cluster.local');
  });

  it('says what it replaced and what it left out', () => {
    const { replaced, leftOut } = anonymise(scenarioOfPaste(PASTE), KEY).account;
    expect(replaced.map(({ kind }) => kind).toSorted()).toEqual([
      'addresses',
      'hosts',
      'identifiers',
      'names',
    ]);
    expect(leftOut.map(({ kind }) => kind).toSorted()).toEqual([
      'comments',
      'fields',
      'prose',
      'queries',
      'secrets',
    ]);
    expect(JSON.stringify(leftOut)).not.toMatch(/hunter2|s3cr3t|acme/i);
  });

  it('is another copy with another key, and the same with the same', () => {
    const other = KEY.map((byte) => byte ^ 255);
    expect(copyOf(PASTE, other)).not.toBe(copy);
    expect(copyOf(PASTE)).toBe(copy);
  });
});

const quad = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join('.'));

function sharedBits(a: string, b: string): number {
  const bits = [a, b].map((text) =>
    text
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join(''),
  );
  const length = (bits[0] ?? '').split('').findIndex((bit, i) => bit !== bits[1]?.[i]);
  return length < 0 ? 32 : length;
}

it('addresses that share a prefix share one of the same length afterwards', () => {
  fc.assert(
    fc.property(quad, quad, fc.uint8Array({ minLength: 16, maxLength: 16 }), (a, b, key) => {
      const [x = '', y = ''] = anonymise(
        {
          ...scenarioOfPaste(''),
          pods: [a, b].map((address) => ({ name: '', role: null, addresses: [address], paste: '' })),
        },
        key,
      ).scenario.pods.map(({ addresses }) => addresses[0] ?? '');
      expect(sharedBits(x, y)).toBe(sharedBits(a, b));
    }),
  );
});

it.each([
  ['10.0.0.0/8', '10.77.3.4', /^10\./],
  ['172.16.0.0/12', '172.20.3.4', /^172\.(?:1[6-9]|2\d|3[01])\./],
  ['192.168.0.0/16', '192.168.3.4', /^192\.168\./],
  ['fd00::/8', 'fd12:3456::7', /^fd/],
])('an address of %s stays in it', (_, address, pattern) => {
  const [pod] = anonymise(
    { ...scenarioOfPaste(''), pods: [{ name: '', role: null, addresses: [address], paste: '' }] },
    KEY,
  ).scenario.pods;
  expect(pod?.addresses[0]).toMatch(pattern);
  expect(pod?.addresses[0]).not.toBe(address);
});

const STRANGERS = scenarioOfPaste('');

/** The copy of a text that stands nowhere in particular, and of others beside it. */
function renamed(...addresses: readonly string[]): readonly string[] {
  const pods = addresses.map((address) => ({ name: '', role: null, addresses: [address], paste: '' }));
  return anonymise({ ...STRANGERS, pods }, KEY).scenario.pods.map((pod) => pod.addresses[0] ?? '');
}

describe('an address is found in every notation', () => {
  const [known = ''] = renamed('10.11.12.13');
  const dashed = known.replaceAll('.', '-');
  it.each([
    ['ip-10-11-12-13.ec2.internal', dashed],
    ['outbound_10.11.12.13_15008', known],
    ['a_10_11_12_13_b', known.replaceAll('.', '_')],
    ['::ffff:10.11.12.13', `::ffff:${known}`],
    ['::ffff:a0b:c0d', `::ffff:${known}`],
  ])('%s', (text, expected) => {
    const [, copy = ''] = renamed('10.11.12.13', text);
    expect(copy).toContain(expected);
    expect(copy).not.toMatch(/10[-._]11[-._]12[-._]13|a0b:c0d/);
  });
  it.each(['0a0b0c0d', '0D0C0B0A', '0x0a0b0c0d', '168496141'])('%s', (digits) => {
    const hex = known
      .split('.')
      .map((byte) => Number(byte).toString(16).padStart(2, '0'))
      .join('');
    const [, copy = ''] = renamed('10.11.12.13', digits);
    const forms = [
      hex,
      (hex.match(/../g) ?? []).toReversed().join(''),
      `0x${hex}`,
      String(Number.parseInt(hex, 16)),
    ];
    expect(forms).toContain(copy);
  });
});

it('what a link-local address tells of the machine’s card is changed', () => {
  expect(renamed('fe80::42:acff:fe11:2')[0]).toMatch(/^fe80::(?!42:acff:fe11:2$)/);
  expect(renamed('169.254.169.254', '::ffff:127.0.0.6')).toEqual(['169.254.169.254', '::ffff:127.0.0.6']);
});

it('no pseudonym is another address of the paste, however many there are', () => {
  const dense = Array.from({ length: 200 }, (_, i) => `10.${i}.1.1`);
  expect(renamed(...dense).filter((text) => dense.includes(text))).toEqual([]);
});

it.each([
  'Cookie: 55512345',
  'set-cookie: a=55512345; b=1',
  'Authorization: Digest 55512345',
  'password=55512345',
  'DB_PASSWORD: "55512345"',
  'x-api-key: 55512345',
  'account 555123456789',
])('a secret of digits alone is one: %s', (text) => expect(renamed(text)[0]).not.toContain('555123'));
