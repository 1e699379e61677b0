// Chinese: the interface by key, the engine's codes by code.
import { interfaceWords } from './zh/interface.ts';
import { traceCodes } from './zh/trace-codes.ts';

export const zh = { interface: interfaceWords, codes: { ...traceCodes } };
