// The metrics that a proxy on the way reports, with the labels that the path tells.
import type { Reported } from '../../graph/metrics.ts';
import { useWords } from '../context.ts';

export function Metrics({ reported: { metrics, labels } }: { readonly reported: Reported }) {
  const { t } = useWords();
  const told = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return (
    <details>
      <summary>{t('metrics.title')}</summary>
      <p>{t('metrics.about')}</p>
      <ul>
        {metrics.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      <p>
        <code>{`{${told.join(', ')}}`}</code>
      </p>
    </details>
  );
}
