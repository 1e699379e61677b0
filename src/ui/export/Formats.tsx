// The formats of the case or of its copy, each to copy or to save.
import { useState } from 'react';
import type { Scenario } from '../../engine/scenario.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { toGraph } from '../../graph/graph.ts';
import type { Words } from '../../i18n/words.ts';
import { fileOf } from '../../session/library.ts';
import { useWords } from '../context.ts';
import { copyText, download, fileNameOf } from '../files.ts';
import styles from './ExportDialog.module.css';
import { markdownOf } from './markdown.ts';
import { mermaidOf } from './mermaid.ts';
import { pngOf } from './png.ts';
import { svgOf } from './svg.ts';

/** What is taken away: the case itself or a copy. */
export interface Exported {
  readonly trace: Trace;
  readonly answer: string;
  readonly title: string;
  readonly scenario: () => Promise<Scenario>;
}

interface Format {
  readonly name: 'svg' | 'png' | 'animated' | 'mermaid' | 'markdown' | 'trace' | 'scenario';
  readonly ending: string;
  readonly make: () => string | Promise<string | Blob>;
}

interface FormatsProps {
  readonly exported: Exported;
  readonly onClose: () => void;
}

export function Formats({ exported, onClose }: FormatsProps) {
  const words = useWords();
  const { t } = words;
  const formats = formatsOf(exported, words);
  const [said, setSaid] = useState('');
  function save({ ending, make }: Format): void {
    void Promise.resolve(make()).then(
      (made) => download(fileNameOf(exported.title, ending), made),
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

function formatsOf({ trace, answer, scenario }: Exported, words: Words): readonly Format[] {
  const svg = (animated: boolean) => svgOf({ graph: toGraph(trace), trace, words, title: answer }, animated);
  return [
    { name: 'markdown', ending: 'md', make: () => markdownOf(answer, trace, words) },
    { name: 'png', ending: 'png', make: () => pngOf(svg(false)) },
    { name: 'svg', ending: 'svg', make: () => svg(false) },
    { name: 'animated', ending: 'svg', make: () => svg(true) },
    { name: 'mermaid', ending: 'mmd', make: () => mermaidOf(trace, words) },
    { name: 'trace', ending: 'json', make: () => `${JSON.stringify(trace, null, 2)}\n` },
    { name: 'scenario', ending: 'json', make: () => scenario().then(fileOf) },
  ];
}
