// Graph -> React Flow. The library only pans, zooms and places; every coordinate comes from src/graph.
import { ReactFlow, ReactFlowProvider, MiniMap, ViewportPortal, type ReactFlowProps } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import {
  memo,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { toGraph, type Graph } from '../../graph/graph.ts';
import { useSessionState, useTrace, useWords } from '../context.ts';
import { useLongWait } from '../long-wait.ts';
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
import { Tools } from './Tools.tsx';
import { useCamera } from './camera.ts';
import type { Corner } from './overview.ts';
import { useOverview } from './use-overview.ts';
import { useFolds } from './folds.ts';

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

interface CanvasProps {
  /** Whether what lies beyond the current hop is kept back. */
  readonly hidesAhead?: boolean;
}

export function Canvas({ hidesAhead = false }: CanvasProps) {
  const { t } = useWords();
  const newest = useTrace();
  const whole = useDeferredValue(newest); // the sentence first, then the picture
  const end = useSessionState(({ hop }) => (hidesAhead && hop !== null ? hop : Infinity));
  const trace = useMemo(() => whole && upTo(whole, end), [whole, end]);
  if (!trace && newest) return null;
  if (!trace || trace.hops.length === 0) return <p className={styles['empty']}>{t('canvas.empty')}</p>;
  return <Picture trace={trace} />;
}

/** The part of a trace that is walked already. */
function upTo(trace: Trace, end: number): Trace {
  if (end >= trace.hops.length) return trace;
  return { ...trace, hops: trace.hops.filter(({ n }) => n <= end) };
}

function Picture({ trace }: { readonly trace: Trace }) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const { folds, fold } = useFolds(trace);
  const graph = useMemo(() => toGraph(trace, { open, folds }), [trace, open, folds]);
  const toggle = useCallback((hop: number) => setOpen((before) => toggled(before, hop)), []);
  const context = useMemo(() => ({ trace, graph, open, toggle, fold }), [trace, graph, open, toggle, fold]);
  return (
    <CanvasContext value={context}>
      <Fading>
        <ReactFlowProvider>
          <Sheet trace={trace} graph={graph} />
        </ReactFlowProvider>
      </Fading>
    </CanvasContext>
  );
}

/** The picture of another question pales. */
function Fading({ children }: { readonly children: ReactNode }) {
  const pale = useLongWait();
  return (
    <div className={styles['canvas']} data-pale={pale}>
      {children}
    </div>
  );
}

/** What stands on the strip above the picture, and the picture. */
const Sheet = memo(({ trace, graph }: { readonly trace: Trace; readonly graph: Graph }) => {
  const { corner, toggle } = useOverview(graph);
  return (
    <>
      <div className={styles['strip']}>
        <Legend trace={trace} sources={graph.sources} />
        <Tools graph={graph} mapShown={corner !== null} onMap={toggle} />
      </div>
      <Flow graph={graph} map={corner} />
    </>
  );
});

function toggled(before: ReadonlySet<number>, hop: number): ReadonlySet<number> {
  const after = new Set(before);
  if (!after.delete(hop)) after.add(hop);
  return after;
}

interface FlowProps {
  readonly graph: Graph;
  /** Where the small map stands; null: nowhere. */
  readonly map: Corner | null;
}

/** Playing goes from hop to hop in a picture that stays as it is: only what shows the hop is rendered anew. */
const Flow = memo(({ graph, map }: FlowProps) => {
  const { t } = useWords();
  const nodes = useMemo(() => nodesOf(graph), [graph]);
  const edges = useMemo(() => edgesOf(graph), [graph]);
  const frame = useRef<HTMLDivElement>(null);
  return (
    // Focus must not scroll what is panned.
    <div className={styles['flow']} ref={frame} onScrollCapture={(event) => unscrolled(event.target)}>
      <ReactFlow<FlowNode, FlowEdge>
        {...READ_ONLY}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        aria-label={t('canvas.label')}
      >
        <ViewportPortal>
          <CutLabels graph={graph} />
          <Packet graph={graph} />
        </ViewportPortal>
        {map && <Overview corner={map} />}
        <Camera graph={graph} frame={frame} />
      </ReactFlow>
    </div>
  );
});

interface CameraProps {
  readonly graph: Graph;
  readonly frame: RefObject<HTMLDivElement | null>;
}

function Camera({ graph, frame }: CameraProps): null {
  useCamera(graph, frame);
  return null;
}

function unscrolled(target: EventTarget): void {
  if (target instanceof Element && target.closest('.react-flow__node') === null) target.scrollTo(0, 0);
}

/** The whole journey in small. */
function Overview({ corner }: { readonly corner: Corner }) {
  const { t } = useWords();
  return (
    <MiniMap
      pannable
      position={corner}
      nodeClassName={({ type }) => styles[`map-${type ?? ''}`] ?? ''}
      ariaLabel={t('canvas.map')}
      className={styles['map'] ?? ''}
    />
  );
}
