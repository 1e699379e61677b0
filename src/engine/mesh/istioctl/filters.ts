// The flags of `istioctl proxy-config` that narrow a table: --port, --address, --fqdn, --name and their like.
// istio.io/istio istioctl/pkg/writer/envoy/configdump: listener.go, cluster.go, route.go, endpoint.go (type …Filter).

/** By flag name, without the dashes; a flag that was not given is absent. */
export type Flags = ReadonlyMap<string, string>;

export const NO_FLAGS: Flags = new Map();

/** `--port 80` and `--port=80`; a flag without a value is `true`. What is no flag are the files. */
export function readFlags(args: readonly string[]): {
  readonly files: readonly string[];
  readonly flags: Flags;
} {
  const files: string[] = [];
  const flags = new Map<string, string>();
  for (let i = 0; i < args.length; i += 1) {
    const [, name = '', given] = /^--?([a-z-]+)(?:=(.*))?$/.exec(args[i] ?? '') ?? [];
    if (name === '') files.push(args[i] ?? '');
    else if (given !== undefined || name === 'verbose') flags.set(name, given ?? 'true');
    else flags.set(name, args[(i += 1)] ?? '');
  }
  return { files, flags };
}

/** Whether a flag was not given, or names this value; case does not count. */
export function allows(flags: Flags, name: string, value: string | number): boolean {
  const wanted = flags.get(name);
  return wanted === undefined || wanted.toLowerCase() === String(value).toLowerCase();
}

/** Whether each of the flags that was given stands somewhere in the text. */
export function allowsPart(flags: Flags, names: readonly string[], text: string): boolean {
  return names.every((name) => text.includes(flags.get(name) ?? ''));
}
