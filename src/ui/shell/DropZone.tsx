// Files and folders dropped anywhere on the page: a scenario file is opened, any other text goes where texts go.
import { useEffect, useEffectEvent, useState } from 'react';
import { scenarioOfPaste } from '../../engine/scenario.ts';
import { scenarioOfFile } from '../../session/library.ts';
import { useSession, useWords } from '../context.ts';
import styles from './DropZone.module.css';
import { droppedTexts, type DroppedText } from './dropped.ts';

export function DropZone() {
  const { t } = useWords();
  const session = useSession();
  const [over, setOver] = useState(false);
  const [said, setSaid] = useState('');
  const take = useEffectEvent(async (transfer: DataTransfer) => {
    const texts = await droppedTexts(transfer);
    const [first] = texts;
    if (!first) return setSaid(t('drop.nothing'));
    setSaid(t('drop.taken', { count: texts.length }));
    const asCase = scenarioOfFile(first.name, first.text);
    const isCase = texts.length === 1 && asCase.pods[0]?.paste !== first.text;
    if (isCase) return session.open(asCase);
    const { origin, scenario, pod } = session.store.getState();
    const paste = scenario.pods[pod]?.paste ?? '';
    if (origin || scenario.pods.length === 0) session.open(scenarioOfPaste(joined(texts)));
    else
      session.setPaste(pod, paste.trim() === '' ? joined(texts) : `${paste.trimEnd()}\n\n${joined(texts)}`);
  });
  useEffect(() => {
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent): void => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!isFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      void take(event.dataTransfer);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, []);
  return (
    <>
      {over && <p className={styles['over']}>{t('drop.here')}</p>}
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </>
  );
}

/** One text of all files, each under its name, which a reader of the text can see and the engine takes as a note. */
function joined(texts: readonly DroppedText[]): string {
  if (texts.length === 1) return texts[0]?.text ?? '';
  return texts.map(({ name, text }) => `# ${name}\n${text.trimEnd()}\n`).join('\n');
}
