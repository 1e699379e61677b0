// Istio's cluster names, `direction|port|subset|host`, and the order istioctl prints them in.
// istio.io/istio istioctl/pkg/writer/envoy/configdump/cluster.go

export interface SubsetKey {
  readonly direction: string;
  readonly port: number;
  readonly subset: string;
  readonly host: string;
}

/** Whether the name has the four parts. */
export function isSubsetKey(name: string): boolean {
  return name.split('|').length > 3;
}

/** A name of another form is a host alone. */
export function parseSubsetKey(name: string): SubsetKey {
  if (!isSubsetKey(name)) return { direction: '', port: 0, subset: '', host: name };
  const [direction = '', port = '', subset = '', host = ''] = name.split('|');
  return { direction, port: Number(port) || 0, subset, host };
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By host, then subset, then port, then direction. */
export function compareClusterNames(a: string, b: string): number {
  const [i, j] = [parseSubsetKey(a), parseSubsetKey(b)];
  return (
    compare(i.host, j.host) ||
    compare(i.subset, j.subset) ||
    compare(i.port, j.port) ||
    compare(i.direction, j.direction)
  );
}
