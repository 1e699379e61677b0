// Chinese: the interface by key, the engine's codes by code.
import { carryWords } from './zh/carry-words.ts';
import { envoyCodes } from './zh/envoy-codes.ts';
import { flagWords } from './zh/flag-words.ts';
import { galleryWords } from './zh/gallery-words.ts';
import { interfaceWords } from './zh/interface.ts';
import { findingCodes } from './zh/finding-codes.ts';
import { journeyCodes } from './zh/journey-codes.ts';
import { kernelCodes } from './zh/kernel-codes.ts';
import { missCodes } from './zh/miss-codes.ts';
import { logOperatorCodes } from './zh/log-operator-codes.ts';
import { observedCodes } from './zh/observed-codes.ts';
import { pasteCodes } from './zh/paste-codes.ts';
import { responseCodes } from './zh/response-codes.ts';
import { pieceWords } from './zh/piece-words.ts';
import { presentWords } from './zh/present-words.ts';
import { reportWords } from './zh/report-words.ts';
import { properNames } from './proper-names.ts';
import { remedyCodes } from './zh/remedy-codes.ts';
import { sessionCodes } from './zh/session-codes.ts';
import { shareWords } from './zh/share-words.ts';
import { ruleWords } from './zh/rule-words.ts';
import { whatIfWords } from './zh/what-if-words.ts';
import { stopWords } from './zh/stop-words.ts';
import { traceCodes } from './zh/trace-codes.ts';

export const zh = {
  interface: {
    ...interfaceWords,
    ...carryWords,
    ...flagWords,
    ...galleryWords,
    ...pieceWords,
    ...presentWords,
    ...reportWords,
    ...shareWords,
    ...whatIfWords,
  },
  codes: {
    ...envoyCodes,
    ...findingCodes,
    ...journeyCodes,
    ...kernelCodes,
    ...missCodes,
    ...logOperatorCodes,
    ...observedCodes,
    ...pasteCodes,
    ...responseCodes,
    ...properNames,
    ...remedyCodes,
    ...sessionCodes,
    ...ruleWords,
    ...stopWords,
    ...traceCodes,
  },
};
