// One visit of the packet: a kernel, a proxy, an application, a network leg. Its rows are the hops; the ribbon at
// the left bears the colour of the source address and changes it at the very row that changes the address.
import { Handle, Position, type NodeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import type { Node } from '../../graph/node.ts';
import { ribbonOf } from '../../graph/ribbon.ts';
import { firstHop } from '../../graph/visits.ts';
import type { Words } from '../../i18n/words.ts';
import { slot } from '../Address.tsx';
import { Icon } from '../Icon.tsx';
import { useSessionState, useWords } from '../context.ts';
import { placeName } from '../place-name.ts';
import { useCanvas } from './canvas-context.ts';
import type { PlaceFlowNode } from './flow.ts';
import { HopRow } from './HopRow.tsx';
import { useNodeKeys } from './node-keys.ts';
import styles from './PlaceNode.module.css';

export function PlaceNode({ data: { node } }: NodeProps<PlaceFlowNode>) {
  const words = useWords();
  const title = useTitle(node);
  const here = useSessionState((state) => node.visit.hops.some((each) => each.n === state.hop));
  return (
    <NodeFrame node={node} here={here}>
      <Handle type="target" position={Position.Left} className={styles['handle']} isConnectable={false} />
      <Handle type="source" position={Position.Right} className={styles['handle']} isConnectable={false} />
      <div className={styles['title']}>
        <strong>{title}</strong>
        <span>{asideOf(node, words)}</span>
        {node.visit.place === 'pod' && <Unfold node={node} />}
      </div>
      <Entry node={node} />
      {node.rows.map((row) => (
        <HopRow key={row.hop.n} row={row} />
      ))}
      <Ribbon node={node} />
    </NodeFrame>
  );
}

interface NodeFrameProps {
  readonly node: Node;
  readonly here: boolean;
  readonly children: ReactNode;
}

/** A stop of the Tab key; arrows lead along the lines to the next place and back, Enter to its first hop. */
function NodeFrame({ node, here, children }: NodeFrameProps) {
  const words = useWords();
  const walk = useNodeKeys(node);
  const { packet } = firstHop(node.visit);
  const pod = node.visit.place === 'pod' ? null : node.visit.pod; // else its title names it
  const label = [useTitle(node), asideOf(node, words), pod].filter(Boolean).join(', ');
  return (
    <div
      className={styles['node']}
      data-place={node.visit.place}
      data-here={here}
      data-packet={packet}
      data-node={node.visit.id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the tags for groups belong to forms
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the graph is walked node by node
      tabIndex={0}
      {...walk}
    >
      {children}
    </div>
  );
}

function interfaceOf(node: Node): string | null {
  const named = node.visit.hops.find((hop) => (hop.before.iif ?? hop.before.oif) !== null);
  return named ? (named.before.iif ?? named.before.oif) : null;
}

function Unfold({ node: { visit } }: { readonly node: Node }) {
  const { t } = useWords();
  const { fold } = useCanvas();
  const label = t('canvas.openPod', { pod: visit.pod ?? '', count: visit.hops.length });
  return (
    <button
      type="button"
      className={`${styles['unfold']} nopan`}
      aria-label={label}
      title={label}
      onClick={() => fold([visit.id], false)}
    >
      <Icon name="unfold" />
    </button>
  );
}

function useTitle(node: Node): string {
  const words = useWords();
  const { trace } = useCanvas();
  if (node.visit.place === 'pod') return node.visit.pod ?? words.t('place.pod');
  const name = placeName(firstHop(node.visit), trace, words);
  const device = node.visit.place === 'kernel' ? interfaceOf(node) : null;
  return device === null ? name : `${name} · ${device}`;
}

function asideOf(node: Node, words: Words): string {
  const { direction, packet } = firstHop(node.visit);
  if (node.visit.place === 'pod')
    return words.t(packet === 'reply' ? 'packet.folded' : 'canvas.hops', { count: node.visit.hops.length });
  if (packet === 'reply') return words.t('packet.reply');
  if (node.visit.place === 'network' || direction === null) return '';
  return words.t(`direction.${direction}`);
}

/** The addresses the packet bears when it comes in. */
function Entry({ node }: { readonly node: Node }) {
  const { before } = firstHop(node.visit);
  const { t } = useWords();
  const { graph } = useCanvas();
  const source = slot(node.rows[0]?.sourceBefore ?? graph.sources.length);
  return (
    <dl className={styles['entry']}>
      <dt>{t('row.src')}</dt>
      <dd className="source-text" data-source={source} title={before.src}>
        {before.src}
      </dd>
      <dt>{t('row.dst')}</dt>
      <dd title={before.dst}>{before.dst}</dd>
    </dl>
  );
}

function Ribbon({ node }: { readonly node: Node }) {
  return (
    <svg className={styles['ribbon']} width="16" height={node.height} aria-hidden="true">
      {ribbonOf(node).map(({ from, to, source }) => (
        <line key={from} x1="8" x2="8" y1={from} y2={to} data-source={slot(source)} />
      ))}
    </svg>
  );
}
