// A <details> whose contents are made when it is first opened: until then nobody can see them.
import { useState, type ComponentProps, type ReactNode } from 'react';

interface DetailsProps extends ComponentProps<'details'> {
  readonly summary: ReactNode;
}

export function Details({ summary, children, ...rest }: DetailsProps) {
  const [opened, setOpened] = useState(false);
  return (
    <details {...rest} onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children}
    </details>
  );
}
