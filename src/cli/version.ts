import { readVersion } from './embedded.ts';

/** This program's version, without a leading `v`. */
export const VERSION = readVersion();

/** What `version` prints. */
export const VERSION_TEXT = `gateway-doctor v${VERSION}\n`;
