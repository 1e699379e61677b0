// A comparison as lists: requests whose fate changes, rules, configuration, pods without a counterpart.
import type { ReactNode } from 'react';
import type { Comparison } from '../../engine/compare/compare.ts';
import type { Fate, PacketDifference } from '../../engine/compare/packets.ts';
import { useWords } from '../context.ts';
import styles from './Compare.module.css';

interface DifferencesProps {
  readonly comparison: Comparison;
  /** Shows both ways of a request. */
  readonly onShow: (packet: PacketDifference) => void;
}

export function Differences({ comparison, onShow }: DifferencesProps) {
  const { t } = useWords();
  const { pods, onlyA, onlyB, packets } = comparison;
  const rules = pods.flatMap((pod) => pod.rules);
  const config = pods.flatMap((pod) => pod.config);
  if (rules.length + config.length + packets.length + onlyA.length + onlyB.length === 0)
    return <p>{t('compare.same')}</p>;
  return (
    <>
      <Section title={t('compare.packets', { count: packets.length })}>
        {packets.map((packet) => (
          <Row
            key={JSON.stringify(packet.request)}
            name={
              <>
                <button type="button" className="link" onClick={() => onShow(packet)}>
                  {`${packet.request.protocol} ${packet.request.from ?? '*'} → ${packet.request.to}`}
                </button>
                {packet.request.protocol === 'http' && (
                  <span className={styles['probe']}>
                    {`${packet.request.method} ${packet.request.host ?? ''}${packet.request.path}`}
                  </span>
                )}
                {packet.isProbe && <span className={styles['probe']}>{t('compare.probe')}</span>}
              </>
            }
            left={<FateText fate={packet.a} other={packet.b} />}
            right={<FateText fate={packet.b} other={packet.a} />}
          />
        ))}
      </Section>
      <Section title={t('compare.rules', { count: rules.length })}>
        {rules.map((rule, i) => (
          <Row
            key={`${i} ${rule.chain}`}
            name={`${rule.table} ${rule.chain}: ${t(`compare.kinds.${rule.kind}`)}`}
            left={<code>{rule.a?.text}</code>}
            right={<code>{rule.b?.text}</code>}
          />
        ))}
      </Section>
      <Section title={t('compare.config', { count: config.length })}>
        {config.map((each, i) => (
          <Row
            key={`${i} ${each.resource} ${each.name} ${each.path}`}
            name={[each.resource, each.name, each.path].filter(Boolean).join(' ')}
            left={<code>{each.a ?? ''}</code>}
            right={<code>{each.b ?? ''}</code>}
          />
        ))}
      </Section>
      <Alone title={t('compare.onlyHere')} pods={onlyA} />
      <Alone title={t('compare.onlyThere')} pods={onlyB} />
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: readonly ReactNode[] }) {
  const { t } = useWords();
  if (children.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('compare.what')}</th>
            <th scope="col">{t('compare.here')}</th>
            <th scope="col">{t('compare.there')}</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly name: ReactNode;
  readonly left: ReactNode;
  readonly right: ReactNode;
}

function Row({ name, left, right }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{left}</td>
      <td>{right}</td>
    </tr>
  );
}

interface FateTextProps {
  readonly fate: Fate;
  readonly other: Fate;
}

/** What becomes of a request; what else is not the same on the other side is told too. */
function FateText({ fate, other }: FateTextProps) {
  const { t } = useWords();
  const { outcome, remoteAddress, xForwardedFor, proxies } = fate;
  return (
    <>
      {t(`outcome.${outcome}`)} <code>{remoteAddress}</code>
      {xForwardedFor !== other.xForwardedFor && (
        <span className={styles['probe']}>
          XFF <code>{xForwardedFor ?? t('view.none')}</code>
        </span>
      )}
      {proxies !== other.proxies && (
        <span className={styles['probe']}>{t('compare.proxies', { count: proxies })}</span>
      )}
    </>
  );
}

function Alone({ title, pods }: { readonly title: string; readonly pods: readonly string[] }) {
  if (pods.length === 0) return null;
  return (
    <p>
      {title} {pods.join(', ')}
    </p>
  );
}
