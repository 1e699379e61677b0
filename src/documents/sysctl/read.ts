// `sysctl -a`, `sysctl -w`, lines of sysctl.conf, `cat` and `grep` of files under /proc/sys -> settings of the network.
// https://man7.org/linux/man-pages/man8/sysctl.8.html; keys: Documentation/networking/ip-sysctl.rst of the kernel.
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { Setting } from './setting.ts';

const ROOTS = 'abi|crypto|debug|dev|fs|kernel|net|sunrpc|user|vm';
const PROMPT = String.raw`^\s*(?:\S*[$#>%]\s+)?(?:sudo\s+)?`;
/** `net.ipv4.ip_forward = 1`, a dash before it means that errors do not matter; `sysctl -w` sets it. */
const ASSIGNED = new RegExp(
  String.raw`^\s*(?:\S*[$#>%]\s+)?(?:sudo\s+)?(?:sysctl\s+(?:-\S+\s+)*)?-?((?:${ROOTS})[./][\w./:@-]+)\s*=\s*(\S.*?)?\s*$`,
);
/** `grep . /proc/sys/…` */
const GREPPED = /^\s*\/proc\/sys\/([\w./:@-]+):(\S(?:.*\S)?)\s*$/;
/** `head /proc/sys/…` of several files. */
const HEADED = /^\s*==> \/proc\/sys\/([\w./:@-]+) <==\s*$/;
const READ = new RegExp(
  String.raw`${PROMPT}(?:cat|more|less|head|tail)\s+(?:-\S+\s+)*((?:\/proc\/sys\/[\w./:@-]+(?:\s+|$))+)$`,
);
const ECHOED = new RegExp(
  String.raw`${PROMPT}(?:echo|printf)\s+["']?(-?\d+)["']?\s*(?:>|\|\s*(?:sudo\s+)?tee)\s*\/proc\/sys\/([\w./:@-]+)\s*$`,
);
const VALUE = /^\s*(-?\d+(?:\s+-?\d+)*)\s*$/;
const NO_VALUE = /^\s*sysctl: (?:reading key|permission denied|cannot stat|error|setting key)/;

export function startsSettings(line: string): boolean {
  return [ASSIGNED, GREPPED, HEADED, READ, ECHOED].some((form) => form.test(line));
}

/** A test for the lines below: a bare value stands below the command or the heading that names its file. */
export function settingLines(first: string): (line: string) => boolean {
  let open = filesIn(first).length;
  return (line) => {
    const named = filesIn(line).length;
    if (named > 0 || startsSettings(line)) {
      open = named;
      return true;
    }
    if (VALUE.test(line) && open > 0) {
      open -= 1;
      return true;
    }
    return NO_VALUE.test(line) || line.trim() === '';
  };
}

/** The files whose values stand on the lines below. */
function filesIn(line: string): readonly string[] {
  const headed = HEADED.exec(line)?.[1];
  if (headed !== undefined) return [headed];
  const read = READ.exec(line)?.[1];
  return read === undefined
    ? []
    : read
        .trim()
        .split(/\s+/)
        .map((path) => path.slice('/proc/sys/'.length));
}

/** Null when no setting could be read. Only those of the network are kept. */
export function readSettings(source: Source, within: Span): Setting[] | null {
  const settings: Setting[] = [];
  let files: readonly string[] = [];
  let found = false;
  for (const span of linesOf(source, within)) {
    const line = textAt(source, span);
    const bare = VALUE.exec(line)?.[1];
    const [next, ...others] = files;
    const told = bare === undefined ? keyAndValue(line) : next === undefined ? null : ([next, bare] as const);
    if (bare !== undefined) files = others;
    else if (filesIn(line).length > 0) files = filesIn(line);
    if (!told) continue;
    found = true;
    const [key, value] = told;
    const [root, ...path] = pathOf(key);
    if (root === 'net') settings.push({ path, value, span });
  }
  return found ? settings : null;
}

function keyAndValue(line: string): readonly [key: string, value: string] | null {
  const echoed = ECHOED.exec(line);
  if (echoed) return [echoed[2] ?? '', echoed[1] ?? ''];
  const [, key, value = ''] = ASSIGNED.exec(line) ?? GREPPED.exec(line) ?? [];
  return key === undefined ? null : [key, value];
}

/** The first separator tells which of the two a key is written with; the other one stands for a dot in a name. */
function pathOf(key: string): readonly string[] {
  return /^\w+\//.test(key) ? key.split('/') : key.split('.').map((name) => name.replaceAll('/', '.'));
}
