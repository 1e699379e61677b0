// Graph -> React Flow. The library only pans, zooms and places; every coordinate comes from src/graph.
import {
  ReactFlow,
  ReactFlowProvider,
  Controls,
  MiniMap,
  ViewportPortal,
  useStore,
  type ReactFlowProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, useRef, useState } from 'react';
import { toGraph, type Graph } from '../../graph/graph.ts';
import { useSessionState, useTrace, useWords } from '../context.ts';
import { isStale } from '../../session/session.ts';
import { CanvasContext } from './canvas-context.ts';
import styles from './Canvas.module.css';
import { CutLabels } from './CutLabels.tsx';
import { edgesOf, nodesOf, type FlowEdge, type FlowNode } from './flow.ts';
import { FrameNode, LaneNode } from './FrameNode.tsx';
import { FutureBox } from './FutureBox.tsx';
import { Legend } from './Legend.tsx';
import { Packet } from './Packet.tsx';
import { PlaceNode } from './PlaceNode.tsx';
import { RibbonEdge } from './RibbonEdge.tsx';
import { useCamera } from './camera.ts';

const NODE_TYPES = { place: PlaceNode, frame: FrameNode, lane: LaneNode, future: FutureBox };
const EDGE_TYPES = { ribbon: RibbonEdge };

/** The reader looks and pans; nothing in the picture is moved, connected or deleted by hand. */
const READ_ONLY: ReactFlowProps<FlowNode, FlowEdge> = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  minZoom: 0.2,
  maxZoom: 2,
  deleteKeyCode: null,
};

/** Nodes beyond which the whole journey is shown small in a corner. */
const LARGE = 8;

export function Canvas() {
  const { t } = useWords();
  const trace = useTrace();
  const stale = useSessionState(isStale);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const graph = useMemo(() => (trace ? toGraph(trace, open) : null), [trace, open]);
  const context = useMemo(
    () => graph && { graph, open, toggle: (hop: number) => setOpen((before) => toggled(before, hop)) },
    [graph, open],
  );
  if (!graph || !context || graph.nodes.length === 0)
    return <p className={styles['empty']}>{t('canvas.empty')}</p>;
  return (
    <CanvasContext value={context}>
      <div className={styles['canvas']} data-stale={stale}>
        <Legend graph={graph} />
        <ReactFlowProvider>
          <Flow graph={graph} />
        </ReactFlowProvider>
      </div>
    </CanvasContext>
  );
}

function toggled(before: ReadonlySet<number>, hop: number): ReadonlySet<number> {
  const after = new Set(before);
  if (!after.delete(hop)) after.add(hop);
  return after;
}

function Flow({ graph }: { readonly graph: Graph }) {
  const { t } = useWords();
  const nodes = useMemo(() => nodesOf(graph), [graph]);
  const edges = useMemo(() => edgesOf(graph), [graph]);
  const frame = useRef<HTMLDivElement>(null);
  useCamera(graph, frame);
  return (
    <div className={styles['flow']} ref={frame}>
      <ReactFlow<FlowNode, FlowEdge>
        {...READ_ONLY}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        aria-label={t('canvas.label')}
        ariaLabelConfig={{
          'controls.zoomIn.ariaLabel': t('canvas.zoomIn'),
          'controls.zoomOut.ariaLabel': t('canvas.zoomOut'),
          'controls.fitView.ariaLabel': t('canvas.fit'),
        }}
      >
        <ViewportPortal>
          <CutLabels graph={graph} />
          <Packet graph={graph} />
        </ViewportPortal>
        {graph.nodes.length > LARGE && <Overview graph={graph} />}
        <Controls showInteractive={false} fitViewOptions={{ padding: 0.02 }} />
      </ReactFlow>
    </div>
  );
}

/** The journey in small, while part of it is out of view. */
function Overview({ graph: { width, height } }: { readonly graph: Graph }) {
  const { t } = useWords();
  const whole = useStore(({ transform: [x, y, zoom], ...room }) => {
    const [right, bottom] = [x + width * zoom, y + height * zoom];
    return x >= -1 && y >= -1 && right <= room.width + 1 && bottom <= room.height + 1;
  });
  if (whole) return null;
  return (
    <MiniMap
      pannable
      nodeClassName={({ type }) => styles[`map-${type ?? ''}`] ?? ''}
      ariaLabel={t('canvas.map')}
      className={styles['map'] ?? ''}
    />
  );
}
