// Keeps a defect in one part of the screen from blanking the rest. React asks for a class here.
import { Component, type ReactNode } from 'react';

interface GuardProps {
  readonly sentence: string;
  readonly children: ReactNode;
}

export class Guard extends Component<GuardProps, { readonly broken: string | null }> {
  override state = { broken: null };

  static getDerivedStateFromError(error: unknown): { broken: string } {
    return { broken: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.broken === null) return this.props.children;
    return (
      <p role="alert">
        {this.props.sentence} <code>{this.state.broken}</code>
      </p>
    );
  }
}
