// English: the interface by key, the engine's codes by code.
import { interfaceWords } from './en/interface.ts';
import { traceCodes } from './en/trace-codes.ts';

export const en = { interface: interfaceWords, codes: { ...traceCodes } };
