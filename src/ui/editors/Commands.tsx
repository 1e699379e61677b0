// An empty pane tells which commands print what it wants, each with a copy button.
import { useState } from 'react';
import { useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import styles from './Commands.module.css';

/** What to run, in the order of use. */
const COMMANDS = [
  ['rules', 'kubectl exec POD -n NAMESPACE -c istio-proxy -- iptables-save -c'],
  ['nsenter', 'nsenter --target PID --net iptables-save -c'],
  ['listeners', 'istioctl proxy-config listeners POD.NAMESPACE -o json'],
  ['clusters', 'istioctl proxy-config clusters POD.NAMESPACE -o json'],
  ['dump', 'kubectl exec POD -n NAMESPACE -c istio-proxy -- pilot-agent request GET config_dump'],
  ['log', 'kubectl logs POD -n NAMESPACE -c istio-proxy --tail=5'],
] as const;

export function Commands() {
  const { t } = useWords();
  return (
    <div className={styles['commands']}>
      <p>{t('commands.title')}</p>
      <dl>
        {COMMANDS.map(([name, command]) => (
          <div key={name}>
            <dt>{t(`commands.${name}`)}</dt>
            <dd>
              <Command text={command} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles['privacy']}>{t('commands.privacy')}</p>
    </div>
  );
}

/** A command with its copy button. */
export function Command({ text }: { readonly text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <>
      <code>{text}</code>
      <button
        type="button"
        className="button"
        aria-label={t('commands.copy', { command: text })}
        onClick={() => void copy().catch(() => setCopied(false))}
      >
        <Icon name={copied ? 'done' : 'copy'} />
      </button>
    </>
  );
}
