// istio-init's flags as a form: what each means, its value in the pasted arguments, and the rules they make. A change is
// written into the paste; rules and path follow.
import { useEffect, useState } from 'react';
import { initFlagOf, withInitFlag } from '../../documents/istio/init-edit.ts';
import { useEngine, useHop, useWords } from '../context.ts';
import styles from './InitFlags.module.css';

/** In the order in which a packet meets what they make; those of TPROXY's routing last. */
const FLAGS = [
  { flag: '-m', name: 'mode' },
  { flag: '-b', name: 'inboundPorts' },
  { flag: '-d', name: 'excludedInboundPorts' },
  { flag: '-z', name: 'inboundPort' },
  { flag: '-p', name: 'envoyPort' },
  { flag: '-u', name: 'uid' },
  { flag: '-g', name: 'gid' },
  { flag: '-i', name: 'ranges' },
  { flag: '-x', name: 'excludedRanges' },
  { flag: '-q', name: 'outboundPorts' },
  { flag: '-o', name: 'excludedOutboundPorts' },
  { flag: '-k', name: 'virtualInterfaces' },
  { flag: '-c', name: 'excludedInterfaces' },
  { flag: '-e', name: 'tunnelPort' },
  { flag: '-t', name: 'mark' },
  { flag: '-r', name: 'routeTable' },
] as const;

const MODES = ['REDIRECT', 'TPROXY'] as const;

interface InitFlagsProps {
  /** The arguments as they stand in the paste. */
  readonly text: string;
  readonly onChange: (text: string) => void;
}

export function InitFlags({ text, onChange }: InitFlagsProps) {
  const { t } = useWords();
  return (
    <details className={styles['flags']}>
      <summary>{t('flags.title')}</summary>
      <div className={styles['scroll']}>
        <p>{t('flags.about')}</p>
        <ul className={styles['list']}>
          {FLAGS.map(({ flag, name }) => {
            const value = initFlagOf(text, flag);
            const change = (to: string): void => {
              if (to !== (value ?? '')) onChange(withInitFlag(text, flag, to));
            };
            return (
              <li key={flag} data-set={value !== null}>
                <label>
                  <code>{flag}</code>
                  {flag === '-m' ? (
                    <select
                      className="field"
                      value={value ?? 'REDIRECT'}
                      onChange={({ target }) => change(target.value)}
                    >
                      {MODES.map((mode) => (
                        <option key={mode}>{mode}</option>
                      ))}
                    </select>
                  ) : (
                    <input
                      className="field"
                      key={value}
                      defaultValue={value ?? ''}
                      placeholder={t('flags.unset')}
                      onBlur={({ target }) => change(target.value.trim())}
                      onKeyDown={(event) => {
                        if (event.key === 'Enter') event.currentTarget.blur();
                      }}
                    />
                  )}
                  <span>{t(`flags.${name}`)}</span>
                </label>
              </li>
            );
          })}
        </ul>
        <MadeRules text={text} />
      </div>
    </details>
  );
}

/** The rules the arguments make; the one that decided the current hop is marked. */
function MadeRules({ text }: { readonly text: string }) {
  const { t } = useWords();
  const engine = useEngine();
  const hop = useHop();
  const [rules, setRules] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    engine
      .ask((remote) => remote.rulesOfArguments(text))
      .then(
        (made) => gone || setRules(made),
        () => gone || setRules(null),
      );
    return () => {
      gone = true;
    };
  }, [engine, text]);
  if (rules === null) return <p>{t('flags.noRules')}</p>;
  const decided = new Set(hop?.evidence.filter(({ supplied }) => supplied).map((each) => each.text));
  return (
    <>
      <h4>{t('flags.rules')}</h4>
      <pre className={styles['rules']}>
        {rules.split('\n').map((line, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line is its place
          <span key={i} data-decides={decided.has(line.trim()) && line !== ''}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
    </>
  );
}
