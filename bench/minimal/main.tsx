// The anchor of the browser's rows: the least that React and React Flow need to show 40 nodes, and a dot on one line that
// moves as React Flow's own example moves it. https://reactflow.dev/examples/edges/animating-edges
import { BaseEdge, getSmoothStepPath, ReactFlow, type Edge, type EdgeProps, type Node } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const COUNT = 40;
const COLUMNS = 8;

const nodes: Node[] = Array.from({ length: COUNT }, (_, n) => ({
  id: `${n}`,
  position: { x: (n % COLUMNS) * 180, y: Math.floor(n / COLUMNS) * 120 },
  data: { label: `node ${n}` },
}));

const edges: Edge[] = nodes.slice(1).map((_, n) => ({
  id: `line ${n}`,
  source: `${n}`,
  target: `${n + 1}`,
  ...(n === 0 ? { type: 'moving' } : {}),
}));

function MovingEdge(props: EdgeProps) {
  const [path] = getSmoothStepPath(props);
  return (
    <>
      <BaseEdge id={props.id} path={path} />
      <circle r="10" fill="#c2410c">
        <animateMotion dur="2s" repeatCount="indefinite" path={path} />
      </circle>
    </>
  );
}

const EDGE_TYPES = { moving: MovingEdge };

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <main style={{ height: '100vh' }}>
        <ReactFlow defaultNodes={nodes} defaultEdges={edges} edgeTypes={EDGE_TYPES} fitView />
      </main>
    </StrictMode>,
  );
