import fc from 'fast-check';
import { isPublicAddress } from '../../src/net/public-address';

describe('an address of the internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '169.253.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80e::200e',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each<[string, string[]]>([
    ['unspecified', ['0.0.0.0', '::', '0.1.2.3', '0.255.255.255']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
    [
      'private',
      ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
    ],
    [
      'link-local, with the metadata of clouds',
      ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::a9fe:a9fe', 'febf::1'],
    ],
    ['metadata elsewhere', ['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254']],
    ['shared by a carrier', ['100.64.0.1', '100.127.255.255']],
    ['unique-local', ['fc00::1', 'fd12:3456:789a::1', 'fdff::1']],
    ['site-local', ['fec0::1']],
    ['multicast', ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff05::2']],
    ['broadcast', ['255.255.255.255']],
    [
      'reserved or for documents',
      [
        '192.0.0.1',
        '192.0.2.1',
        '198.18.0.1',
        '198.19.255.255',
        '198.51.100.1',
        '203.0.113.1',
        '240.0.0.1',
        '2001:db8::1',
        '3fff::1',
      ],
    ],
    ['relays', ['192.88.99.1', '192.52.193.1', '192.31.196.1', '192.175.48.1']],
    [
      'IPv4 mapped into IPv6',
      ['::ffff:127.0.0.1', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
    ],
    ['IPv4 in the old form', ['::127.0.0.1', '::169.254.169.254', '::a00:1']],
    ['IPv4 translated', ['::ffff:0:127.0.0.1', '::ffff:0:a9fe:a9fe']],
    ['NAT64', ['64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1']],
    ['6to4', ['2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:0a00:0001::1']],
    ['Teredo', ['2001:0:7f00:1::', '2001::5ef5:79fd:3418:2f0b:5601:5601']],
    [
      'given to nobody, or to something else than hosts',
      ['4000::1', '1::1', '100::1', '5f00::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:1::1'],
    ],
    [
      'none',
      [
        '',
        'localhost',
        'example.com',
        '1.2.3',
        '1.2.3.4.5',
        '999.1.1.1',
        '127.0.0.1:80',
        '[::1]',
        '10.0.0.1/8',
        ' 8.8.8.8',
        '8.8.8.8\n',
      ],
    ],
    ['in another notation', ['2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0x7f.1', '017700000001']],
    ['with a zone', ['fe80::1%eth0', '2606:4700:4700::1111%lo']],
  ])('is none that is %s', (_what, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('is none that holds an address of IPv4 in any of the known ways, whatever that address is', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), ([a, b, c, d]) => {
        const dotted = `${a}.${b}.${c}.${d}`;
        const hex = [a * 256 + b, c * 256 + d].map((part) => part.toString(16)).join(':');
        for (const wrapped of [
          `::ffff:${dotted}`,
          `::${dotted}`,
          `64:ff9b::${dotted}`,
          `2002:${hex}::1`,
          `2001:0:${hex}::1`,
        ])
          expect([wrapped, isPublicAddress(wrapped)]).toEqual([wrapped, false]);
      }),
    );
  });
});
