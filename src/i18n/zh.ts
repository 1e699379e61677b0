// Chinese: the interface by key, the engine's codes by code.
import { envoyCodes } from './zh/envoy-codes.ts';
import { interfaceWords } from './zh/interface.ts';
import { journeyCodes } from './zh/journey-codes.ts';
import { kernelCodes } from './zh/kernel-codes.ts';
import { pasteCodes } from './zh/paste-codes.ts';
import { properNames } from './proper-names.ts';
import { traceCodes } from './zh/trace-codes.ts';

export const zh = {
  interface: interfaceWords,
  codes: { ...envoyCodes, ...journeyCodes, ...kernelCodes, ...pasteCodes, ...properNames, ...traceCodes },
};
