// Matches that are understood and that no paste can decide: they ask for clocks, counters, packet contents, lists that
// the kernel keeps. Their options, by module, as iptables-extensions(8) names them; `!` marks one without a value,
// `=2` one with two, `*` one with as many as follow.

const OPTIONS: Readonly<Record<string, string>> = {
  ah: 'ahspi ahlen ahres!',
  bpf: 'bytecode object-pinned',
  cgroup: 'cgroup path',
  cluster:
    'cluster-total-nodes cluster-local-node cluster-local-nodemask cluster-hash-seed cluster-hash-mask',
  connbytes: 'connbytes connbytes-dir connbytes-mode',
  connlabel: 'label set!',
  connlimit: 'connlimit-upto connlimit-above connlimit-mask connlimit-saddr! connlimit-daddr!',
  cpu: 'cpu',
  devgroup: 'src-group dst-group',
  dscp: 'dscp dscp-class',
  dst: 'dst-len dst-opts',
  ecn: 'ecn-tcp-cwr! ecn-tcp-ece! ecn-ip-ect',
  esp: 'espspi',
  eui64: '',
  frag: 'fragid fraglen fragres! fragfirst! fragmore! fraglast!',
  geoip: 'source-country src-cc destination-country dst-cc',
  hashlimit:
    'hashlimit hashlimit-upto hashlimit-above hashlimit-burst hashlimit-mode hashlimit-srcmask hashlimit-dstmask hashlimit-name hashlimit-htable-size hashlimit-htable-max hashlimit-htable-expire hashlimit-htable-gcinterval hashlimit-rate-match! hashlimit-rate-interval',
  hbh: 'hbh-len hbh-opts',
  helper: 'helper',
  hl: 'hl-eq hl-lt hl-gt',
  ipcomp: 'ipcompspi compres!',
  ipv6header: 'soft! header',
  ipvs: 'ipvs! vproto vaddr vport vdir vmethod vportctl',
  length: 'length',
  limit: 'limit limit-burst',
  mac: 'mac-source',
  mh: 'mh-type',
  nfacct: 'nfacct-name',
  osf: 'genre ttl log',
  physdev: 'physdev-in physdev-out physdev-is-in! physdev-is-out! physdev-is-bridged!',
  pkttype: 'pkt-type',
  policy: 'dir pol strict! reqid spi proto mode tunnel-src tunnel-dst next!',
  quota: 'quota',
  rateest:
    'rateest rateest1 rateest2 rateest-delta! rateest-lt! rateest-gt! rateest-eq! rateest-bps* rateest-bps1* rateest-bps2* rateest-pps* rateest-pps1* rateest-pps2*',
  realm: 'realm',
  recent: 'name set! rcheck! update! remove! seconds reap! hitcount rttl! mask rsource! rdest!',
  rpfilter: 'loose! validmark! accept-local! invert!',
  rt: 'rt-type rt-segsleft rt-len rt-0-res! rt-0-addrs rt-0-not-strict!',
  set: 'match-set=2 set=2 return-nomatch! update-counters! update-subcounters! packets-eq packets-lt packets-gt bytes-eq bytes-lt bytes-gt',
  statistic: 'mode probability every packet',
  string: 'algo from to string hex-string icase!',
  tcpmss: 'mss',
  time: 'datestart datestop timestart timestop monthdays weekdays contiguous! kerneltz! utc! localtz!',
  tos: 'tos',
  ttl: 'ttl ttl-eq ttl-lt ttl-gt',
  u32: 'u32',
};

/** Options that no paste decides, of modules whose other options it does. */
const LOOSE: Readonly<Record<string, number>> = {
  '--chunk-types': 2,
  '--dccp-types': 1,
  '--dccp-option': 1,
  '--tcp-option': 1,
  '--ctexpire': 1,
  '--suppl-groups': 0,
  '--limit-iface-in': 0,
  '--limit-iface-out': 0,
};

function readOptions(text: string): ReadonlyMap<string, number> {
  const words = text.split(' ').filter((word) => word !== '');
  return new Map(
    words.map((word): [string, number] => {
      const [, name = '', many] = /^([\w-]+?)(!|\*|=2)?$/.exec(word) ?? [];
      const count = many === '!' ? 0 : many === '*' ? Infinity : many === '=2' ? 2 : 1;
      return [`--${name}`, count];
    }),
  );
}

const EXTENSIONS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries(OPTIONS).map(([module, text]) => [module, readOptions(text)]),
);

/** Whether the module is one that is understood and that no paste decides. */
export function isExtension(module: string): boolean {
  return EXTENSIONS.has(module);
}

/** How many values the option takes, at most; null when the module has no such option. */
export function extensionArity(module: string, option: string): number | null {
  return EXTENSIONS.get(module)?.get(option) ?? null;
}

/** As extensionArity, for an option of a module that can be decided otherwise. */
export function looseArity(option: string): number | null {
  return Object.hasOwn(LOOSE, option) ? (LOOSE[option] ?? null) : null;
}
