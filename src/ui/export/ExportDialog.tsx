// What can be taken away: pictures, a diagram as text, a report, the data, a printed page. All made in the page.
import { useState } from 'react';
import type { Simulation } from '../../engine/trace/simulation.ts';
import { toGraph } from '../../graph/graph.ts';
import { fileOf } from '../../session/library.ts';
import { useEngine, useSession, useSessionState, useSimulation, useWords } from '../context.ts';
import { copyText, download, fileNameOf } from '../files.ts';
import { Dialog } from '../shell/Dialog.tsx';
import styles from './ExportDialog.module.css';
import { markdownOf } from './markdown.ts';
import { mermaidOf } from './mermaid.ts';
import { pngOf } from './png.ts';
import { svgOf } from './svg.ts';

export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const simulation = useSimulation();
  return (
    <Dialog title={t('header.export')} onClose={onClose}>
      {simulation && simulation.trace.hops.length > 0 ? (
        <Formats simulation={simulation} onClose={onClose} />
      ) : (
        <p>{t('canvas.empty')}</p>
      )}
    </Dialog>
  );
}

interface Format {
  readonly name: 'svg' | 'png' | 'animated' | 'mermaid' | 'markdown' | 'trace' | 'scenario';
  readonly ending: string;
  readonly make: () => string | Promise<string | Blob>;
}

interface FormatsProps {
  readonly simulation: Simulation;
  readonly onClose: () => void;
}

function Formats({ simulation, onClose }: FormatsProps) {
  const { t } = useWords();
  const title = useSessionState(({ scenario }) => scenario.title);
  const formats = useFormats(simulation);
  const [said, setSaid] = useState('');
  function save({ ending, make }: Format): void {
    void Promise.resolve(make()).then(
      (made) => download(fileNameOf(title, ending), made),
      () => setSaid(t('report.failed')),
    );
  }
  function copy({ make }: Format): void {
    void Promise.resolve(make())
      .then((made) => typeof made === 'string' && copyText(made))
      .then((done) => setSaid(t(done ? 'report.copied' : 'report.failed')));
  }
  return (
    <>
      <ul className={styles['formats']}>
        {formats.map((format) => (
          <li key={format.name}>
            <strong>{t(`report.format.${format.name}.name`)}</strong>
            <span>{t(`report.format.${format.name}.text`)}</span>
            {format.ending !== 'png' && (
              <button type="button" className="button" onClick={() => copy(format)}>
                {t('report.copy')}
              </button>
            )}
            <button type="button" className="button" data-primary onClick={() => save(format)}>
              {t('report.save', { ending: format.ending })}
            </button>
          </li>
        ))}
        <li>
          <strong>{t('report.print')}</strong>
          <span>{t('report.printText')}</span>
          <button
            type="button"
            className="button"
            data-primary
            onClick={() => {
              onClose();
              setTimeout(() => print(), 100);
            }}
          >
            {t('report.print')}
          </button>
        </li>
      </ul>
      <p aria-live="polite">{said}</p>
    </>
  );
}

function useFormats(simulation: Simulation): readonly Format[] {
  const words = useWords();
  const session = useSession();
  const engine = useEngine();
  const { trace } = simulation;
  const answer = document.querySelector('[data-testid="headline"] h2')?.textContent ?? '';
  const svg = (animated: boolean) => svgOf({ graph: toGraph(trace), trace, words, title: answer }, animated);
  return [
    { name: 'markdown', ending: 'md', make: () => markdownOf(answer, simulation, words) },
    { name: 'png', ending: 'png', make: () => pngOf(svg(false)) },
    { name: 'svg', ending: 'svg', make: () => svg(false) },
    { name: 'animated', ending: 'svg', make: () => svg(true) },
    { name: 'mermaid', ending: 'mmd', make: () => mermaidOf(trace, words) },
    { name: 'trace', ending: 'json', make: () => `${JSON.stringify(trace, null, 2)}\n` },
    {
      name: 'scenario',
      ending: 'json',
      make: () => engine.whole(session.store.getState().scenario).then(fileOf),
    },
  ];
}
