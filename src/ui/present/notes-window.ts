// The presenter's end of the notes in a window of their own: opens it, and keeps it on the hop that the room sees.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { viewQuery } from '../address.ts';
import { useSession } from '../context.ts';
import { tabMemory } from '../shell/storage.ts';
import { openChannel, ownChannel, shareHop, type NotesChannel, type NotesMessage } from './notes-channel.ts';
import type { Aid } from './presenter-keys.ts';

const LOOKS = 'popup,width=860,height=760';

/** Opens the window, or brings it to the front; false when the browser forbids it. */
export function useNotesWindow(aids: ReadonlySet<Aid>, toggle: (aid: Aid) => void): () => boolean {
  const session = useSession();
  const [id] = useState(() => ownChannel(tabMemory()));
  const channel = useRef<NotesChannel>(null);
  const show = useEffectEvent(() => {
    const { scenario, origin, answer, hop } = session.store.getState();
    if (!answer) return;
    const { simulation } = answer;
    channel.current?.tell({ kind: 'shown', shown: { scenario, origin, simulation, hop, aids: [...aids] } });
  });
  const hear = useEffectEvent((message: NotesMessage, follow: (hop: number | null) => void) => {
    if (message.kind === 'ready') show();
    else if (message.kind === 'hop') follow(message.hop);
    else if (message.kind === 'toggle') toggle(message.aid);
    else if (message.kind === 'note') session.setNote(message.at, message.text);
  });
  useEffect(() => {
    const opened = openChannel(id, (message) => hear(message, shared.heard));
    const shared = shareHop(session, opened.tell);
    channel.current = opened;
    show();
    const stop = session.store.subscribe(({ answer }, before) => {
      if (answer?.simulation !== before.answer?.simulation) show();
    });
    return () => {
      stop();
      shared.stop();
      opened.tell({ kind: 'over' });
      opened.close();
    };
  }, [session, id]);
  useEffect(() => channel.current?.tell({ kind: 'aids', aids: [...aids] }), [aids]);
  return () => {
    const address = `?notes=${id}&${viewQuery(session.store.getState().settings, null)}`;
    return window.open(address, `sidetrace-notes-${id}`, LOOKS) !== null;
  };
}
