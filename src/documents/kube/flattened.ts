// Kubernetes YAML whose indentation a web page lost -> how deep each line stood, as far as the names of fields tell.
// https://kubernetes.io/docs/reference/kubernetes-api/
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';

const LINE = /^(\s*)(- )?["']?([A-Za-z][\w./-]*)["']?:(?:\s+(\S.*))?\s*$/;

const TOP = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status', 'data']);
const OF_METADATA = new Set([
  'name',
  'namespace',
  'labels',
  'annotations',
  'generateName',
  'uid',
  'creationTimestamp',
]);
/** Fields of a spec: they stand in no map of labels and in no item of a list. */
const OF_SPEC = new Set(
  (
    'template selector containers initContainers replicas clusterIP workloadSelector configPatches servers gateways ' +
    'http tcp tls resolution location trafficPolicy'
  ).split(' '),
);
const OF_PORT = new Set(
  'name port targetPort nodePort protocol containerPort hostPort appProtocol number'.split(' '),
);
const LABEL_MAPS = new Set(['labels', 'annotations', 'matchLabels']);

/** A map that lines can still be added to. */
interface Open {
  readonly key: string;
  readonly indent: number;
  readonly isItem: boolean;
  /** Its fields so far; `-` says that it is a list and has items. */
  readonly seen: Set<string>;
}

/** Whether a text is YAML that has all its keys in one column, nested ones too. */
export function isFlattened(source: Source, span: Span): boolean {
  let above = '';
  let flat = false;
  for (const line of linesOf(source, span)) {
    const text = textAt(source, line);
    if (text.trim() === '') continue;
    const found = LINE.exec(text);
    if (found && found[1] !== '') return false;
    flat ||= /^(?:metadata|spec):\s*$/.test(above) && found !== null;
    above = text;
  }
  return flat;
}

/** Whether that field can stand in that map. */
function accepts({ key: parent, isItem, seen }: Open, key: string, hasValue: boolean): boolean {
  if (seen.has(key) || seen.has('-')) return false;
  if (parent === '') return TOP.has(key);
  if (isItem && parent === 'ports') return OF_PORT.has(key);
  if (isItem) return !OF_SPEC.has(key) && !TOP.has(key);
  if (parent === 'metadata') return OF_METADATA.has(key);
  if (parent === 'template') return key === 'metadata' || key === 'spec';
  if (LABEL_MAPS.has(parent)) return hasValue && !TOP.has(key);
  if (parent === 'selector') return key.startsWith('match') || (hasValue && !OF_SPEC.has(key));
  return parent === 'spec' ? !TOP.has(key) : !OF_SPEC.has(key) && !TOP.has(key);
}

/** The columns in which lines stood, as far as names tell; null for a line that is moved nowhere. */
export function indentsOf(lines: readonly string[]): (number | null)[] {
  const open: Open[] = [{ key: '', indent: -2, isItem: false, seen: new Set() }];
  const innermost = () => open.at(-1) ?? { key: '', indent: -2, isItem: false, seen: new Set<string>() };
  const enter = (key: string, isItem: boolean) => {
    const indent = innermost().indent + 2;
    open.push({ key, indent, isItem, seen: new Set() });
    return indent;
  };
  return lines.map((text) => {
    const [, , dash, key, value] = LINE.exec(text) ?? [];
    const isItem = dash !== undefined || text.startsWith('- ');
    if (key === undefined && !isItem) return null;
    if (isItem) while (innermost().isItem) open.pop();
    if (isItem) innermost().seen.add('-');
    const itemIndent = isItem ? enter(innermost().key, true) : null;
    if (key === undefined) return itemIndent;
    while (open.length > 1 && !accepts(innermost(), key, value !== undefined)) open.pop();
    innermost().seen.add(key);
    const indent = itemIndent ?? innermost().indent + 2;
    if (value === undefined) enter(key, false);
    return indent;
  });
}
