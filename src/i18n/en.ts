// English: the interface by key, the engine's codes by code.
import { carryWords } from './en/carry-words.ts';
import { envoyCodes } from './en/envoy-codes.ts';
import { flagWords } from './en/flag-words.ts';
import { galleryWords } from './en/gallery-words.ts';
import { interfaceWords } from './en/interface.ts';
import { findingCodes } from './en/finding-codes.ts';
import { journeyCodes } from './en/journey-codes.ts';
import { kernelCodes } from './en/kernel-codes.ts';
import { missCodes } from './en/miss-codes.ts';
import { logOperatorCodes } from './en/log-operator-codes.ts';
import { observedCodes } from './en/observed-codes.ts';
import { pasteCodes } from './en/paste-codes.ts';
import { responseCodes } from './en/response-codes.ts';
import { pieceWords } from './en/piece-words.ts';
import { presentWords } from './en/present-words.ts';
import { reportWords } from './en/report-words.ts';
import { properNames } from './proper-names.ts';
import { remedyCodes } from './en/remedy-codes.ts';
import { sessionCodes } from './en/session-codes.ts';
import { shareWords } from './en/share-words.ts';
import { ruleWords } from './en/rule-words.ts';
import { whatIfWords } from './en/what-if-words.ts';
import { stopWords } from './en/stop-words.ts';
import { traceCodes } from './en/trace-codes.ts';

export const en = {
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
